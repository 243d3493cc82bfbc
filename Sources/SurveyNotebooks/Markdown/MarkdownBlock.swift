/// A block of a notebook's prose.
indirect enum MarkdownBlock: Equatable, Sendable {
  /// A heading of level 1 to 6.
  case heading(level: Int, MarkdownText)
  /// Running text.
  case paragraph(MarkdownText)
  /// Lines between fences: what stands behind the opening fence, the lines as they are, and the line
  /// of the opening fence.
  case code(language: String, lines: [String], line: Int)
  /// A list; `start` is the first number, nil for a list without numbers. A list without blank lines
  /// between its items is tight.
  case list(start: Int?, isTight: Bool, items: [[MarkdownBlock]])
  /// A quotation.
  case quote([MarkdownBlock])
  /// A table; every row has a cell for each alignment.
  case table(alignments: [Alignment], header: [MarkdownText], rows: [[MarkdownText]])
  /// A line across the page.
  case rule

  /// How a column of a table is set.
  enum Alignment: Equatable, Sendable {
    case unsaid
    case left
    case center
    case right
  }
}

/// Running text: words with marks.
typealias MarkdownText = [MarkdownSpan]

/// A piece of running text.
indirect enum MarkdownSpan: Equatable, Sendable {
  case text(String)
  case code(String)
  case emphasis(MarkdownText)
  case strong(MarkdownText)
  case link(MarkdownText, address: String)
  case lineBreak

  /// The words without marks.
  var words: String {
    switch self {
    case .text(let words), .code(let words): words
    case .emphasis(let text), .strong(let text), .link(let text, _): text.words
    case .lineBreak: " "
    }
  }
}

extension MarkdownText {
  /// The words without marks.
  var words: String { map(\.words).joined() }
}
