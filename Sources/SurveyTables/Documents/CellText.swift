/// A cell in words, in the parts that renderers align.
struct CellText {
  /// What stands before the decimal sign, or the whole of a cell that is not a number.
  var integer = ""
  /// The decimal sign and what follows it.
  var fraction = ""
  /// The letters of the footnotes.
  var mark = ""
  /// The interval in brackets; empty where there is none.
  var interval = ""
  /// What kind of cell it is.
  var kind = Kind.number

  enum Kind: Equatable {
    case number
    /// A number in parentheses that stands below another.
    case aside
    /// A range that does.
    case range
    case words
    case bar(Double)
    case hidden
    case empty
  }

  /// The words of a cell; under an empty heading a p-value says that it is one.
  init(_ cell: Table.Cell, under heading: String, _ format: NumberFormat) {
    switch cell {
    case .estimate(let quantity, let low, let high, let mark):
      set(format.text(quantity), format)
      self.mark = mark
      if let low, let high, !low.isNaN, !high.isNaN {
        interval = "(\(format.interval(low, high, as: quantity.format)))"
      }
    case .count(let count): integer = format.count(count)
    case .number(let quantity): set(format.text(quantity), format)
    case .parenthesized(let quantity?, let others):
      set(format.text(quantity), format)
      interval = format.parentheses(others)
    case .parenthesized(nil, let others):
      kind = others.count == 1 ? .aside : .range
      set(format.parentheses(others), others.count == 1 ? format : nil)
    case .probability(let p):
      set(heading.isEmpty && !p.isNaN ? format.p(p) : format.probability(p), format)
    case .text(let text):
      integer = text.onOneLine
      kind = .words
    case .bar(let length): kind = .bar(length.isNaN ? 0 : min(max(length, 0), 1))
    case .hidden:
      integer = ":"
      kind = .hidden
    case .empty: kind = .empty
    }
  }

  /// - Parameter format: What the number is aligned by; nil for what is not.
  private mutating func set(_ text: String, _ format: NumberFormat?) {
    let split = format.flatMap { text.firstIndex(of: Character($0.decimalSign)) } ?? text.endIndex
    integer = String(text[..<split])
    fraction = String(text[split...])
  }

  /// Whether it stands in parentheses below a number.
  var isBelow: Bool { kind == .aside || kind == .range }

  /// The footnote letters raised, for formats without markup.
  var raisedMark: String { Table.raised(mark) }

  /// The cell on one line.
  var line: String {
    integer + fraction + raisedMark + (interval.isEmpty ? "" : " " + interval)
  }
}

extension Table {
  /// The cells of a row in words, one a column whatever the row holds.
  func cellTexts(of row: Row, _ format: NumberFormat) -> [CellText] {
    columns.indices.map { place in
      let cell = place < row.cells.count ? row.cells[place] : .empty
      return CellText(cell, under: columns[place].heading, format)
    }
  }

  /// Words that a heading within the table has beside its label, such as a reference category.
  static func aside(of row: Row) -> String {
    if row.kind == .heading, case .text(let words)? = row.cells.first { words } else { "" }
  }

  /// Whether a column holds words or bars, which are set from the left.
  func holdsWords(_ column: Int) -> Bool {
    columns[column].isText
      || rows.contains { row in
        if row.cells.indices.contains(column), case .bar = row.cells[column] { true } else { false }
      }
  }

  /// Whether there is anything to print above the columns.
  var hasHeadings: Bool { !stub.isEmpty || columns.contains { !$0.heading.isEmpty } }

  /// Neighbouring columns under one heading, as ranges over some of the columns.
  func groups(of places: [Int]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for (order, place) in places.enumerated() {
      let group = columns[place].group
      if let last = ranges.last, !group.isEmpty, columns[places[last.lowerBound]].group == group {
        ranges[ranges.count - 1] = last.lowerBound..<order + 1
      } else {
        ranges.append(order..<order + 1)
      }
    }
    return ranges
  }

  /// The columns that stand beside each other, for each part of a table that is too wide for its page:
  /// groups of columns stay together where they can, and repeated columns are in every part.
  ///
  /// - Parameter fit: Whether columns have room beside each other.
  func parts(where fit: ([Int]) -> Bool) -> [[Int]] {
    let repeated = columns.indices.filter { columns[$0].isRepeated }
    let others = columns.indices.filter { !columns[$0].isRepeated }
    var parts: [[Int]] = [[]]
    func fits(_ places: [Int]) -> Bool { fit(places + repeated) }
    for group in groups(of: others) {
      let places = Array(others[group])
      if fits(parts[parts.count - 1] + places) {
        parts[parts.count - 1] += places
        continue
      }
      if fits(places), !parts[parts.count - 1].isEmpty { parts.append([]) }
      for place in places {
        if !parts[parts.count - 1].isEmpty, !fits(parts[parts.count - 1] + [place]) {
          parts.append([])
        }
        parts[parts.count - 1].append(place)
      }
    }
    return parts.map { ($0 + repeated).sorted() }
  }

  /// Footnote letters as small raised letters: `a` → `ᵃ`; what has no raised form stays, and the
  /// capitals of groups are set off: `aBC` → `ᵃ BC`.
  static func raised(_ letters: String) -> String {
    let plain = Array("abcdefghijklmnoprstuvwxyz0123456789*")
    let raised = Array("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ⁰¹²³⁴⁵⁶⁷⁸⁹*")
    let text = String(letters.map { plain.firstIndex(of: $0).map { raised[$0] } ?? $0 })
    guard let capital = text.firstIndex(where: { $0.isASCII && $0.isUppercase }) else {
      return text
    }
    return text[..<capital] + " " + text[capital...]
  }
}
