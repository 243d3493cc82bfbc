/// How a document is to look.
public struct Style: Sendable {
  /// `en` or `nb`: decimal sign, thin spaces, and the words that renderers add.
  public var language: String
  /// The width of a line of text, in columns.
  public var width: Int
  /// Whether the output may use colour.
  public var color: Bool
  /// The dots an inch of a picture, whose drawing has 96 units an inch.
  public var dpi: Int

  /// How the tables of a workbook are spread over sheets.
  public var sheets = Sheets.question
  /// How a workbook has intervals.
  public var intervals = Intervals.columns

  /// How tables are spread over the sheets of a workbook.
  public enum Sheets: String, CaseIterable, Sendable {
    /// A sheet a table.
    case question
    /// A sheet a background of a banner, with all tables below each other.
    case banner
    /// All tables below each other.
    case one
  }

  /// How a workbook has intervals.
  public enum Intervals: String, CaseIterable, Sendable {
    /// A column for each end.
    case columns
    /// In the cell, as text: `80 (77–83)`.
    case text
  }

  /// Makes a style; without a terminal the width is 100.
  public init(language: String = "en", width: Int = 100, color: Bool = false, dpi: Int = 192) {
    self.language = language
    self.width = width
    self.color = color
    self.dpi = dpi
  }
}
