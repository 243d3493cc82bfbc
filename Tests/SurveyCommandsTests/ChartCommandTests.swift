import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Charts and titles on the command line")
struct ChartCommandTests {
  private static let samples = Places.root.appending(path: "SampleData")
  private static let everyday = samples.appending(path: "everyday-integration-2023.csv").path

  /// Runs a command; `chart VERB …` as the option that it stands for, since this room has no such verb.
  private func run(_ words: [String]) -> SmallSurvey.Result {
    let words = words.first == "chart" ? words.dropFirst() + ["--format", "svg"] : words
    let response = CommandRunner().run(words.map { $0 == "DATA" ? Self.everyday : $0 })
    return (
      String(decoding: response.output, as: UTF8.self), response.remarks.joined(separator: "\n"),
      response.status
    )
  }

  private func run(_ words: String) -> SmallSurvey.Result {
    run(words.split(separator: " ").map(String.init))
  }

  /// The words that are drawn, in their order.
  private func texts(_ svg: String) -> [String] {
    svg.split(separator: "<text ").dropFirst().map { part in
      String(part.split(separator: ">", maxSplits: 1)[1].prefix { $0 != "<" })
        .replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
    }
  }

  @Test func `a chart has the size, title, subtitle, source and note that are asked for`() {
    let found = run([
      "chart", "tabulate", "DATA", "general_trust", "--by", "origin", "--language", "en", "--size",
      "800x500",
      "--title", "Trust by {group}: {estimate} of {n}", "--subtitle", "Most trust others",
      "--source", "The Institute", "--note", "+Asked in 2023.", "--alt", "Bars of trust",
    ])
    #expect(found.status == 0 && found.remarks.isEmpty)
    #expect(found.output.contains("width=\"800\" height=\"500\""))
    let words = texts(found.output)
    #expect(
      words.starts(with: [
        "Trust by origin: 67 % of 5 768", "Most trust others",
        "Most people can be trusted: weighted %, 95 % interval",
      ]))
    #expect(words.suffix(2) == ["Asked in 2023.", "n 5 768 · Source: The Institute"])
    #expect(found.output.contains("<desc id=\"chart-1-desc\">Bars of trust</desc>"))
  }

  @Test func `title, source, note and order hold for tables too`() {
    let text = run([
      "tabulate", "DATA", "general_trust", "--by", "origin", "--language", "en", "--title", "Trust",
      "--sort", "answer", "--source", "Us", "--note", "",
    ]).output
    #expect(text.hasPrefix("Trust "))
    #expect(text.contains("Source: Us") && !text.contains("Question:"))
    let lines = text.split(separator: "\n").map(String.init)
    let first = lines.firstIndex { $0.contains("country group 1") } ?? 99
    let last = lines.firstIndex { $0.contains("country group 2") } ?? 0
    let all = lines.firstIndex { $0.hasPrefix("All") } ?? 0
    #expect(first < last && last < all)
    let upwards = run("tabulate DATA general_trust --by origin --language en --sort -answer").output
    #expect(upwards.contains("country group 2"))
  }

  @Test func `records for machines refuse titles and order`() {
    for format in ["csv", "json"] {
      let found = run("tabulate DATA general_trust --sort answer --format \(format)")
      #expect(found.status == 64)
      #expect(found.remarks.contains("--sort is of printed tables and charts"))
    }
  }

  @Test(arguments: [
    ("--size 7x7", "--size"), ("--size big", "--size"), ("--scale 5", "--scale"),
    ("--sort up", "--sort"),
    ("--scale 100..0", "--scale"), ("--hide bars", "--hide"), ("--notes long", "--notes"),
  ])
  func `a value that makes no sense is refused`(option: String, name: String) {
    let found = run("tabulate DATA general_trust --format svg \(option)")
    #expect(found.status == 64 && found.remarks.contains(name), "\(found.remarks)")
  }

  @Test func `a scale is of the axis, also where another option is called so`() {
    let bars = run("chart tabulate DATA trust_police --by origin --answer 5 --scale 0..100").output
    #expect(texts(bars).contains("100 %"))
    let dots = run("chart summarize DATA life_satisfaction --by origin --scale 0..10").output
    #expect(texts(dots).contains("10"))
    let scale = run("summarize DATA --scale trust_police,trust_courts --format csv")
    #expect(scale.status == 0 && scale.output.contains("alpha"))
    let refused = run("chart tabulate DATA general_trust --by origin --scale 0..50")
    #expect(refused.status == 64 && refused.remarks.contains("the scale 0..50 leaves out"))
  }

  @Test func `facets are panels of the group, which goes first`() {
    let svg = run("chart tabulate DATA general_trust --by origin --facet sex --language en").output
    let words = texts(svg)
    #expect(words.contains("Male") && words.contains("Female"))
    #expect(words.count { $0.hasPrefix("Immigrants, country group 1") } == 2)
    #expect(
      svg
        == run("chart tabulate DATA general_trust --by sex,origin --facet sex --language en").output
    )
    #expect(
      svg
        == run("chart tabulate DATA general_trust --by origin,sex --facet=sex --language en").output
    )
    let alone = run("chart tabulate DATA general_trust --facet sex")
    #expect(alone.status == 64 && alone.remarks.contains("--facet GROUP --by ANOTHER"))
  }

  @Test func `what a chart leaves out is left out`() {
    let svg = run(
      "chart tabulate DATA general_trust --by origin --language en --hide n,values,intervals"
    ).output
    let words = texts(svg)
    #expect(!words.contains("n") && !words.contains("69 %"))
    #expect(words.count { $0 == "Intervals not shown." } == 1)
    let shown = texts(
      run("chart tabulate DATA general_trust --by origin --show values --language en").output)
    #expect(shown.contains("69 %") && !shown.contains("878"))
  }

  @Test func `an option of charts asks for one`() throws {
    let html = run("tabulate DATA general_trust --by origin --format html --size half").output
    #expect(html.contains("width=\"350\""))
    #expect(
      run("tabulate DATA general_trust --size half").remarks.contains(
        "a chart cannot be shown as text"))
    let program = run("tabulate DATA general_trust --size half --emit r")
    #expect(program.status == 64)
  }

  @Test func `a chart that needs more height than is asked for says so`() {
    let found = run("chart tabulate DATA trust_police --by region,origin --size 400x300")
    #expect(found.status == 0 && found.remarks.contains("more than the 300 of --size"))
  }

  @Test func `colours are checked before they are used`() throws {
    let folder = try Places.temporaryFolder()
    let file = folder.appending(path: "ours.txt")
    try "#7a0019\n#ffee00\n".write(to: file, atomically: true, encoding: .utf8)
    let refused = run("chart tabulate DATA general_trust --by origin --colors \(file.path)")
    #expect(refused.status == 65)
    #expect(
      refused.remarks.contains(
        "ours.txt:2: #ffee00 stands out from white paper (#ffffff) by 1.2 to 1 only"))
    try "#7a0019\n".write(to: file, atomically: true, encoding: .utf8)
    let drawn = run("chart tabulate DATA general_trust --by origin --colors \(file.path)")
    #expect(drawn.output.contains("#7a0019"))
    #expect(run("chart tabulate DATA general_trust --by origin --colors mauve").status == 66)
  }

  @Test func `one title for several tables is that of the first`() {
    let found = run([
      "tabulate", "DATA", "trust_police", "trust_nav", "--language", "en", "--title", "Police",
    ])
    #expect(found.output.contains("Police ") && found.output.contains("Trust in NAV"))
    #expect(found.remarks.contains("--title names the first of 2 tables"))
    let each = run([
      "tabulate", "DATA", "trust_police", "trust_nav", "--by", "sex", "--language", "en",
      "--title", "{question}, by {group}",
    ])
    #expect(each.output.contains("Trust in the police, by sex") && each.remarks.isEmpty)
  }

  @Test func `a comparison draws differences with their intervals`() {
    let svg = run("chart compare DATA accepted --by generation --language en").output
    #expect(
      svg.contains("Dots with intervals") && svg.contains("percentage points, 95\u{A0}% interval"))
    #expect(texts(svg).contains("Compared with Immigrant."))
  }

  @Test func `margins are drawn without the coefficients behind them`() {
    let command = "chart model DATA discriminated~education+age --language en"
    #expect(run(command).output.contains("logistic regression</title>"))
    let margins = run(command + " --margins education").output
    #expect(margins.contains("marginal effect") && !margins.contains("logistic regression</title>"))
    #expect(
      run("model DATA discriminated~education+age --language en --margins education").output
        .contains("logistic regression"))
  }

  @Test func `years are written without a space`() {
    let file = Self.samples.appending(path: "attitudes-2004-2024.csv").path
    let words = texts(
      run(["chart", "model", file, "contact ~ number(year)", "--predict", "year=2000,2010,2020"])
        .output)
    #expect(words.contains("2000") && words.contains("2020") && !words.contains("2 000"))
  }

  @Test func `shares that add up say nothing of intervals`() {
    let svg = run("chart tabulate DATA trust_police --by origin --language en").output
    #expect(texts(svg).contains("weighted %") && svg.contains("Stacked bars"))
    #expect(!texts(svg).contains { $0.contains("95 % interval") })
  }

  @Test func `printed figures are drawn by themselves`() throws {
    let file = Self.samples.appending(path: "youth-2021-2023.published.csv").path
    let found = run(["chart", "tabulate", "--published", file])
    #expect(found.status == 0)
    let words = texts(found.output)
    #expect(words.contains("63 %") && words.contains("took part in sport during the teens"))
    #expect(words.last == "Source: youth-2021-2023.published.csv")
    let json = run(["tabulate", "--published", file, "--format", "json"]).output
    #expect(json.contains("\"published\": 0.63"))
    #expect(run("tabulate").status == 64)
    #expect(run("tabulate").remarks.contains("no data file"))
    let data = Self.samples.appending(path: "youth-2021-2023.csv").path
    let beside = texts(
      run(["chart", "tabulate", data, "--published", file, "--language", "en"]).output)
    #expect(beside.contains("published") && beside.contains("here"))
  }
}
