extension Codebook {
  /// Columns as their file describes them, whose missing codes are the file's and those of all columns of numbers.
  func withDefaultMissing(_ columns: [Variable]) -> [Variable] {
    guard !defaultMissing.codes.isEmpty else { return columns }
    let exceptions = VariableLists(columns.map(\.name), groups: groups)
      .resolved(defaultMissing.exceptions)
    return columns.map { column in
      column.holdsNoNumbers || exceptions.contains(column.name)
        ? column : column.withMissing(defaultMissing.codes)
    }
  }
}

extension Variable {
  /// The variable with more codes among its missing ones.
  func withMissing(_ codes: [MissingCode]) -> Variable {
    var changed = self
    changed.missing += codes.filter { code in
      switch code.values {
      case .code(let text): missingCode(covering: text) == nil
      case .range: type?.isText != true
      case .empty: false
      }
    }.map { code in
      // With a reason of its own, the code keeps what the file calls it.
      guard code.label.isEmpty, case .code(let text) = code.values,
        let known = categories.first(where: { $0.code == text })
      else { return code }
      return MissingCode(code.values, reason: code.reason, label: known.label)
    }
    changed.categories = categories.filter { changed.missingCode(apartFromCodes: $0.code) == nil }
    return changed
  }
}

extension VariableLists {
  /// The variables that texts name; a text that names none stands as it is.
  package func resolved(_ texts: some Sequence<String>) -> Set<String> {
    Set(texts.flatMap { (try? names(in: [$0])) ?? [$0] })
  }
}
