extension Table {
  /// In which order rows stand.
  public enum Order: String, CaseIterable, Sendable {
    /// By the answer that counts, else the first column with estimates: the largest first.
    case answer
    /// The smallest first.
    case answerUpwards = "-answer"
    /// By the number of respondents, most first.
    case n
    /// By the alphabet.
    case label
    /// As the codebook has them.
    case codebook
  }

  /// The same with its rows in an order: within each heading, the row of all last.
  ///
  /// - Parameter language: The language whose alphabet counts.
  public func sorted(by order: Order, in language: String = "en") -> Table {
    guard order != .codebook, !isOrdered else { return self }
    var table = self
    table.drawn = drawn?.sorted(by: order, in: language)
    let column = countedColumn
    var start = 0
    while start < rows.count {
      guard rows[start].kind == .body else {
        start += 1
        continue
      }
      var end = start
      // What stands below a row goes with it.
      var units: [[Row]] = []
      while end < rows.count, rows[end].indent == rows[start].indent {
        if rows[end].kind == .body {
          units.append([rows[end]])
        } else if rows[end].kind == .below {
          units[units.count - 1].append(rows[end])
        } else {
          break
        }
        end += 1
      }
      table.rows.replaceSubrange(
        start..<end, with: Self.sorted(units, by: order, column, language).joined())
      start = end
    }
    return table
  }

  /// The column of the answer that counts, else the first with estimates.
  private var countedColumn: Int? {
    let estimates = columns.indices.filter { column in
      rows.contains { row in row.cells.indices.contains(column) && row.cells[column].isEstimate }
    }
    let counted = drawn.flatMap { drawn in
      estimates.first { columns[$0].heading == drawn.columns.first?.heading }
    }
    return counted ?? estimates.first
  }

  private static func sorted(
    _ units: [[Row]], by order: Order, _ column: Int?, _ language: String
  ) -> [[Row]] {
    order.sorted(units, in: language) { unit in
      let cells = unit[0].cells
      return Order.Key(
        label: unit[0].label,
        count: cells.lazy.compactMap { if case .count(let n) = $0 { n } else { nil } }.last,
        value: column.flatMap { cells.indices.contains($0) ? cells[$0].value : nil })
    }
  }
}

extension Table.Order {
  /// What things are ordered by.
  package struct Key {
    let label: String
    let count: Int?
    let value: Double?

    /// - Parameters:
    ///   - count: The respondents; nil where they are not known.
    ///   - value: The share of the answer that counts; nil or not a number where there is none.
    package init(label: String, count: Int?, value: Double?) {
      (self.label, self.count, self.value) = (label, count, value)
    }
  }

  /// Things in this order; equal ones stand as they stood, and those without a number last.
  package func sorted<Thing>(
    _ things: [Thing], in language: String, by key: (Thing) -> Key
  ) -> [Thing] {
    func places<Rank: Comparable>(_ rank: (Key) -> Rank) -> [Thing] {
      let ranks = things.map { rank(key($0)) }
      return things.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.map { things[$0] }
    }
    func number(_ value: Double?, _ sign: Double) -> Double {
      value.flatMap { $0.isNaN ? nil : sign * $0 } ?? .infinity
    }
    switch self {
    case .codebook: return things
    case .label: return places { $0.label.sortingKey(in: language) }
    case .n: return places { number($0.count.map(Double.init), -1) }
    case .answer: return places { number($0.value, -1) }
    case .answerUpwards: return places { number($0.value, 1) }
    }
  }
}

extension Table.Cell {
  /// Whether it is an estimate.
  var isEstimate: Bool { if case .estimate = self { true } else { false } }

  /// The number of an estimate; nil for other cells.
  var value: Double? {
    if case .estimate(let quantity, _, _, _) = self { quantity.value } else { nil }
  }
}

extension String {
  /// What words are sorted by: without regard to capitals, numbers by their size, and in Norwegian æ, ø
  /// and å last.
  func sortingKey(in language: String) -> String {
    var key = ""
    var digits = ""
    func number() -> String {
      defer { digits = "" }
      return digits.isEmpty
        ? "" : String(repeating: "0", count: max(0, 20 - digits.count)) + digits
    }
    for character in lowercased() {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      key += number()
      switch character {
      case "æ", "ä": key += language.isNorwegian ? "{a" : "ae"
      case "ø", "ö": key += language.isNorwegian ? "{b" : "oe"
      case "å": key += language.isNorwegian ? "{c" : "aa"
      default: key.append(character)
      }
    }
    return key + number()
  }
}
