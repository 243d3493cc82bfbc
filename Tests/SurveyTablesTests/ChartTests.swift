import SurveyData
import Testing

@testable import SurveyTables

@Suite("A table draws itself")
struct ChartTests {
  /// Answers by group that add up to one, for as many groups and answers as wanted.
  static func shares(groups: Int, answers: Int) -> Table {
    Table(
      title: "How much do you trust the people in the place where you live?",
      unit: "weighted %, 95\u{A0}% interval",
      columns: (1...answers).map { Table.Column("answer \($0)") }
        + [Table.Column("n", isRepeated: true)],
      rows: (1...groups).map { group in
        let raw = (1...answers).map { Double(($0 * 7 + group * 3) % 11 + 1) }
        let sum = raw.reduce(0, +)
        return Table.Row(
          "Group \(group) with a label that is rather long <&>",
          cells: raw.map { Samples.share($0 / sum, $0 / sum * 0.9, min(1, $0 / sum * 1.1)) }
            + [.count(100 * group)])
      }, notes: ["Source: made up."])
  }

  static let gap = Table(
    title: "Integrated − accepted", unit: "percentage points",
    columns: ["integrated", "accepted", "gap"].map { Table.Column($0) },
    rows: [("a", 0.9, 0.7), ("b", 0.6, 0.65)].map { name, a, b in
      Table.Row(
        name,
        cells: [
          .number(Table.Quantity(a, as: .percent(digits: 0))),
          .number(Table.Quantity(b, as: .percent(digits: 0))),
          .estimate(
            Table.Quantity(a - b, as: .points(digits: 0)), low: a - b - 0.05, high: a - b + 0.05,
            mark: ""),
        ])
    })

  @Test
  func `the table chooses the kind that fits it`() throws {
    #expect(try Samples.trust.chart().kind == .bars)
    #expect(try Self.shares(groups: 3, answers: 4).chart().kind == .stacked)
    #expect(try Samples.margins.chart().kind == .dots)
    #expect(try Self.gap.chart().kind == .dumbbell)
    #expect(try Samples.model.chart().kind == .dots)
  }

  @Test
  func `a table with another to draw draws that, otherwise all its answers`() throws {
    let all = try Samples.trust.chart(.bars)
    #expect(all.series == ["most people can be trusted", "can't be too careful"])
    var table = Samples.trust
    var counted = table
    counted.title += ": most people can be trusted"
    counted.columns.remove(at: 1)
    for row in counted.rows.indices { counted.rows[row].cells.remove(at: 1) }
    table.drawn = counted
    let chart = try table.chart(.bars)
    #expect(chart.series == ["most people can be trusted"])
    #expect(chart.title == "Can most people be trusted?: most people can be trusted")
    #expect(try table.chart(.stacked).series.count == 2, "what adds up needs all answers")
    #expect(chart.rows.count == 5, "the hidden row has nothing to draw")
    #expect(chart.rows.map(\.count) == [803, 1214, 43, 1102, 5680])
  }

  @Test(arguments: Chart.Kind.allCases, [2, 30])
  func `every kind draws few and many groups as sound SVG`(kind: Chart.Kind, groups: Int) throws {
    let table = kind == .dumbbell ? Self.gap : Self.shares(groups: groups, answers: 3)
    let chart = try table.chart(kind)
    let svg = chart.svg(Style(language: "nb"))
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(svg.hasSuffix("</svg>\n"))
    #expect(!svg.contains("nan") && !svg.contains("inf\""))
    #expect(!svg.contains("<&>"), "labels are escaped")
    #expect(svg.contains("role=\"img\"") && svg.contains("<title id=\"chart-title\">"))
    #expect(svg.split(separator: "<text ").count == svg.split(separator: "</text>").count)
    #expect(svg == chart.svg(Style(language: "nb")))
  }

