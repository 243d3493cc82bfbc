internal import SurveyData

extension CategoryFit {
  /// What every parameter may be called, with its position; nil for one that is zero.
  public var parameterNames: [(name: String, position: Int?)] {
    let prefixes = family == .ordinal ? [""] : categories.map { "\($0.code):" }
    var names: [(name: String, position: Int?)] = []
    for (index, row) in rows.enumerated() {
      let prefix = row.outcome.map { "\($0.code):" } ?? ""
      guard case .column(let column, _) = row.place else {
        names.append((row.term, index))
        continue
      }
      names += column.names.map { (prefix + $0, index) }
    }
    for prefix in prefixes {
      names += references.sorted { $0.key < $1.key }.map { ("\(prefix)\($0.key)=\($0.value)", nil) }
    }
    if family == .multinomial {
      names += columns.flatMap(\.names).map { (prefixes[0] + $0, nil) }
    }
    return names
  }
}

extension CategoryFit {
  /// The formula without the terms that have no coefficient.
  package var keptFormula: Formula { formula.keeping(columns) }
}
