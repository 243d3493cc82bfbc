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

  /// Makes a style; without a terminal the width is 100.
  public init(language: String = "en", width: Int = 100, color: Bool = false, dpi: Int = 192) {
    self.language = language
    self.width = width
    self.color = color
    self.dpi = dpi
  }
}
