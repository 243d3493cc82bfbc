/// How an analysis wants to see a column.
public enum ColumnView: Hashable, Sendable {
  /// Positions in a list of codes: ``CategoricalColumn``.
  case codes
  /// Numbers: ``NumericColumn``.
  case numbers
  /// The text as the file has it, trimmed: ``TextColumn``.
  case text
}

/// One decoded column.
public enum Column: Sendable {
  /// Positions in a list of codes.
  case codes(CategoricalColumn)
  /// Numbers.
  case numbers(NumericColumn)
  /// Text.
  case text(TextColumn)

  /// The number of rows.
  public var count: Int {
    switch self {
    case .codes(let column): column.count
    case .numbers(let column): column.count
    case .text(let column): column.count
    }
  }
}
