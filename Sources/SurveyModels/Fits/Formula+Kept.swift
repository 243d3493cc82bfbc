extension Formula {
  /// The same without the terms that have no column, because others add up to theirs.
  ///
  /// - Parameter columns: The columns that a fit has.
  func keeping(_ columns: [ModelColumn]) -> Formula {
    let kept = Set(columns.map { Set($0.parts.map(\.variable)) })
    var formula = self
    formula.terms = terms.filter { term in kept.contains(Set(term.map { atoms[$0].name })) }
    return formula
  }
}

extension ModelFit {
  /// The formula without the terms that have no coefficient.
  package var keptFormula: Formula { formula.keeping(rows.map(\.column)) }
}
