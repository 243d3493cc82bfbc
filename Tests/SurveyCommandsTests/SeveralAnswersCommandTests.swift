import Foundation
import Testing

@Suite("Several answers in one cell, in tables")
struct SeveralAnswersCommandTests {
  private let survey: SmallSurvey

  init() throws {
    survey = try SmallSurvey(
      """
      id,sex,langs,w
      1,m,Norsk;Engelsk,1
      2,k,Norsk,2
      3,m,Engelsk; Norsk ;Engelsk,1
      4,k,,1
      5,m,Samisk,1
      6,k,Norsk;Samisk,1
      7,m,99,1

      """,
      codebook: """
        vekt: 1
        variables:
          sex: {codes: {m: Men, k: Women}}
          langs:
            label: Languages
            kind: multiple
            separator: ";"
            codes: {Norsk: Norwegian, Engelsk: English, Samisk: Sami}
            missing: {99: refused}
          w: {type: decimal}
        weights: {w: w}
        design: none

        """)
  }

  private func rows(_ words: String...) -> [[String]] {
    survey.result(["tabulate", "DATA", "langs", "--format", "csv"] + words).output
      .split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
  }

  /// Weights 1, 2, 1, 1 and 1 answered: Norwegian 5 of 6, English 2, Sami 2.
  @Test func `the share of each answer is of those who gave any`() throws {
    let rows = rows()
    #expect(rows.dropFirst().map { $0[1] } == ["Norsk", "Engelsk", "Samisk"])
    #expect(rows.dropFirst().map { $0[2] } == ["Norwegian", "English", "Sami"])
    #expect(rows.dropFirst().map { $0[3] } == ["4", "2", "2"])
    let place = try #require(rows[0].firstIndex(of: "estimate"))
    let shares = rows.dropFirst().compactMap { Double($0[place]) }
    for (share, wanted) in zip(shares, [5.0 / 6, 2.0 / 6, 2.0 / 6]) {
      #expect(abs(share - wanted) < 1e-15)
    }
  }

  @Test func `they are those of the answers' own variables, by groups too`() {
    for (answer, name) in [("Norsk", "langs_Norsk"), ("Samisk", "langs_Samisk")] {
      let own = survey.result([
        "tabulate", "DATA", name, "--by", "sex", "--answer", "1", "--format", "csv",
      ]).output.split(separator: "\n").dropFirst().map { $0.split(separator: ",").dropFirst(3) }
      let all = survey.result([
        "tabulate", "DATA", "langs", "--by", "sex", "--answer", answer, "--format", "csv",
      ]).output.split(separator: "\n").dropFirst().map { $0.split(separator: ",").dropFirst(3) }
      #expect(!own.isEmpty && own == all)
    }
  }

  @Test func `the table says that several answers were possible, and of how many`() {
    let result = survey.result(["tabulate", "DATA", "langs", "--by", "sex"])
    #expect(result.status == 0)
    #expect(result.output.contains("Several answers were possible"))
    #expect(result.output.contains("Rows read 7: 5 counted, 1 missing, 1 refused."))
    #expect(result.output.contains("Languages"))
  }

  @Test(
    arguments: [
      ["--by", "sex", "--test"], ["--by", "sex", "--letters"], ["--emit", "r"],
      ["--percentages", "column", "--by", "sex"], ["--bounds"], ["--shares", "Norsk=1"],
    ])
  func `what is of one answer a row is refused with the way out`(options: [String]) {
    let result = survey.result(["tabulate", "DATA", "langs"] + options)
    #expect(result.status == 64)
    #expect(result.remarks.contains("holds several answers in a cell"))
    #expect(result.remarks.contains("'langs_Norsk'"))
  }

  @Test(
    arguments: [
      ["compare", "DATA", "langs", "--by", "sex"], ["model", "DATA", "langs ~ sex"],
      ["tabulate", "DATA", "sex", "--by", "langs"],
      ["tabulate", "DATA", "sex", "--where", "langs == 'Norsk'", "--emit", "r"],
    ])
  func `groups and outcomes need one answer`(words: [String]) {
    let result = survey.result(words)
    #expect(result.status == 64)
    #expect(result.remarks.contains("'langs_Norsk'"), "\(result.remarks)")
  }

  @Test func `subpopulations, comparisons and the inventory know the answers`() {
    let base = survey.result(["tabulate", "DATA", "sex", "--where", "langs == 'Norsk'"])
    #expect(base.output.contains("Rows read 7: 4 counted, 3 outside the subpopulation."))
    #expect(survey.result(["compare", "DATA", "langs_Norsk", "--by", "sex"]).status == 0)
    let shown = survey.result(["inspect", "DATA", "langs"])
    #expect(shown.status == 0)
    #expect(shown.output.contains("Norwegian") && !shown.output.contains("Norsk;Engelsk"))
    let check = survey.result(["codebook", "check", "DATA"])
    #expect(check.status == 0, "\(check.output)")
  }
}
