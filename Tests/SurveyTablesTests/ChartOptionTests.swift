import SurveyData
import Testing

@testable import SurveyTables

@Suite("Charts as somebody wants them")
struct ChartOptionTests {
  /// The sample with what the reports know of it.
  static let trust: Table = {
    var table = Samples.trust
    table.stub = "Origin"
    table.notes.append("Source: a survey")
    table.essentials = Table.Essentials(
      question: table.notes[0], source: "Source: a survey", count: 5680)
    table.essentials.interval = "95\u{A0}% interval"
    return table
  }()

  private func chart(_ change: (inout ChartOptions) -> Void, of table: Table = trust) throws
    -> Chart
  {
    var options = ChartOptions()
    options.kind = .bars
    change(&options)
    return try table.chart(options)
  }

  @Test
  func
    `a chart keeps the question, n and the source, and tells the rest to those who do not see it`()
    throws
  {
    let short = try chart { _ in }
    #expect(short.notes == [Self.trust.notes[0], "n\u{A0}5\u{202F}680 · Source: a survey"])
    #expect(short.description().contains("Design: stratified, 20 strata"))
    let full = try chart { $0.notes = .full }
    #expect(full.notes == Self.trust.notes)
    let none = try chart { $0.notes = .none }
    #expect(none.notes.isEmpty && none.description().contains("Source: a survey"))
  }

  @Test
  func `source and note are replaced, added to and taken away`() throws {
    func notes(_ texts: TableTexts) throws -> (table: [String], chart: [String]) {
      let table = try Self.trust.saying(texts, in: "en")
      return (table.notes, try chart({ _ in }, of: table).notes)
    }
    let added = try notes(TableTexts(note: "+Asked in May."))
    #expect(added.table.suffix(2) == ["Asked in May.", "Source: a survey"])
    #expect(added.chart[1] == "Asked in May.")
    let replaced = try notes(TableTexts(source: "The Institute", note: "Adults."))
    #expect(replaced.chart == ["Adults.", "Source: The Institute"])
    #expect(replaced.table.first == "Adults." && replaced.table.last == "Source: The Institute")
    #expect(replaced.table.count == Self.trust.notes.count)
    let removed = try notes(TableTexts(source: "", note: ""))
    #expect(removed.chart.isEmpty && removed.table.count == Self.trust.notes.count - 2)
  }

  @Test
  func `a title fills in the group, n and the estimate of all, and the answer moves below`() throws
  {
    let table = try Self.trust.saying(
      TableTexts(title: "{estimate} trust others, by {group} (n {n})"), in: "en")
    #expect(table.title == "66\u{A0}% trust others, by origin (n 5\u{202F}680)")
    var counted = table
    counted.columns = [counted.columns[0], counted.columns[2]]
    for row in counted.rows.indices { counted.rows[row].cells.remove(at: 1) }
    #expect(try chart({ _ in }, of: counted).unitLine.hasPrefix("most people can be trusted: "))
    let fault = #expect(throws: SurveyError.self) { try table.filled("{mean}", in: "en") }
    #expect(fault?.remedy == "{question}, {group}, {n} and {estimate} can be filled in.")
    #expect(throws: SurveyError.self) { try Samples.margins.filled("{n}", in: "en") }
    #expect(throws: SurveyError.self) { try Samples.margins.filled("{group}", in: "en") }
  }

