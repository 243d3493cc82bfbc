import Foundation
import SurveyCommands
import SurveyTables
import Testing

@Suite("No column stands twice, whatever a group is called")
struct GroupNameTests {
  private let survey: SmallSurvey

  init() throws {
    survey = try SmallSurvey(
      """
      q,n,estimate,group,item,variable,n_group,x,quantity
      1,1,1,1,1,1,1,10,1
      2,2,2,2,2,2,2,12,2
      1,1,2,1,2,1,1,15,2
      2,2,1,2,1,2,2,11,1
      1,2,1,2,1,2,1,13,1
      2,1,2,1,2,1,2,14,2
      1,2,2,1,1,1,2,12,1
      2,1,1,2,2,2,1,10,2

      """,
      codebook: """
        vekt: 1
        variables:
          q: {type: integer, codes: {1: No, 2: Yes}, answer: 2}
          n: {type: integer, codes: {1: First, 2: Second}}
        design: none

        """)
  }

  private func header(_ words: String...) -> [String] {
    let result = survey.result(words + ["--format", "csv"])
    #expect(result.status == 0, "\(result.remarks)")
    let line = result.output.prefix { $0 != "\n" }
    return line.split(separator: ",").map(String.init)
  }

  @Test(arguments: [
    ["tabulate", "DATA", "q", "--by", "n"], ["tabulate", "DATA", "q", "--by", "estimate"],
    ["tabulate", "DATA", "q", "--by", "variable"], ["tabulate", "DATA", "q", "--by", "n,n_group"],
    ["summarize", "DATA", "x", "--by", "estimate"],
    ["summarize", "DATA", "x", "q", "--correlations", "--by", "n"],
    ["compare", "DATA", "x", "--by", "n"], ["compare", "DATA", "x", "--by", "group"],
    ["compare", "DATA", "x", "--by", "n", "--within", "estimate"],
    ["compare", "DATA", "x", "--to", "12", "--by", "group,variable"],
    ["model", "DATA", "q ~ x", "--margins", "x", "--over", "n"],
    ["model", "DATA", "q ~ x + n", "--predict", "n=1", "--over", "estimate"],
  ])
  func `every column of every table has a name of its own`(_ words: [String]) throws {
    let result = survey.result(words + ["--format", "json"])
    #expect(result.status == 0, "\(result.remarks)")
    for line in result.output.split(separator: "\n") where line.contains("{\"") {
      let keys = line.split(separator: "\"").enumerated().filter {
        $0.offset % 2 == 1 && line[$0.element.endIndex...].hasPrefix("\": ")
      }.map(\.element)
      let own = keys.prefix { $0 != "labels" }
      #expect(Set(own).count == own.count, "\(line)")
    }
  }

  @Test func `the group's column has a suffix, and its labels go with it`() {
    #expect(
      header("tabulate", "DATA", "q", "--by", "n").starts(with: [
        "variable", "category", "label", "n_group", "n_group_label", "n", "weighted_n", "estimate",
      ]))
    #expect(
      header("compare", "DATA", "x", "--by", "n").starts(with: [
        "variable", "category", "n_group", "n_group_label", "group", "reference",
      ]))
    #expect(
      header("tabulate", "DATA", "q", "--by", "n,n_group")[3...6].map { $0 } == [
        "n_group", "n_group_label", "n_group_group", "n",
      ])
  }

  @Test func `JSON-stat has a dimension of each`() {
    let result = survey.result([
      "tabulate", "DATA", "q", "--by", "estimate", "--format", "json-stat",
    ])
    #expect(result.output.contains("\"estimate_group\""))
  }

  @Test func `a group stands once`() {
    let result = survey.result(["tabulate", "DATA", "q", "--by", "n,n"])
    #expect(result.status == 64)
    #expect(result.remarks.contains("'n' stands twice under --by"))
  }
}
