import SurveyData
import Testing

@testable import SurveyTables

@Suite("A chart fits its size")
struct ChartLayoutTests {
  private static let sizes: [Chart.Size] = [.half, .page, .slide, .square]

  /// The chart of a random table; with panels where it has groups and the seed is odd.
  private static func chart(_ seed: Int, _ size: Chart.Size) throws -> Chart {
    var random = RandomTables(seed: seed)
    let (table, kind) = random.table()
    var options = ChartOptions()
    options.kind = kind
    options.size = size
    options.subtitle = seed % 4 == 0 ? "A finding that is told in rather many words of its own" : ""
    options.isFaceted = seed % 2 == 1 && table.rows.first?.kind == .heading
    return try table.chart(options)
  }

  @Test(arguments: 0..<200)
  func `no two texts overlap and none is cut, at any size`(seed: Int) throws {
    for size in Self.sizes {
      let (drawing, height) = try Self.chart(seed, size).drawn(Style(language: "nb"))
      let boxes = drawing.boxes.filter { !$0.words.isEmpty }.sorted { $0.top < $1.top }
      #expect(!boxes.isEmpty)
      for (place, box) in boxes.enumerated() {
        #expect(
          box.left >= 0 && box.right <= size.width && box.top >= 0 && box.bottom <= height,
          "'\(box.words)' is cut at \(size)")
        for other in boxes[(place + 1)...].prefix(while: { $0.top < box.bottom })
        where box.touches(other) {
          Issue.record("'\(box.words)' lies on '\(other.words)' at \(size): \(box) \(other)")
        }
      }
    }
  }

  @Test(arguments: 0..<200)
  func `the words for those who do not see it hold every number drawn`(seed: Int) throws {
    let style = Style(language: "nb")
    let numbers = NumberFormat(language: "nb")
    let chart = try Self.chart(seed, .page)
    let words = chart.description(style)
    for row in chart.rows {
      for point in row.points.compactMap(\.self) {
        #expect(words.contains(chart.label(point.value, numbers)))
      }
      if let count = row.count, row.points.contains(where: { $0 != nil }) {
        #expect(words.contains(numbers.count(count)))
      }
    }
    for (place, name) in chart.series.enumerated()
    where chart.series.count > 1
      && chart.rows.contains(where: { $0.points.count > place && $0.points[place] != nil })
    {
      #expect(words.contains(name))
    }
    #expect(chart.svg(style) == (try Self.chart(seed, .page).svg(style)), "the same bytes twice")
  }

  @Test
  func `a drawing has the size that is asked for, unless its rows need more`() throws {
    let few = ChartTests.shares(groups: 3, answers: 3)
    var options = ChartOptions()
    options.size = .slide
    #expect(try few.chart(options).svg().contains("width=\"960\" height=\"540\""))
    let many = try ChartTests.shares(groups: 40, answers: 3).chart(options)
    #expect(many.height() > 1000)
    #expect(Chart.Size("720x450") == Chart.Size(width: 720, height: 450))
    #expect(Chart.Size("half") == .half)
    for wrong in ["", "big", "720", "720x", "0x0", "720x450x2", "-720x450", "9999x100"] {
      #expect(Chart.Size(wrong) == nil, "\(wrong)")
    }
  }

  @Test
  func `less room has labels above the bars and fewer ticks`() throws {
    let chart = try Samples.trust.chart(.bars)
    func texts(_ size: Chart.Size) -> [SVGDrawing.Box] {
      var sized = chart
      sized.size = size
      return sized.drawn(Style()).drawing.boxes
    }
    let label = try #require(texts(.half).first { $0.words.contains("country group 1") })
    let value = try #require(texts(.half).first { $0.words.hasPrefix("80\u{A0}%") })
    #expect(label.bottom < value.bottom && label.left < 20, "the label stands above its bar")
    let ticks = { (size: Chart.Size) in texts(size).count { $0.words.hasSuffix("0\u{A0}%") } }
    #expect(ticks(.init(width: 240, height: 400)) < ticks(.slide))
  }

  @Test
  func `every year of a time axis is written, at two heights where years lie close`() throws {
    let years = ["2004", "2016", "2022", "2023", "2024"]
    let table = Table(
      title: "Contact", columns: [Table.Column("yes")],
      rows: years.map { Table.Row($0, cells: [Samples.share(0.7, 0.6, 0.8)]) })
    for size in Self.sizes {
      var chart = try table.chart(.lines)
      chart.size = size
      let words = chart.drawn(Style()).drawing.boxes.map(\.words)
      #expect(years.allSatisfy(words.contains))
    }
  }

  @Test
  func `lines over two crossed variables, and of several answers, have panels`() throws {
    func rows(_ group: [String]) -> [Table.Row] {
      [Table.Row(headings: group)]
        + ["2020", "2022"].map { Table.Row($0, indent: 1, cells: [Samples.share(0.5, 0.4, 0.6)]) }
    }
    var table = Table(
      title: "Trust", columns: [Table.Column("yes")],
      rows: [["here", "men"], ["here", "women"], ["there", "men"], ["there", "women"]].flatMap(rows)
    )
    let crossed = try table.chart(.lines)
    #expect(crossed.isFaceted && crossed.series == ["men", "women"])
    #expect(crossed.panels.map(\.name) == ["here", "there"])
    table.rows = ["here", "there"].flatMap { rows([$0]) }
    #expect(try table.chart(.lines).series == ["here", "there"])
    #expect(try table.chart(.lines, isFaceted: true).panels.map(\.name) == ["here", "there"])
    table.columns.append(Table.Column("no"))
    for row in table.rows.indices where table.rows[row].kind != .heading {
      table.rows[row].cells.append(Samples.share(0.5, 0.4, 0.6))
    }
    let answers = try table.chart(.lines)
    #expect(answers.series == ["yes", "no"] && answers.panels.count == 2)
  }

  @Test
  func `panels need groups within groups`() {
    let fault = #expect(throws: SurveyError.self) {
      try Samples.trust.chart(.bars, isFaceted: true)
    }
    #expect(fault?.problem == "there are no groups within groups for panels")
  }

  @Test
  func `marks beside names are those that are drawn`() throws {
    #expect(try Samples.trust.chart(.bars).legend.mark == .bar)
    #expect(try Samples.trust.chart(.dots).legend.mark == .dot)
    #expect(try Samples.trust.chart(.forest).legend.mark == .square)
    var lines = try Samples.trust.chart(.lines)
    #expect(lines.legend.mark == .lineWithDots)
    lines.rows = (0..<20).map { Chart.Row("\($0)", points: [Chart.Point(0.5)]) }
    #expect(lines.legend.mark == .line, "so many points have no markers")
  }
}
