/// Answers as text; the empty text is the system-missing value.
public struct TextColumn: Sendable {
  /// One text a row.
  public let values: [String]

  /// Makes a column.
  public init(values: [String]) { self.values = values }

  /// The number of rows.
  public var count: Int { values.count }
}
