internal import SurveyData

extension StatedTotal {
  /// The totals under a variable: a number, or one for each code.
  static func list(_ entry: YAMLNode.Entry, in scope: CodebookScope) throws -> [StatedTotal] {
    let names = entry.key == "(all)" ? [] : entry.key.split(separator: ":").map(String.init)
    for name in names where scope.isSlip(name) { _ = try scope.variable(name, at: entry.keyPlace) }
    if case .scalar = entry.node.value {
      return [StatedTotal(entry.key, "", try entry.node.number(entry.key))]
    }
    return try entry.node.entries(entry.key).map { line in
      let total = try line.node.number(line.key)
      guard total >= 0 else {
        throw line.node.fault(
          "the total of '\(line.key)' is \(canonicalCode(total)), and nothing is fewer than none")
      }
      if names.count == 1, let variable = scope.variables[names[0]]?.variable,
        !variable.categories.isEmpty, variable.range == nil,
        !variable.categories.contains(where: { $0.code == line.key })
      {
        throw SurveyError(
          .data, at: line.keyPlace, "'\(variable.name)' has no code '\(line.key)'",
          remedy: suggestion(for: line.key, among: variable.categories.map(\.code))
            ?? "It has \(variable.categories.prefix(12).map(\.code).joined(separator: ", ")).")
      }
      return StatedTotal(entry.key, line.key, total)
    }
  }
}

extension CodebookWriter {
  /// The totals, variable by variable.
  var totals: [YAMLTree.Entry] {
    var names: [String] = []
    for total in codebook.totals where !names.contains(total.variable) {
      names.append(total.variable)
    }
    return names.map { name in
      let own = codebook.totals.filter { $0.variable == name }
      if own.count == 1, own[0].category.isEmpty {
        return .init(key: name, value: .scalar(canonicalCode(own[0].total)))
      }
      return .init(
        key: name,
        value: .mapping(
          own.map { .init(key: $0.category, value: .scalar(canonicalCode($0.total))) }))
    }
  }
}