  @Test
  func `rows stand in the order that is asked for, all last`() {
    func labels(_ order: Table.Order) -> [String] {
      Self.trust.sorted(by: order, in: "nb").rows.map { String($0.label.suffix(7)) }
    }
    #expect(labels(.codebook) == Self.trust.rows.map { String($0.label.suffix(7)) })
    #expect(labels(.answer) == ["kground", "group 1", "group 3", "group 2", "parents", "All"])
    #expect(
      labels(.answerUpwards) == ["group 2", "group 3", "group 1", "kground", "parents", "All"])
    #expect(labels(.n) == ["group 2", "kground", "group 1", "group 3", "parents", "All"])
    #expect(labels(.label) == ["group 1", "group 2", "group 3", "kground", "parents", "All"])
    #expect(
      ["Øst", "vest", "Ås", "Ærø", "år 10", "år 9"].sorted {
        $0.sortingKey(in: "nb") < $1.sortingKey(in: "nb")
      } == ["vest", "Ærø", "Øst", "år 9", "år 10", "Ås"])
  }

  @Test
  func `groups keep their order under their heading`() {
    let share = { Samples.share($0, 0, 1) }
    let table = Table(
      title: "", columns: [Table.Column("yes")],
      rows: [
        Table.Row(headings: ["b"]), Table.Row("x", indent: 1, cells: [share(0.1)]),
        Table.Row("y", indent: 1, cells: [share(0.2)]), Table.Row(headings: ["a"]),
        Table.Row("x", indent: 1, cells: [share(0.4)]),
        Table.Row("y", indent: 1, cells: [share(0.3)]),
        Table.Row("All", cells: [share(0.9)], kind: .total),
      ])
    #expect(table.sorted(by: .answer).rows.map(\.label) == ["b", "y", "x", "a", "x", "y", "All"])
  }

  @Test
  func `groups without an order of their own stand by their value in a chart of one answer`() throws
  {
    var table = Self.trust
    table.columns = [table.columns[0], table.columns[2]]
    for row in table.rows.indices { table.rows[row].cells.remove(at: 1) }
    #expect(
      try table.chart().rows.map(\.label)
        == table.rows.filter { $0.cells[0] != .hidden }.map(\.label))
    table.essentials.isUnordered = true
    #expect(try table.chart().rows.first?.label == "No immigrant background")
    #expect(try table.chart().rows.last?.label == "All")
    #expect(try table.chart(sorted: .codebook).rows.first?.label == Samples.groups[0])
  }

  @Test
  func `what is hidden is not drawn, and hidden intervals are said once`() throws {
    let bare = try chart { $0.shown = [] }
    #expect(bare.notes.count { $0 == "Intervals not shown." } == 1)
    #expect(bare.unitLine == "weighted %")
    let words = bare.drawn(Style()).drawing.boxes.map(\.words)
    #expect(!words.contains("66\u{A0}%") && !words.contains("803"))
    #expect(try chart { _ in }.unitLine == "weighted %, 95\u{A0}% interval")
    var stacked = Self.trust
    stacked.rows.removeAll { $0.cells.contains(.hidden) }
    #expect(
      try chart({ $0.kind = .stacked }, of: stacked).unitLine == "weighted %",
      "stacked bars have no intervals")
  }

  @Test
  func `an axis ends where it should, but never before a number`() throws {
    #expect(try chart { $0.bounds = 0...100 }.bounds == 0...1)
    #expect(try chart { $0.bounds = 0...100 }.svg().contains(">100\u{A0}%</text>"))
    let fault = #expect(throws: SurveyError.self) { try chart { $0.bounds = 0...50 } }
    #expect(fault?.problem == "the scale 0..50 leaves out 80")
    #expect(throws: SurveyError.self) { try chart { $0.bounds = 40...100 } }
    #expect(throws: SurveyError.self) {
      try chart {
        $0.kind = .stacked
        $0.bounds = 0...100
      }
    }
    let cut = try chart {
      $0.kind = .dots
      $0.bounds = 5...95
    }
    #expect(cut.notes.last == "Some intervals reach beyond the axis.")
  }

  @Test
  func `all charts can have one scale`() throws {
    var other = Samples.trust
    for row in other.rows.indices where !other.rows[row].cells.contains(.hidden) {
      other.rows[row].cells[0] = Samples.share(0.02, 0.01, 0.03)
      other.rows[row].cells[1] = Samples.share(0.03, 0.02, 0.04)
    }
    var options = ChartOptions()
    options.kind = .dots
    let document = Document(tables: [Samples.trust, other])
    let apart = try document.drawn(options)
    #expect(apart[0].reach != apart[1].reach)
    options.hasSameScale = true
    let together = try document.drawn(options)
    #expect(together[0].reach == together[1].reach)
  }

  @Test
  func `a table that gives way to others is not drawn`() throws {
    var coefficients = Samples.model
    coefficients.isDrawn = false
    let charts = try Document(tables: [coefficients, Samples.margins]).drawn()
    #expect(charts.map(\.title) == [Samples.margins.title])
  }
}

