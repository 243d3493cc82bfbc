import Foundation
import SurveyCommands
import Testing

@Suite("Names that survey tools give their columns")
struct OddNameCommandTests {
  private func survey() throws -> SmallSurvey {
    try SmallSurvey(
      """
      record_id,race___1,race___oth,Q1[SQ001],Q1[SQ002],"Read news, often? [Paper]","Read news, often? [Web]",s_2_1,s_2_2,"Age, years"
      1,1,0,Y,N,Yes,No,1,0,30
      2,0,0,N,N,No,No,0,1,41
      3,1,1,Y,Y,Yes,Yes,1,1,52
      4,0,1,N,Y,No,Yes,1,0,63
      5,0,0,Y,N,Yes,Yes,0,0,35
      6,1,0,N,Y,No,No,0,1,44

      """, codebook: nil)
  }

  static let commands: [[String]] = [
    ["tabulate", "DATA", "race___1", "--by", "Q1[SQ001]"],
    ["tabulate", "DATA", "Q1[SQ001]", "--by", "`Read news, often? [Paper]`"],
    ["tabulate", "DATA", "Read news, often? [Paper]", "--by", "s_2_1,`Q1[SQ002]`"],
    ["summarize", "DATA", "Age, years", "--by", "`Read news, often? [Web]`,race___oth"],
    ["compare", "DATA", "Age, years", "--by", "`Read news, often? [Web]`"],
    ["model", "DATA", "`Age, years` ~ `Q1[SQ001]` + race___1 + `Read news, often? [Web]`"],
    ["tabulate", "DATA", "s_2_1", "--where", "`Q1[SQ001]` == 'Y' and `Age, years` > 30"],
    ["tabulate", "DATA", "paper", "--derive", "paper = `Read news, often? [Paper]` == 'Yes'"],
    ["tabulate", "DATA", "s_2_1", "--by", "Q1[SQ001]", "--format", "svg"],
    ["model", "DATA", "race___1 ~ s_2_1", "--margins", "s_2_1", "--over", "Q1[SQ001]"],
    ["convert", "DATA", "OUT.sav"], ["convert", "DATA", "OUT.dta"], ["codebook", "check", "DATA"],
  ]

  @Test(arguments: commands)
  func `work in every verb, between backticks in lists and formulas`(words: [String]) throws {
    let survey = try survey()
    let result = survey.result(
      words.map { $0.replacing("OUT", with: survey.folder.path + "/out") })
    #expect(result.status == 0, "\(result.remarks)")
  }

  @Test func `are proposed as the check boxes of one question, and read back`() throws {
    let survey = try survey()
    let draft = survey.result(["codebook", "new", "DATA"]).output
    for line in [
      "race: {kind: multiple, of: [race___1, race___oth], counted: 1}",
      "Q1: {kind: multiple, of: [\"Q1[SQ001]\", \"Q1[SQ002]\"], counted: \"Y\"}",
      "s_2: {kind: multiple, of: [s_2_1, s_2_2], counted: 1}",
    ] {
      #expect(draft.contains(line), "\(draft)")
    }
    #expect(draft.contains("Read news, often?\":"))
    try draft.write(
      to: survey.folder.appending(path: "small.codebook.yaml"), atomically: true, encoding: .utf8)
    #expect(survey.result(["codebook", "check", "DATA"]).status == 0)
  }

  @Test func `are no check boxes where more than two answers stand`() throws {
    let survey = try SmallSurvey(
      """
      Q1[SQ001],Q1[SQ002],s_2_1,s_2_2,a___1,b___1,b___2
      1,0,3,1,1,0,0
      0,1,0,1,0,0,0
      2,1,1,0,1,0,0

      """, codebook: nil)
    #expect(!survey.result(["codebook", "new", "DATA"]).output.contains("groups:"))
  }
}
