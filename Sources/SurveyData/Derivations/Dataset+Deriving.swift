extension Dataset {
  /// The same answers with more derived variables, in any order.
  ///
  /// - Throws: ``SurveyError`` of kind usage for a name that is taken, an unknown name, a cycle or an
  ///   expression that does not fit its variables.
  public func deriving(_ additional: [DerivedVariable]) throws -> Dataset {
    var taken = Set(variableNames)
    for derived in additional where !taken.insert(derived.variable.name).inserted {
      throw SurveyError(
        .usage, at: derived.variable.name, "there is such a variable already",
        remedy: "Give the derived variable another name.")
    }
    var lists = lists
    let named = try additional.map { derived in
      let result = try derived.at(derived.variable.name) { try derived.naming(lists) }
      lists = lists.followed(by: derived.variable.name)
      return result
    }
    var extended = codebook
    extended.derived += try named.inOrder(resolving: variable)
    return Dataset(source, codebook: extended)
  }
}

extension [DerivedVariable] {
  /// The variables in an order in which they can be computed, each described and checked.
  ///
  /// - Parameter resolve: Finds the variables that are not among these.
  /// - Throws: ``SurveyError`` at the variable's name for a cycle or a rule that does not fit.
  package func inOrder(
    resolving resolve: @escaping (String) throws -> Variable
  ) throws -> [DerivedVariable] {
    var order: [DerivedVariable] = []
    var path: [String] = []
    func visit(_ derived: DerivedVariable) throws {
      let name = derived.variable.name
      guard !order.contains(where: { $0.variable.name == name }) else { return }
      if let start = path.firstIndex(of: name) {
        throw SurveyError(
          .usage, at: name,
          "is derived from itself: \((path[start...] + [name]).joined(separator: " ← "))")
      }
      path.append(name)
      for input in derived.inputNames {
        if let other = first(where: { $0.variable.name == input }) { try visit(other) }
      }
      path.removeLast()
      let known = order
      order.append(
        try derived.at(name) {
          try derived.described { input in
            try known.first { $0.variable.name == input }?.variable ?? resolve(input)
          }
        })
    }
    for derived in self { try visit(derived) }
    return order
  }
}

extension Codebook {
  /// The columns of weights and of the design, whose values are not answers.
  package var technicalNames: Set<String> {
    var names = Set(
      weights.flatMap { weight in
        let before = weight.adjustments.map(\.before).filter { !$0.isEmpty }
        return switch weight.source {
        case .variable(let name): before + [name]
        case .expression(let source): before + ((try? Expression(source).variables) ?? [])
        }
      })
    if case .declared(let design) = design {
      names.formUnion(design.psu + design.fpc + [design.strata].compactMap(\.self))
      names.formUnion(design.replicates?.weights ?? [])
    }
    return names
  }
}
