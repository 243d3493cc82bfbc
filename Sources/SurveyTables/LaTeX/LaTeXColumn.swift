/// How one column of a table is set in LaTeX.
struct LaTeXColumn {
  /// The kinds of columns.
  private enum Kind: Equatable {
    /// Words, from the left.
    case words
    /// Numbers that siunitx cannot parse, such as `< 0.001`, from the right.
    case plain
    /// Numbers aligned by siunitx.
    case numbers
    /// Numbers aligned by siunitx, followed by a column for their marks and intervals.
    case numbersAndIntervals
  }

  private let kind: Kind
  private let tableFormat: String
  private let format: NumberFormat
  /// How many characters its cells and its heading need.
  let widths: (cells: Int, heading: Int)

  init(_ heading: String, _ cells: [CellText], holdsWords: Bool, _ format: NumberFormat) {
    self.format = format
    let own = cells.map { ($0.integer + $0.fraction).count { $0 != "\u{202F}" } }
    let beside = cells.map { $0.mark.count + ($0.interval.isEmpty ? 0 : $0.interval.count + 1) }
    widths = (
      (own.max() ?? 0) + (beside.max() ?? 0),
      heading.wrapped(to: Self.headingWidth).map(\.count).max() ?? 0
    )
    let numbers = cells.filter { $0.kind == .number }
    let texts = numbers.map { Self.parsable($0, format) }
    if holdsWords {
      kind = .words
    } else if texts.contains(where: { !Self.isParsed($0) && $0.contains(where: \.isNumber) }) {
      kind = .plain
    } else if numbers.contains(where: { !$0.interval.isEmpty || !$0.mark.isEmpty }) {
      kind = .numbersAndIntervals
    } else {
      kind = .numbers
    }
    let parsed = texts.filter(Self.isParsed)
    let integer = parsed.map { $0.prefix { $0 != "." }.filter(\.isNumber).count }.max() ?? 1
    let fraction = parsed.map { $0.drop { $0 != "." }.dropFirst().count }.max() ?? 0
    let sign = ["+", "-"].first { sign in parsed.contains { $0.hasPrefix(sign) } } ?? ""
    tableFormat = "\(sign)\(integer).\(fraction)"
  }

  /// How many columns of the tabular it takes.
  var span: Int { kind == .numbersAndIntervals ? 2 : 1 }

  /// Its place in the preamble of the tabular.
  var specification: String {
    switch kind {
    case .words: "l"
    case .plain: "r"
    case .numbers: "S[table-format=\(tableFormat)]"
    case .numbersAndIntervals: "S[table-format=\(tableFormat)]@{\\,}l"
    }
  }

  /// The heading, long ones on several lines.
  func heading(_ text: String) -> String {
    let stack = Self.stack(text.wrapped(to: Self.headingWidth), side: kind == .words ? "l" : "c")
    return span > 1 ? "\\multicolumn{2}{c}{\(stack)}" : "{\(stack)}"
  }

  /// In how many characters a heading is broken into lines.
  private static let headingWidth = 20

  /// The lines of a heading over neighbouring columns, hardly wider than these.
  static func lines(of heading: String, over columns: [LaTeXColumn]) -> [String] {
    let own = columns.reduce(-2) { $0 + max($1.widths.cells, $1.widths.heading) + 2 }
    let word = heading.split(separator: " ").map(\.count).max() ?? 0
    return heading.wrapped(to: max(own, 16, min(word, 28)))
  }

  /// Lines below each other.
  static func stack(_ lines: [String], side: String) -> String {
    let lines = lines.map(\.latexEscaped)
    guard lines.count > 1 else { return lines.joined() }
    return "\\shortstack[\(side)]{\(lines.joined(separator: "\\\\"))}"
  }

  /// A cell, with the `&` between its number and its interval.
  func text(of cell: CellText) -> String {
    let marks = cell.mark.isEmpty ? "" : "\\tnote{\(cell.mark.latexEscaped)}"
    let interval = cell.interval.latexEscaped
    let first = text(ofNumberIn: cell)
    guard span > 1 else {
      return first + marks + (interval.isEmpty ? "" : " \(interval)")
    }
    return first + " & " + [marks, interval].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func text(ofNumberIn cell: CellText) -> String {
    let number = Self.parsable(cell, format)
    let words = (cell.integer + cell.fraction).latexEscaped
    let isAligned = kind == .numbers || kind == .numbersAndIntervals
    return switch cell.kind {
    case .empty: ""
    case .bar(let length):
      "\\rule{\(NumberFormat(language: "en").fixed(4 * length, digits: 2))em}{1.2ex}"
    case .number where isAligned && Self.isParsed(number): number
    // Braces keep siunitx from parsing the cell, and set it in the middle of the column.
    default: isAligned ? "{\(words)}" : words
    }
  }

  private static func isParsed(_ text: String) -> Bool {
    // Two points stand for a number that is not known.
    text != ".." && text.utf8.allSatisfy { "+-.0123456789".utf8.contains($0) }
  }

  /// A number as siunitx parses it.
  private static func parsable(_ cell: CellText, _ format: NumberFormat) -> String {
    String(
      (cell.integer + cell.fraction).compactMap { character -> Character? in
        switch character {
        case "\u{202F}": nil
        case "\u{2212}": "-"
        case Character(format.decimalSign): "."
        default: character
        }
      })
  }
}