  @Test
  func `the description says every number`() throws {
    let words = try Samples.trust.chart().description(Style(language: "en"))
    #expect(words.hasPrefix("Bar chart. weighted %, 95\u{A0}% interval."))
    #expect(
      words.contains(
        "Immigrants, country group 1: most people can be trusted 80\u{A0}% (77–83), can't be too "
          + "careful 20\u{A0}% (17–23), n\u{A0}803."))
    let norwegian = try Samples.margins.chart().description(Style(language: "nb"))
    #expect(norwegian.contains("norskfødte: +14,8 (9,3–20,3)."))
  }

  @Test
  func `rows under headings become lines`() throws {
    func row(_ year: String, _ value: Double) -> Table.Row {
      Table.Row(year, indent: 1, cells: [Samples.share(value, value - 0.02, value + 0.02)])
    }
    let table = Table(
      title: "Trust", columns: [Table.Column("yes")],
      rows: [
        Table.Row("Immigrants", kind: .heading), row("2020", 0.5), row("2022", 0.52),
        Table.Row("Others", kind: .heading), row("2020", 0.7), row("2021", 0.71),
        Table.Row("All", cells: [Samples.share(0.6, 0.5, 0.7)], kind: .total),
      ])
    let chart = try table.chart(.lines)
    #expect(chart.series == ["Immigrants", "Others"])
    #expect(chart.rows.map(\.label) == ["2020", "2021", "2022"])
    #expect(chart.rows[1].points[0] == nil && chart.rows[2].points[1] == nil)
    #expect(chart.svg().contains("fill-opacity"))
  }

  @Test
  func `points of curves become one line a curve above an axis with its name`() throws {
    var table = Table(title: "Trust", columns: [Table.Column("estimate")], rows: [])
    table.rows = [("20", "men"), ("20", "women"), ("40", "men"), ("30", "women")].map {
      var row = Table.Row("\($0.0) · \($0.1)", cells: [Samples.share(0.5, 0.4, 0.6)])
      row.curve = Table.Row.Curve(place: $0.0, line: $0.1)
      return row
    }
    table.chartKind = .lines
    table.axis = "Age"
    let chart = try table.chart()
    #expect(chart.kind == .lines && chart.series == ["men", "women"])
    #expect(chart.rows.map(\.label) == ["20", "30", "40"])
    #expect(chart.rows[1].points.map { $0 == nil } == [true, false])
    #expect(chart.svg().contains(">Age</text>"))
  }

  @Test
  func `more than six lines have a panel each`() {
    func drawn(_ count: Int) -> String {
      let points = (0..<count).map { Chart.Point(Double($0) / 100, low: 0, high: 1) }
      return Chart(
        .lines, title: "Trust", series: (1...count).map { "line \($0)" },
        rows: ["2020", "2022"].map { Chart.Row($0, points: points) }, format: .percent(digits: 0)
      ).svg()
    }
    #expect(drawn(6).split(separator: ">2020</text>").count == 2)
    #expect(drawn(7).split(separator: ">2020</text>").count == 8)
  }

  @Test(arguments: [(1.5, "1.5"), (2, "2"), (0.07, "0.07")])
  func `every tick of a ratio is written in full`(value: Double, text: String) {
    let chart = Chart(
      .dots, title: "", series: [""], rows: [], format: .significant(digits: 3), reference: 1,
      isLogarithmic: true)
    let scale = ChartScale(over: [0.5, 3], from: 0, to: 100, isLogarithmic: true)
    #expect(chart.tick(value, scale, NumberFormat(language: "en")) == text)
  }

  @Test
  func `a kind that makes no sense for its table is refused`() throws {
    let fault = #expect(throws: SurveyError.self) { try Samples.margins.chart(.stacked) }
    #expect(fault?.problem.contains("add up to 100 %") == true)
    #expect(throws: SurveyError.self) { try Samples.trust.chart(.dumbbell) }
    #expect(throws: SurveyError.self) { try Samples.listing.chart() }
  }

  @Test
  func `ratios stand on a scale of ratios around one`() throws {
    var table = Samples.model
    table.reference = 1
    let chart = try table.chart()
    #expect(chart.kind == .dots && chart.isLogarithmic)
    #expect(chart.svg().contains(">1</text>"))
  }
}
