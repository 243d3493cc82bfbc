import Foundation
import SurveyCommands
import Testing

@Suite("A group in which nobody is has a row with n 0 in every result")
struct EmptyGroupCommandTests {
  private let survey: SmallSurvey

  init() throws {
    let rows = (0..<60).map { "\($0 % 2 + 1),\($0 * $0 % 7 % 2),\($0 % 3 % 2),\($0 / 2 % 3)\n" }
    survey = try SmallSurvey(
      "g,a,b,h\n" + rows.joined(),
      codebook: """
        vekt: 1
        variables:
          g: {type: integer, label: Group, codes: {1: One, 2: Two, 3: Empty}}
          a: {type: integer, label: Asked, codes: {0: No, 1: Yes}}
          b: {type: integer, label: Better, codes: {0: No, 1: Yes}}
          h: {type: integer, label: Level, codes: {0: Low, 1: Mid, 2: High}}
        design: none

        """)
  }

  static let commands: [(words: [String], table: String, counts: [Int])] = [
    (["paradox", "gap", "DATA", "a", "b", "--by", "g"], "rows", [30, 30, 0, 60]),
    (["paradox", "gap", "DATA", "a", "b", "--by", "g"], "differences", [60, 0]),
    (["paradox", "gap", "DATA", "a", "b", "--by", "g", "--controls", "h"], "adjusted", [60, 0]),
    (["paradox", "discordance", "DATA", "a", "b", "--by", "g"], "rows", [30, 30, 0, 60]),
    (["paradox", "discordance", "DATA", "a", "b", "--by", "g"], "differences", [60, 0]),
    (
      ["model", "DATA", "a ~ h", "--margins", "h", "--over", "g"], "margins",
      [30, 30, 0, 30, 30, 0]
    ),
    (["model", "DATA", "a ~ h", "--predict", "h=0", "--over", "g"], "predictions", [30, 30, 0]),
  ]

  @Test(arguments: commands.indices)
  func `in the numbers and in every printed form`(place: Int) throws {
    let (words, table, counts) = Self.commands[place]
    let json = survey.result(words + ["--format", "json"])
    #expect(json.status == 0, "\(json.remarks)")
    let object =
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any] ?? [:]
    let rows = object[table] as? [[String: Any]] ?? []
    #expect(rows.map { $0["n"] as? Int } == counts)
    for row in rows where row["n"] as? Int == 0 {
      #expect((row["std_error"] ?? NSNull()) is NSNull)
      #expect((row["estimate"] ?? NSNull()) is NSNull)
    }
    for format in ["text", "markdown", "html", "latex"] {
      #expect(survey.result(words + ["--format", format]).output.contains("Empty"), "\(format)")
    }
  }

  @Test func `a gradient has the levels of such a group`() throws {
    let json = survey.result(
      ["paradox", "gradient", "DATA", "a", "--over", "h", "--by", "g", "--format", "json"])
    let object =
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any] ?? [:]
    let levels = (object["rows"] as? [[String: Any]] ?? []).filter {
      $0["quantity"] as? String == "level"
    }
    #expect(levels.map { $0["g"] as? String } == ["1", "2", "3", "all"].flatMap { [$0, $0, $0] })
    #expect(levels.map { $0["n"] as? Int } == [10, 10, 10, 10, 10, 10, 0, 0, 0, 20, 20, 20])
  }

  @Test(arguments: [
    ["tabulate", "DATA", "a", "--by", "g"], ["tabulate", "DATA", "h", "--by", "g"],
    ["tabulate", "DATA", "h", "--by", "g", "--chart-kind", "diverging"],
    ["summarize", "DATA", "h", "--by", "g"],
    ["compare", "DATA", "h", "--by", "g"], ["paradox", "gap", "DATA", "a", "b", "--by", "g"],
    ["model", "DATA", "a ~ h", "--margins", "h", "--over", "g"],
  ])
  func `in charts with its name and without a mark`(words: [String]) {
    let chart = survey.result(words + ["--format", "svg"])
    #expect(chart.status == 0, "\(chart.remarks)")
    #expect(chart.output.contains(">Empty</text>"))
    #expect(chart.output.contains(">n = 0</text>"))
    #expect(chart.output.contains("Empty: n = 0."))
    #expect(!chart.output.contains("nan"))
  }
}
