extension Dataset {
  /// The same answers with some of the variables only.
  ///
  /// What speaks of the others goes with them: a group loses its members, a universe its condition, and
  /// weights, the design and the roles of the paradox are left out when a column of theirs is, which a
  /// note says.
  /// - Parameter names: The names of the variables.
  package func keeping(_ names: [String]) throws -> Dataset {
    let kept = Set(names)
    func has(_ expression: String) -> Bool {
      (try? Expression(expression).variables).map(kept.isSuperset) ?? false
    }
    var book = codebook
    // What is derived is still computed from what is not kept.
    book.derived = names.reduce(into: [DerivedVariable]()) { found, name in
      for derived in codebook.derived(behind: name) where !found.contains(derived) {
        found.append(derived)
      }
    }
    let needed = kept.union(book.derived.flatMap(\.inputNames))
    book.variables = codebook.variables.filter { needed.contains($0.name) }
    for index in book.variables.indices {
      guard let universe = book.variables[index].universe, let condition = universe.condition,
        !has(condition)
      else { continue }
      book.variables[index].universe =
        universe.label.isEmpty ? nil : Universe(condition: nil, label: universe.label)
    }
    for index in book.groups.indices {
      book.groups[index].members.removeAll { !kept.contains($0) }
      book.groups[index].exclusive.removeAll { !kept.contains($0) }
    }
    book.groups.removeAll { $0.members.isEmpty }
    book.banners = book.banners.compactMap { banner in
      let parts = banner.parts.filter(kept.isSuperset)
      return parts.isEmpty ? nil : Banner(banner.name, parts: parts)
    }
    var left: [String] = []
    book.weights.removeAll { weight in
      let isKept =
        switch weight.source {
        case .variable(let name): kept.contains(name)
        case .expression(let source): has(source)
        }
      if !isKept { left.append("the weight '\(weight.name)'") }
      return !isKept
    }
    book.totals.removeAll { total in
      total.variable != "(all)"
        && !kept.isSuperset(of: total.variable.split(separator: ":").map(String.init))
    }
    for index in book.weights.indices {
      let inputs = book.weights[index].adjustments.flatMap(\.inputNames)
      guard !kept.isSuperset(of: inputs) else { continue }
      book.weights[index].adjustments = []
      left.append("how the weight '\(book.weights[index].name)' came about")
    }
    if case .declared(let design) = book.design,
      !kept.isSuperset(of: design.psu + design.fpc + [design.strata].compactMap(\.self))
    {
      book.design = .unstated
      left.append("the design")
    }
    if let roles = book.paradox, !kept.isSuperset(of: roles.variableNames) {
      book.paradox = nil
      left.append("the roles of the paradox")
    }
    let result = showing(kept, by: book)
    if !left.isEmpty {
      result.add(
        Note(
          .warning, id: "keep.left-out",
          "left out, since not all their columns are kept: \(left.joined(separator: ", "))",
          naming: left))
    }
    return result
  }
}

extension Codebook {
  /// A derived variable after those that it is computed from; nothing for any other.
  fileprivate func derived(behind name: String) -> [DerivedVariable] {
    guard let own = derived.first(where: { $0.variable.name == name }) else { return [] }
    return own.inputNames.flatMap(derived(behind:)) + [own]
  }
}

extension ParadoxRoles {
  /// The variables that play a part.
  fileprivate var variableNames: [String] {
    let expressions = [first, second, outcome] + [condition].compactMap(\.self)
    return expressions.flatMap { (try? Expression($0).variables) ?? [$0] } + [group, status]
      + mechanisms.flatMap(\.variables) + controls + [pool].compactMap(\.self)
  }
}
