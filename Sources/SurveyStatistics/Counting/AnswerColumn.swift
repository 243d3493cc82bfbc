package import SurveyData

/// A categorical column as a digit of a cell's key: valid categories first, then missing codes.
package struct AnswerColumn: Sendable {
  /// One position a row.
  package let positions: Positions
  /// The number of different positions.
  package let radix: Int
  /// The number of valid positions; those from here on are missing answers.
  package let validCount: Int

  /// A categorical column.
  package init(_ column: CategoricalColumn) {
    positions = column.positions
    validCount = column.categories.count
    radix = column.categories.count + column.missing.count
  }

  /// Positions from elsewhere, such as the outcomes of a condition.
  package init(positions: Positions, radix: Int, validCount: Int) {
    self.positions = positions
    self.radix = radix
    self.validCount = validCount
  }
}