@Suite("Colours of charts")
struct ChartPaletteTests {
  @Test
  func `the colours of the house stand out from their papers by 3 to 1`() {
    for (name, palette) in ChartPalette.named {
      for place in 0..<8 {
        let ink = palette.ink(place, of: 8, isOrdered: false)
        #expect(ChartInk.contrast(ink.light, ChartInk.paper.light) >= 3, "\(name): \(ink.light)")
        #expect(ChartInk.contrast(ink.dark, ChartInk.paper.dark) >= 3, "\(name): \(ink.dark)")
      }
    }
    #expect(abs(ChartInk.contrast("#ffffff", "#000000") - 21) < 1e-9)
  }

  @Test
  func `shades are as many as there are series, and colours of a file must be`() throws {
    let blue = try #require(ChartPalette.named.last?.palette)
    let shades = (0..<7).map { blue.ink($0, of: 7, isOrdered: true).light }
    #expect(Set(shades).count == 7 && shades.first == "#08306b" && shades.last == "#4a90c4")
    var options = ChartOptions()
    options.kind = .bars
    options.palette = try ChartPalette(reading: "#0072b2", path: "ours.txt")
    let fault = #expect(throws: SurveyError.self) { try Samples.trust.chart(options) }
    #expect(fault?.problem == "there are 2 series to tell apart, and 1 colour")
  }

  @Test
  func `a file names a colour a line, after it the one on dark paper`() throws {
    let palette = try ChartPalette(reading: "#7a0019 #ffb3c1\n\n#00573F\n", path: "ours.txt")
    #expect(
      palette.ink(0, of: 2, isOrdered: false).dark == "#ffb3c1"
        && palette.ink(0, of: 2, isOrdered: true).takesWhite)
    #expect(palette.ink(1, of: 2, isOrdered: false).light == "#00573f")
    #expect(
      ChartInk.contrast(palette.ink(1, of: 2, isOrdered: false).dark, ChartInk.paper.dark) >= 3,
      "it is lightened")
    var chart = try Samples.trust.chart(.bars)
    chart.palette = palette
    #expect(chart.svg().contains("fill=\"#7a0019\""))
  }

  @Test(arguments: [
    ("#ffee00", "#ffee00 stands out from white paper (#ffffff) by 1.2 to 1 only"),
    ("#0072b2 #101010", "#101010 stands out from dark paper (#17181a) by 1.1 to 1 only"),
    ("#0072b2\n#0072B2", "#0072b2 and #0072b2 cannot be told apart"),
    ("blue", "'blue' is no colour"), ("#12", "'#12' is no colour"), ("", "has no colour"),
    ("#0072b2 #3f9fd8 #000000", "there are 3 colours in the line"),
  ])
  func `colours that cannot be seen or told apart are refused`(text: String, problem: String) {
    let fault = #expect(throws: SurveyError.self) {
      try ChartPalette(reading: text, path: "ours.txt")
    }
    #expect(fault?.problem == problem)
  }

  @Test(arguments: [true, false])
  func `up to sixteen answers each have a colour of their own`(isOrdered: Bool) {
    for count in 2...16 {
      let inks = (0..<count).map { ChartPalette.house.ink($0, of: count, isOrdered: isOrdered) }
      #expect(Set(inks.map(\.light)).count == count && Set(inks.map(\.dark)).count == count)
      for ink in inks where !isOrdered {
        #expect(ChartInk.contrast(ink.light, ChartInk.paper.light) >= 3)
        #expect(ChartInk.contrast(ink.dark, ChartInk.paper.dark) >= 3)
      }
    }
  }
}
