import SurveyTables

/// Tables of every shape that a chart may meet, the same for a seed.
struct RandomTables {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  private mutating func next(_ below: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(below))
  }

  private mutating func unit() -> Double { Double(next(1_000_001)) / 1_000_000 }

  private static let words = [
    "Innvandrere", "NAV", "tredelt", "i", "Norskfødte med", "Wanted", "MMMMMM", "landgruppe 2",
    "arbeidsmarkedstiltaksdeltakere", "All", "%", "most people can be trusted", "Æøå", "1–2",
    "integreringsmyndighetsutvalgsmedlemmene", "kr", "Very high", "Oslo",
  ]

  private mutating func words(_ most: Int) -> String {
    (0...next(most)).map { _ in Self.words[next(Self.words.count)] }.joined(separator: " ")
  }

  /// A table and the kind of its chart.
  mutating func table() -> (table: Table, kind: Chart.Kind) {
    let kind = Chart.Kind.allCases[next(Chart.Kind.allCases.count)]
    switch kind {
    case .stacked, .diverging: return (shares(), kind)
    case .dumbbell: return (gaps(), kind)
    case .lines: return (waves(), kind)
    case .bars, .dots, .forest: return (estimates(), kind)
    }
  }

  private mutating func texts(_ table: inout Table) {
    table.title = words(9)
    table.unit = "weighted %, 95\u{A0}% interval"
    table.essentials.interval = "95\u{A0}% interval"
    table.notes = (0...next(3)).map { _ in words(20) }
  }

  private mutating func body(_ cells: (inout RandomTables) -> [Table.Cell]) -> [Table.Row] {
    let isGrouped = next(3) == 0
    return (0...next(11)).flatMap { place -> [Table.Row] in
      let heading =
        isGrouped && place % 3 == 0 ? [Table.Row(headings: [words(3), words(1)])] : []
      return heading + [
        Table.Row(words(5), indent: isGrouped ? 1 : 0, cells: cells(&self) + [.count(next(99_999))])
      ]
    }
      + (next(2) == 0
        ? [Table.Row("All", cells: cells(&self) + [.count(99_999)], kind: .total)] : [])
  }

  private mutating func shares() -> Table {
    let count = 2 + next(6)
    var table = Table(
      title: "", columns: (0..<count).map { _ in Table.Column(words(3)) } + [Table.Column("n")],
      rows: body { random in
        let raw = (0..<count).map { _ in random.unit() + 0.001 }
        let sum = raw.reduce(0, +)
        return raw.map { Samples.share($0 / sum, 0, 1) }
      })
    texts(&table)
    return table
  }

  private mutating func gaps() -> Table {
    let size = [1.0, 100, 1_000_000][next(3)]
    let format: Table.Format = size == 1 ? .percent(digits: next(2)) : .fixed(digits: next(3))
    var table = Table(
      title: "", columns: [words(3), words(3), "gap", "n"].map { Table.Column($0) },
      rows: body { random in
        let (a, b) = (random.unit() * size, random.unit() * size)
        return [
          .number(Table.Quantity(a, as: format)), .number(Table.Quantity(b, as: format)),
          .estimate(Table.Quantity(a - b, as: format), low: nil, high: nil, mark: ""),
        ]
      })
    texts(&table)
    return table
  }

  private mutating func estimates() -> Table {
    let count = 1 + next(4)
    let size = [0.01, 1, 1, 1, 1000, 10_000_000][next(6)]
    let formats: [Table.Format] =
      size > 1
      ? [.fixed(digits: 0), .significant(digits: 3)]
      : [.percent(digits: 1), .points(digits: 1), .percent(digits: 0), .fixed(digits: 3)]
    let format = formats[next(formats.count)]
    let isSigned = if case .percent = format { false } else { next(2) == 0 }
    var table = Table(
      title: "", columns: (0..<count).map { _ in Table.Column(words(3)) } + [Table.Column("n")],
      rows: body { random in
        (0..<count).map { _ -> Table.Cell in
          guard random.next(12) > 0 else { return .hidden }
          let value = (random.unit() - (isSigned ? 0.5 : 0)) * size
          let error = random.unit() * 0.2 * size
          return .estimate(
            Table.Quantity(value, as: format),
            low: isSigned ? value - error : max(0, value - error),
            high: isSigned ? value + error : min(size, value + error), mark: "")
        }
      })
    texts(&table)
    return table
  }

  /// Waves that are years, with gaps, or have names; one line, lines under headings, or several answers.
  private mutating func waves() -> Table {
    let count = [1, 1, 1, 3][next(4)]
    let groups = [0, 2, 4, 9][next(4)]
    let isYears = next(3) > 0
    var year = 1990
    let labels = (0...(1 + next(11))).map { place -> String in
      year += 1 + next(4)
      return isYears ? String(year) : "\(place) \(words(2))"
    }
    func rows(_ random: inout RandomTables) -> [Table.Row] {
      labels.filter { _ in random.next(6) > 0 }.map { label in
        Table.Row(
          label, indent: groups > 0 ? 1 : 0,
          cells: (0..<count).map { _ in
            let value = random.unit()
            return Samples.share(value, max(0, value - 0.05), min(1, value + 0.05))
          } + [.count(random.next(9999))])
      }
    }
    let isCrossed = next(2) == 0
    var table = Table(
      title: "", columns: (0..<count).map { _ in Table.Column(words(3)) } + [Table.Column("n")],
      rows: groups == 0
        ? rows(&self)
        : (0..<groups).flatMap { group in
          [Table.Row(headings: ["group \(group / 2)"] + (isCrossed ? ["part \(group % 2)"] : []))]
            + rows(&self)
        })
    if table.rows.allSatisfy({ $0.kind == .heading }) {
      table.rows.append(Table.Row("2020", cells: [Samples.share(0.5, 0.4, 0.6)]))
    }
    table.axis = next(2) == 0 ? words(6) : ""
    texts(&table)
    return table
  }
}
