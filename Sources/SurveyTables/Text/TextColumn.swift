/// One column of a table set in a monospaced face.
struct TextColumn {
  /// The cells before wrapping, numbers aligned by their decimal sign.
  private let blocks: [String]
  /// The intervals, where they stand below the estimates.
  private let below: [String]
  /// Whether cells and heading are set from the left.
  let isFromLeft: Bool
  /// Whether the column may be made narrower by wrapping its cells.
  let isFlexible: Bool
  /// The heading before wrapping.
  private let heading: String
  /// The width that was given to the column.
  var width: Int

  /// The narrowest width at which words still read well.
  static let leastWords = 14
  /// Headings are wrapped to this width where the cells are narrower.
  static let headingWidth = 16
  /// The same where the table would otherwise be too wide.
  static let tightHeadingWidth = 10

  init(
    _ column: Table.Column, _ cells: [CellText], holdsWords: Bool, headingWidth: Int,
    stacks: Bool = false
  ) {
    heading = column.heading
    isFlexible = column.isText
    let numbers = cells.filter { [.number, .hidden, .aside].contains($0.kind) }
    let integer = numbers.map(\.integer.width).max() ?? 0
    // A mark stands at its number, also where other numbers of the column have more decimals.
    let tail = numbers.map { ($0.alignedFraction + $0.behind).width }.max() ?? 0
    let hasIntervals = !stacks && numbers.contains { !$0.interval.isEmpty }
    below = cells.map { stacks ? $0.interval : "" }
    blocks = cells.map { cell in
      switch cell.kind {
      case .empty: ""
      case .words, .range: cell.integer
      case .bar(let length): Self.bar(length)
      case .number, .hidden, .aside:
        cell.integer.padded(before: integer)
          + (cell.alignedFraction + cell.behind).padded(to: tail)
          + (cell.interval.isEmpty || stacks ? "" : " " + cell.interval)
      }
    }
    isFromLeft = holdsWords || hasIntervals
    let content = (blocks + below).map(\.width).max() ?? 0
    let lines = column.heading.wrapped(to: max(content, headingWidth))
    width = max(content, lines.map(\.width).max() ?? 0)
  }

  /// The lines of the heading.
  var headingLines: [String] { heading.isEmpty ? [] : heading.wrapped(to: width) }

  /// The lines of a cell.
  func lines(ofRow row: Int) -> [String] {
    if !below[row].isEmpty { return [blocks[row], below[row]] }
    return isFlexible && blocks[row].width > width ? blocks[row].wrapped(to: width) : [blocks[row]]
  }

  /// A line set at its side of the column.
  func set(_ line: String) -> String {
    isFromLeft ? line.padded(to: width) : line.padded(before: width)
  }

  /// A bar of eight cells, to an eighth of a cell.
  static func bar(_ length: Double) -> String {
    let eighths = Int((length * 64).rounded())
    let ends = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return (String(repeating: "█", count: eighths / 8) + ends[eighths % 8]).padded(to: 8)
  }
}

extension CellText {
  /// What follows the decimal sign in one column, without a closing parenthesis.
  fileprivate var alignedFraction: String {
    kind == .aside && !fraction.isEmpty ? String(fraction.dropLast()) : fraction
  }

  /// What stands behind: the footnote letters, or the closing parenthesis.
  fileprivate var behind: String {
    kind == .aside && !fraction.isEmpty ? String(fraction.suffix(1)) : raisedMark
  }
}
