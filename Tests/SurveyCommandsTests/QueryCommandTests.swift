import Foundation
import SurveyCommands
import SurveyData
import SurveyReports
import Testing
import VektTestSupport

/// `--emit sql`: what an engine would be asked.
@Suite("Queries on the command line") struct QueryCommandTests: CellsTrial {
  private static let root = Places.root.path
  private static let everyday = "\(root)/SampleData/everyday-integration-2023.csv"
  private static let book = "\(root)/SampleData/everyday-integration-2023.codebook.yaml"
  private static let nowhere = "postgresql://nobody@nowhere.invalid/db#survey.answers"

  private func queries(_ words: [String]) throws -> String {
    let found = run(words + ["--codebook", Self.book, "--emit", "sql"])
    try #require(found.status == 0, "\(words): \(found.remarks)")
    return found.output
  }

  /// The columns that the cells are by.
  private func keys(_ queries: String) -> [String] {
    queries.split(separator: "GROUP BY ").last?.split(separator: "\n")[0]
      .split(separator: ", ").map { $0.dropFirst(3).dropLast().description } ?? []
  }

  @Test func `the queries stand below the command, and nobody is asked`() throws {
    let text = try queries([
      "tabulate", Self.nowhere, "general_trust", "--by", "origin", "--where", "age >= 30",
    ])
    #expect(
      text.hasPrefix(
        "-- vekt tabulate 'postgresql://nobody@nowhere.invalid/db#survey.answers' general_trust --by origin --where "
          + "'age >= 30' --codebook \(Self.book)\n-- Nobody has been asked.\n\n-- One state"))
    #expect(keys(text) == ["stratum", "age", "general_trust", "origin"])
    #expect(text.contains("(SELECT COUNT(*) FROM \"survey\".\"answers\") AS \"vekt_rows\""))
    #expect(!text.contains("WHERE age"))
  }

  static let lines = [
    "tabulate DATA institutional_trust --by generation --answer 4,5",
    "tabulate DATA trust_* --except trust_nav --by sex",
    "tabulate DATA general_trust discriminated --banner sex,sex*generation --letters",
    "tabulate DATA general_trust --by generation --base all,asked,answered",
    "tabulate DATA discrimination_arenas --by generation --count",
    "summarize DATA age institutional_trust_index --by generation --statistic mean,median",
    "summarize DATA age sex education --table1 --by generation",
    "compare DATA general_trust --by generation --against all-pairs",
    "compare DATA institutional_trust --answer 4,5",
    "model DATA discriminated~education*generation+age --margins education --over generation",
    "paradox gap DATA integrated accepted --by generation --controls sex,age",
    "paradox discordance DATA integrated accepted --by generation --controls sex",
    "paradox decompose DATA discriminated --by sex --covariates education,age",
    "paradox gradient DATA discriminated --over education --controls sex",
    "paradox models DATA discriminated --key education --block m=contact_majority --controls sex",
    "paradox models DATA discriminated --key factor(education) --block m=contact_majority",
    "paradox tipping DATA discriminated --over education",
    "paradox all DATA --tables T1,T3",
    "cells DATA general_trust origin",
  ]

  @Test(arguments: lines)
  func `the cells are by everything that the line reads`(line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    func of(_ data: String) -> [String] { words.map { $0 == "DATA" ? data : $0 } }
    let keys = keys(try queries(of(Self.nowhere)))
    #expect(keys.contains("stratum"))
    guard words[0] != "cells" else {
      #expect(Set(keys) == ["stratum", "general_trust", "origin"])
      return
    }
    let cells = try cells(of: Self.everyday, keys)
    let codebook = ["--codebook", Self.book]
    let found = difference(try json(of(Self.everyday) + codebook), try json(of(cells) + codebook))
    #expect(found == nil, "\(found ?? "")")
  }

  @Test func `printed figures with conditions of their own are asked for too`() throws {
    let folder = try Places.temporaryFolder()
    let figures = folder.appending(path: "printed.csv")
    try Data(
      "variable,codes,origin,where,percent\ngeneral_trust,most,country-group-1,sex == 'female',80\n"
        .utf8
    ).write(to: figures)
    #expect(
      keys(
        try queries([
          "tabulate", Self.nowhere, "general_trust", "--published", figures.path,
        ])) == ["stratum", "general_trust", "origin", "sex"])
    #expect(
      keys(try queries(["tabulate", Self.nowhere, "--published", figures.path]))
        == ["stratum", "general_trust", "origin", "sex"])
  }

  @Test func `what has no queries says so`() throws {
    func refusal(_ words: String...) -> String {
      let found = run(words + ["--emit", "sql"])
      #expect(found.status == 64 && found.output.isEmpty, "\(found.output)")
      return found.remarks
    }
    #expect(
      refusal("tabulate", Self.everyday, "general_trust").hasPrefix(
        "vekt: \(Self.everyday): --emit sql writes the queries for an engine, and this is a file\n"
          + "      Name the table where it lies. Addresses are sqlite:FILE#TABLE, "))
    #expect(
      refusal("tabulate", Self.nowhere, "general_trust").hasPrefix(
        "vekt: \(Self.nowhere): --emit sql connects to nothing, so that only a codebook tells what its columns are\n"
      ))
    #expect(
      refusal(
        "tabulate", Self.nowhere, "general_trust", "--codebook", Self.book, "--format", "json")
        == "vekt: --format is of tables and charts, and --emit writes queries\n      Leave out --format, or --emit."
    )
    #expect(
      refusal("tabulate", Self.nowhere, "generel_trust", "--codebook", Self.book).contains(
        "no variable 'generel_trust'\n      Did you mean 'general_trust'?"))
    #expect(refusal("weight", Self.everyday, "--rake", "sex").contains("weight has no queries"))
    #expect(
      refusal("paradox", "pool", Self.everyday).contains("paradox pool has no queries"))
    let cells = run(["cells", Self.everyday, "sex", "--emit", "r"])
    #expect(cells.remarks.contains("cells estimates nothing that another program could"))
  }

  @Test func `JSON says of an engine who answered, and nothing of a file`() {
    var facts = FileFacts(path: "a", format: "duckdb", encoding: "utf-8", byteCount: 0)
    #expect(facts.engineMembers.isEmpty)
    facts.engine = EngineFacts(
      engine: "DuckDB", version: "2.0.1", driver: "ADBC DuckDB Driver", driverVersion: "",
      table: "s.t")
    #expect(
      facts.engineMembers.map(\.key)
        == ["engine", "version", "driver", "driver_version", "table"])
  }
}
