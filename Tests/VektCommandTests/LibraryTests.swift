import Foundation
import Testing
import Vekt
import VektTestSupport

/// The library as a program uses it that knows nothing of the command.
@Suite("The library")
struct LibraryTests {
  private func survey() throws -> Survey {
    let codebook = try Codebook(
      contentsOf: Places.root.appending(path: "Codebooks/everyday-integration.codebook.yaml").path)
    let data = try Dataset(
      contentsOf: Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path,
      codebook: codebook)
    return try Survey(data)
  }

  private func written(_ table: Table, to name: String) throws -> String {
    let file = try Places.temporaryFolder().appending(path: name)
    try table.write(to: file.path)
    return try String(contentsOf: file, encoding: .utf8)
  }

  private func printed(_ command: String) throws -> String {
    let result = try BuiltCommand.run(
      "vekt \(command) --codebook Codebooks/everyday-integration.codebook.yaml --format csv")
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  private static let data = "SampleData/everyday-integration-2023.csv"

  @Test func `its tables are those of the command`() throws {
    let survey = try survey()
    let trust = try survey.tabulate("general_trust", by: "origin")
    #expect(
      try written(Table(trust, language: "nb"), to: "general-trust.csv")
        == printed("tabulate \(Self.data) general_trust --by origin"))
    let age = try survey.summarize("age", by: "origin")
    #expect(
      try written(Table(age, language: "nb"), to: "age.csv")
        == printed("summarize \(Self.data) age --by origin"))
    let gap = try survey.compare(
      .share(of: "feels_accepted", is: "4"), across: "origin", to: "country-group-1")
    #expect(
      try written(Table(gap, language: "nb"), to: "gap.csv")
        == printed(
          "compare \(Self.data) feels_accepted --answer 4 --by origin --reference country-group-1"))
    let formula = "discriminated ~ education * origin + contact_majority + age"
    let fit = try survey.logit(formula)
    #expect(
      try written(Table(fit), to: "fit.csv")
        == printed("model \(Self.data) '\(formula)'"))
    let effects = try fit.margins(of: "education", over: "origin")
    #expect(effects.rows.contains { $0.place.group?.code == "country-group-1" })
  }

  @Test func `a table is written as its ending says`() throws {
    let table = Table(try survey().tabulate("general_trust"))
    #expect(try written(table, to: "trust.html").contains("<table"))
    #expect(try written(table, to: "trust.json").contains("\"std_error\""))
    #expect(throws: SurveyError.self) { try table.write(to: "trust.doc") }
  }
}
