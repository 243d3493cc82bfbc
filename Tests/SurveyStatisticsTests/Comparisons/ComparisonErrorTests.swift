import SurveyData
import SurveyStatistics
import Testing

@Suite("Comparisons that cannot be made say why")
struct ComparisonErrorTests {
  let survey: Survey

  init() throws { survey = try MadeUpSurvey(rows: 300).survey() }

  func message(_ body: () throws -> Any) -> String? {
    #expect(throws: SurveyError.self) { _ = try body() }?.description
  }

  @Test func `an unknown reference`() {
    #expect(
      message { try survey.compare("number", across: "group", to: "5") }
        == "group: has no group '5' among those with answers: '0', '1', '2'\n      "
        + "Did you mean '0'?")
  }

  @Test func `an unknown answer`() {
    #expect(
      message { try survey.compare(.share(of: "answer", is: "33"), across: "group") }
        == "answer: has no answer '33' among '0', '1', '2', '3'\n      Did you mean '3'?")
  }

  @Test func `a mean has no odds`() {
    #expect(
      message {
        try survey.compare(.mean(of: "number"), across: ["group"], measure: .oddsRatio)
      } == "number: a mean has no odds\n      Compare shares, or ask for a difference or a ratio.")
  }

  @Test(arguments: [
    (["0": 0.5, "1": 0.2, "2": 0.2], "the answer '3' has no stated share"),
    (["0": 0.5, "1": 0.2, "2": 0.2, "3": 0.2], "the stated shares add up to 1.1, not to 1"),
    (["0": 0.5, "1": 0.5, "2": 0, "3": 0.2], "the share of '2' is 0; it lies between 0 and 1"),
    (["0": 0.5, "1": 0.5, "2": 0.1, "7": 0.2], "has no answer '7' among '0', '1', '2', '3'"),
  ])
  func `stated shares that are none`(_ shares: [String: Double], _ problem: String) {
    let error = #expect(throws: SurveyError.self) {
      try survey.compare("answer", toShares: shares)
    }
    #expect(error?.problem == problem)
    #expect(error?.kind == .usage)
  }

  @Test func `a share is not compared with 30`() {
    #expect(
      message { try survey.compare(.share(of: "answer", is: "1"), to: 30) }
        == "answer: a share lies between 0 and 1, and it is compared with 30\n      "
        + "Write 0.3 for 30 %.")
  }

  @Test func `a group of one respondent is named`() throws {
    var sample = MadeUpSurvey(rows: 300)
    for row in sample.group.indices where sample.group[row] == 2 { sample.group[row] = 1 }
    sample.group[17] = 2
    let comparison = try sample.survey().compare("number", across: "group")
    #expect(comparison.notes.map(\.id) == ["compare.one-respondent"])
    #expect(comparison.rows.last?.group.code == "2")
  }

  @Test func `a group that is empty has a row, but nothing is compared with it`() throws {
    let survey = try survey.restricted(to: Expression("group != 1"))
    #expect(
      message { try survey.compare("number", across: "group", to: "1") }
        == "group: has no group '1' among those with answers: '0', '2'\n      "
        + "Did you mean '0'?")
    let rows = try survey.compare("number", across: "group").rows
    #expect(rows.map(\.group.code) == ["2", "1"])
    #expect(rows[1].count == 0 && rows[1].difference.estimate.isNaN)
  }

  @Test func `a stratum without the reference is left out and named`() throws {
    let survey = try survey.restricted(to: Expression("not (answer == 3 and group == 0)"))
    let comparison = try survey.compare(
      .mean(of: "number"), across: ["group"], within: "answer")
    #expect(Set(comparison.rows.compactMap(\.stratum?.code)) == ["0", "1", "2"])
    #expect(
      comparison.notes.map(\.description) == [
        "answer: '3' is left out: it has nobody in the reference group"
      ])
  }

  @Test func `a share of nobody has no ratio`() throws {
    var sample = MadeUpSurvey(rows: 300)
    for row in sample.answer.indices where sample.group[row] == 2 && sample.answer[row] == 1 {
      sample.answer[row] = 0
    }
    let row = try #require(
      try sample.survey().compare(.share(of: "answer", is: "1"), across: ["group"], measure: .ratio)
        .rows.last)
    #expect(row.groupEstimate == 0)
    #expect(row.difference.pValue.isNaN)
    #expect(row.difference.interval.low.isNaN)
  }

  @Test func `letters need groups`() throws {
    #expect(
      message { try survey.tabulate("answer").significanceLetters() }
        == "answer: letters compare groups, and there are none to compare\n      "
        + "Add --by GROUP, with row percentages.")
  }
}
