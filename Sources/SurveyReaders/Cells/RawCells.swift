package import SurveyData

/// Cells as they come from a file, an engine, or a dataset in this process: the raw values that a file or a
/// table has in some columns, every combination with its people and sums of weights.
///
/// The codebook decodes the values as those of a CSV file with these columns, so that no rule of it is
/// written twice.
package struct RawCells: Sendable {
  /// A column of raw values, one a cell.
  package struct Key: Sendable {
    /// The column's name.
    package var name: String
    /// Its values.
    package var values: Values

    /// Makes a column.
    package init(_ name: String, _ values: Values) { (self.name, self.values) = (name, values) }
  }

  /// Raw values of one kind.
  package enum Values: Sendable {
    /// Texts, days and times as `2024-05-17` and `2024-05-17T12:30:00`; the empty text is no answer.
    case texts([String])
    /// Numbers; NaN is no answer.
    case numbers([Double])
    /// Whole numbers; nil is no answer.
    case integers([Int?])
  }

  /// The columns that the cells are by.
  package var keys: [Key]
  /// The people of every cell and their sums of weights.
  package var sums: CellSums
  /// What is to be said of where they come from.
  package var notes: [Note] = []
  /// The queries that gave them.
  package var queries: [String] = []

  /// Takes cells; two with the same values may stand beside each other.
  package init(keys: [Key], sums: CellSums) { (self.keys, self.sums) = (keys, sums) }
}
