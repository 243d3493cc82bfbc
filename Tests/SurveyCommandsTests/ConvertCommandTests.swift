import Foundation
import Testing

struct ConvertCommandTests {
  private func run(_ survey: SmallSurvey, _ words: String...) -> SmallSurvey.Result {
    survey.result(["convert"] + words.map { $0.replacing("IN/", with: survey.folder.path + "/") })
  }

  private func text(_ survey: SmallSurvey, _ name: String) throws -> String {
    try String(contentsOf: survey.folder.appending(path: name), encoding: .utf8)
  }

  @Test func `labels of other data are never put beside new ones`() throws {
    let survey = try SmallSurvey()
    #expect(run(survey, "DATA", "IN/a.sav").status == 0)
    #expect(run(survey, "IN/a.sav", "IN/out.csv").status == 0)
    let (data, labels) = (try text(survey, "out.csv"), try text(survey, "out.codebook.yaml"))
    #expect(run(survey, "IN/a.sav", "IN/out.csv").status == 0, "the same once more")

    let other = labels.replacing("'Yes'", with: "'Never'").replacing("Yes", with: "Never")
    try other.write(
      to: survey.folder.appending(path: "out.codebook.yaml"), atomically: true, encoding: .utf8)
    let refused = run(survey, "IN/a.sav", "IN/out.csv")
    #expect(refused.status == 73)
    #expect(refused.remarks.contains("out.codebook.yaml: is there already and says something else"))
    #expect(try text(survey, "out.csv") == data)
    #expect(try text(survey, "out.codebook.yaml") == other)
  }

  @Test func `data are not written over themselves`() throws {
    let survey = try SmallSurvey()
    let before = try text(survey, "small.csv")
    let result = run(survey, "DATA", "DATA")
    #expect(result.status == 73)
    #expect(result.remarks.contains("small.csv: is being read, and would be overwritten"))
    #expect(try text(survey, "small.csv") == before)
    let table = survey.run("tabulate", "DATA", "trust", "--output", survey.data)
    #expect(table.status == 73)
    #expect(try text(survey, "small.csv") == before)
  }

  @Test func `what a partial file lacks is neither inspected nor converted`() throws {
    let survey = try SmallSurvey()
    let path = survey.folder.appending(path: "small.codebook.yaml")
    let more = """
      variables:
        absent: {type: integer}
      """
    try
      (try text(survey, "small.codebook.yaml").replacing("variables:", with: more)
      + "file: {partial: true}\n").write(to: path, atomically: true, encoding: .utf8)
    let inspected = survey.run("inspect", "DATA")
    #expect(inspected.status == 0 && inspected.output.contains("described: absent"))
    #expect(run(survey, "DATA", "IN/part.sav").status == 0)
    #expect(run(survey, "DATA", "IN/part.csv").status == 0)
    #expect(run(survey, "IN/part.csv", "IN/again.dta").status == 0)
    #expect(survey.run("tabulate", "DATA", "absent").status != 0)
  }

  @Test(arguments: ["sha256: \(String(repeating: "0", count: 64))", "rows: 7"])
  func `a codebook that describes another file is an error`(statement: String) throws {
    let survey = try SmallSurvey()
    let path = survey.folder.appending(path: "small.codebook.yaml")
    try (try text(survey, "small.codebook.yaml") + "file: {\(statement)}\n")
      .write(to: path, atomically: true, encoding: .utf8)
    let result = survey.run("tabulate", "DATA", "trust")
    #expect(result.status == 65)
    #expect(result.remarks.contains("but the codebook states"))
  }

  @Test func `a derived text keeps the missing codes of what it is made of`() throws {
    let survey = try SmallSurvey()
    let path = survey.folder.appending(path: "small.codebook.yaml")
    let more = """
      derived:
        trusting: {recode: trust, map: {1: {to: "yes"}, 2: {to: "no"}}}
      weights:
      """
    try (try text(survey, "small.codebook.yaml").replacing("weights:", with: more))
      .write(to: path, atomically: true, encoding: .utf8)
    #expect(run(survey, "DATA", "IN/out.csv").status == 0)
    #expect(try text(survey, "out.csv").contains("4,s,8,64,8,1"))
    let check = survey.run("codebook", "check", survey.folder.path + "/out.csv")
    #expect(check.status == 0, "\(check.output)")
  }
}
