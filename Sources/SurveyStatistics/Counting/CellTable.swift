/// Respondents merged by sampling unit and answers: for every pair that occurs, the number of
/// respondents, the sum of their weights and the sum of their squared weights.
///
/// Merging never changes an estimate: whatever a table needs of the rows is in these sums.
package struct CellTable: Sendable {
  /// One cell: everybody of one unit with the same answers and a weight above zero.
  package struct Cell: Sendable {
    /// The sampling unit.
    package var unit: Int32
    /// The answers as one mixed-radix number; see ``CellTable/digit(_:of:)``.
    package var answers: Int
    /// The number of respondents.
    package var count: Int
    /// The sum of their weights.
    package var weight: Double
    /// The sum of their squared weights.
    package var squaredWeight: Double
  }

  /// The cells that hold somebody, by unit, then answers.
  package let cells: [Cell]
  /// The number of different positions of each answer column.
  package let radices: [Int]
  /// The number of positions of each answer column that are valid answers.
  package let validCounts: [Int]

  init(cells: [Cell], columns: [AnswerColumn]) {
    self.cells = cells
    radices = columns.map(\.radix)
    validCounts = columns.map(\.validCount)
  }

  /// The position of an answer column in a key.
  package func digit(_ column: Int, of answers: Int) -> Int {
    var rest = answers
    for radix in radices[(column + 1)...].reversed() { rest /= radix }
    return rest % radices[column]
  }

  /// All digits of a key, in the order of the columns.
  package func digits(of answers: Int) -> [Int] {
    var rest = answers
    var result = Array(repeating: 0, count: radices.count)
    for column in radices.indices.reversed() {
      result[column] = rest % radices[column]
      rest /= radices[column]
    }
    return result
  }
}
