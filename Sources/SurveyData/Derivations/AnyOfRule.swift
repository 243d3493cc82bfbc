/// 1 when any of the variables has the code, else 0.
struct AnyOfRule {
  let items: [String]
  let code: String
  let missing: DerivedVariable.AnyOfMissing

  func apply(on dataset: Dataset, categories given: [Category]) throws -> CategoricalColumn {
    let columns = try items.map { try dataset.categorical($0) }
    let rows = columns.first?.count ?? 0
    var chosen = Array(repeating: false, count: rows)
    var answers = Array(repeating: 0, count: rows)
    for column in columns {
      let isCode =
        column.categories.map { $0.code == code } + column.missing.map { _ in false }
      var row = 0
      column.positions.withEach { position in
        if isCode[position] { chosen[row] = true }
        if position < column.categories.count { answers[row] += 1 }
        row += 1
      }
    }
    let needed = missing == .all ? min(1, columns.count) : columns.count
    let reasons = MissingReasons(columns.map(Column.codes))
    let positions = chosen.indices.map { row in
      chosen[row] ? 1 : answers[row] >= needed ? 0 : 2 + reasons.index(row)
    }
    return CategoricalColumn(
      positions: Positions(positions, valueCount: 2 + reasons.codes.count),
      categories: given.count == 2 ? given : .yesAndNo, missing: reasons.codes)
  }
}
