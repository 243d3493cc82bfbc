import Testing

@Suite("Exports of survey tools, in commands")
struct SurveyToolCommandTests {
  private let survey: SmallSurvey

  init() throws {
    survey = try SmallSurvey(
      """
      StartDate,Q1
      Start Date,"How satisfied
      are you?"
      "{""ImportId"":""startDate""}","{""ImportId"":""QID1""}"
      2024-03-01,1
      2024-03-02,2
      2024-03-03,1
      2024-03-04,1

      """, codebook: nil)
  }

  @Test(arguments: [
    ["inspect", "DATA"], ["tabulate", "DATA", "Q1"], ["codebook", "new", "DATA"],
  ])
  func `every verb says that lines are no respondents`(words: [String]) {
    let result = survey.result(words)
    #expect(result.status == 0)
    #expect((result.output + result.remarks).contains("question texts and"), "\(result)")
    #expect(result.output.contains("How satisfied are you?"))
  }

  @Test func `tables have the question as title and respondents only`() {
    let result = survey.result(["tabulate", "DATA", "Q1"])
    #expect(result.output.hasPrefix("How satisfied are you?"))
    #expect(result.output.contains("Rows read 4: 4 counted."))
    let rows = survey.result(["tabulate", "DATA", "Q1", "--header", "true"])
    #expect(rows.output.contains("Rows read 6: 6 counted."))
    let wrong = survey.result(["tabulate", "DATA", "Q1", "--header", "maybe"])
    #expect(wrong.status == 64)
  }

  @Test func `programs for R and Stata leave the lines out too`() {
    let r = survey.result(["tabulate", "DATA", "Q1", "--emit", "r"]).output
    #expect(r.contains("header = FALSE"))
    #expect(r.contains("[-(1:3), , drop = FALSE], c(\"StartDate\", \"Q1\"))"))
    let stata = survey.result(["tabulate", "DATA", "Q1", "--emit", "stata"]).output
    #expect(stata.contains("\ndrop in 1/2\n"))
  }
}
