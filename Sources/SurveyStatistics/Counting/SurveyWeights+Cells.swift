extension SurveyWeights {
  /// The weights of cells: rows that stand for several people each.
  init(of weights: SurveyWeights, cells: [CellTable.Cell], replicates: [[Double]]? = nil) {
    name = weights.name
    values = cells.map(\.weight)
    squares = cells.map(\.squaredWeight)
    people = cells.map { Int32($0.count) }
    rowsRead = weights.rowsRead
    missingCount = weights.missingCount
    zeroCount = weights.zeroCount
    self.replicates = replicates.flatMap { weights.replicates?.with($0) }
  }

  /// A row's people as a cell of a sampling unit.
  func cell(of row: Int, unit: Int32) -> CellTable.Cell {
    CellTable.Cell(
      unit: unit, answers: 0, count: people(of: row), weight: values[row],
      squaredWeight: square(of: row))
  }
}
