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

  init(_ cells: [CellText], holdsWords: Bool, _ format: NumberFormat) {
    self.format = format
    let numbers = cells.filter { $0.kind == .number }
    let texts = numbers.map { Self.parsable($0, format) }
    if holdsWords {
      kind = .words
    } else if texts.contains(where: { !$0.utf8.allSatisfy { "+-.0123456789".utf8.contains($0) } }) {
      kind = .plain
    } else if numbers.contains(where: { !$0.interval.isEmpty || !$0.mark.isEmpty }) {
      kind = .numbersAndIntervals
    } else {
      kind = .numbers
    }
    let integer = texts.map { $0.prefix { $0 != "." }.filter(\.isNumber).count }.max() ?? 1
    let fraction = numbers.map { max($0.fraction.count - 1, 0) }.max() ?? 0
    let sign = ["+", "-"].first { sign in texts.contains { $0.hasPrefix(sign) } } ?? ""
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
    let lines = text.wrapped(to: 20).map(\.latexEscaped)
    let side = kind == .words ? "l" : "c"
    let stack =
      lines.count > 1
      ? "\\shortstack[\(side)]{\(lines.joined(separator: "\\\\"))}" : lines.joined()
    return span > 1 ? "\\multicolumn{2}{c}{\(stack)}" : "{\(stack)}"
  }

  /// A cell, with the `&` between its number and its interval.
  func text(of cell: CellText) -> String {
    let isAligned = kind == .numbers || kind == .numbersAndIntervals
    let first =
      switch cell.kind {
      case .empty: ""
      case .bar(let length):
        "\\rule{\(NumberFormat(language: "en").fixed(4 * length, digits: 2))em}{1.2ex}"
      case .words, .hidden: isAligned ? "{\(cell.integer.latexEscaped)}" : cell.integer.latexEscaped
      case .number where isAligned: Self.parsable(cell, format)
      case .number: cell.line.latexEscaped
      }
    guard span > 1 else { return first }
    let marks = cell.mark.map { "\\tnote{\(String($0).latexEscaped)}" }.joined()
    return first + " & "
      + [marks, cell.interval.latexEscaped].filter { !$0.isEmpty }
      .joined(separator: " ")
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
