extension Column {
  /// The answers of some rows, in the order given; codes keep their list of categories.
  /// - Complexity: O(rows asked for).
  func taking(_ rows: [Int]) -> Column {
    switch self {
    case .codes(let column):
      let positions: Positions =
        switch column.positions {
        case .uint8(let values): .uint8(rows.map { values[$0] })
        case .uint16(let values): .uint16(rows.map { values[$0] })
        case .uint32(let values): .uint32(rows.map { values[$0] })
        }
      return .codes(
        CategoricalColumn(
          positions: positions, categories: column.categories, missing: column.missing))
    case .numbers(let column):
      return .numbers(
        NumericColumn(values: rows.map { column.values[$0] }, missing: column.missing))
    case .text(let column): return .text(TextColumn(values: rows.map { column.values[$0] }))
    }
  }
}
