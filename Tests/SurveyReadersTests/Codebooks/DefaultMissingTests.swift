import Foundation
import SurveyData
import Testing
import VektTestSupport

@testable import SurveyReaders

@Suite("Missing codes of a whole file")
struct DefaultMissingTests {
  private let columns = [
    ("id", ["-1", "2", "3"]), ("age", ["20", "-9", "-5"]), ("income", ["-8", "100", "-9"]),
    ("balance", ["-5", "-9", "7"]), ("w", ["1", "-1", "1"]), ("name", ["a", "-9", "b"]),
  ].map { (name: $0.0, fields: $0.1) }

  private func codebook(_ income: String) throws -> Codebook {
    try Codebook(
      parsing: """
        vekt: 1
        missing:
          default: {"<0": no_answer, -9: refused}
        variables:
          id: {type: integer, role: id}
          age: {type: integer}
          income: {type: integer, \(income)}
          balance: {type: decimal, missing: none}
          w: {type: decimal}
          name: {type: text}
        weights: {w: {var: w}}
        """, name: "book")
  }

  @Test func `the default is the missing of every number without its own`() throws {
    let codebook = try codebook("codes: {-8: Loss}, range: [0, 1000]")
    #expect(
      codebook.variables.map { $0.missing.map(\.text) }
        == [[], ["-9", "<0"], ["-9", "<0"], [], [], []])
    let dataset = Dataset(TextSource(columns), codebook: codebook)
    let age = try dataset.categorical("age")
    #expect(age.missing.map(\.reason) == [.system, .refused, .noAnswer])
    #expect(age.counts().suffix(3) == [0, 1, 1])
    // A code that is listed as an answer is one, and the check says so.
    #expect(try dataset.numeric("income").values.prefix(2) == [-8, 100])
    #expect(
      try codebook.findings(in: dataset).contains {
        $0.text.hasPrefix("-8 under `codes:` of 'income' counts as an answer")
      })
    #expect(try dataset.numeric("balance").values == [-5, -9, 7])
  }

  @Test func `the default holds in columns that are not listed, but not of weights and the design`()
    throws
  {
    let names = ["a", "b", "st", "w", "rw_1", "rw_2"]
    let codebook = try Codebook(
      parsing: """
        vekt: 1
        missing: {default: {"<0": no_answer}}
        variables: {b: {type: integer}, st: {type: integer}, w: {type: decimal}}
        weights: {w: {var: w}}
        design: {strata: st, replicates: {weights: "rw_*", method: bootstrap}}
        """, name: "book")
    let dataset = Dataset(TextSource(names.map { ($0, ["-9", "1", "2"]) }), codebook: codebook)
    let missing = try names.map { name in try dataset.numeric(name).values.count { $0.isNaN } }
    #expect(missing == [1, 1, 0, 0, 0, 0])
    #expect(try dataset.categorical("a").missing.map(\.reason) == [.system, .noAnswer])
    let again = try Codebook(parsing: codebook.yaml(), name: "again")
    #expect(again.defaultMissing.codes == codebook.defaultMissing.codes)
    #expect(again.variables == codebook.variables)
  }

  @Test func `the default joins what a file says itself, whose labels it keeps`() throws {
    var age = Variable("age")
    age.type = .integer
    age.categories = [Category("-9", label: LocalizedText("Refused", in: "und"))]
    age.missing = [MissingCode(.code("-5"), reason: .dontKnow)]
    age.unknown = .warn
    let path = try Places.temporaryFolder().appending(path: "a.dta").path
    _ = try Dataset(
      TextSource([columns[1]]), codebook: Codebook(language: "und", variables: [age])
    ).write(to: path)
    let codebook = try Codebook(
      parsing: "vekt: 1\nmissing: {default: {-9: refused}}\n", name: "book")
    let file = try Dataset(contentsOf: path, codebook: codebook)
    #expect(try file.numeric("age").values.filter { !$0.isNaN } == [20])
    let found = try file.variable("age")
    #expect(found.categories.isEmpty)
    let refused = try #require(found.missing.first { $0.text == "-9" })
    #expect(refused.label.texts.map(\.text) == ["Refused"])
  }

  @Test func `a variable's own missing codes stand alone, and the codebook reads back`() throws {
    let codebook = try codebook("missing: {-8: dont_know}")
    #expect(codebook.variable(named: "income")?.missing.map(\.text) == ["-8"])
    #expect(try Codebook(parsing: codebook.yaml(), name: "again").variables == codebook.variables)
  }

  @Test func `a rule says what it takes, and one that takes nothing is an error`() throws {
    let dataset = try Dataset(TextSource(columns), codebook: codebook("missing: none"))
      .treatingAsMissing([MissingRule(parsing: "income: -9=refused, 100")])
    #expect(
      dataset.notes.map(\.text)
        == ["the missing rule 'income: -9=refused, 100' took 2 values in 1 column"])
    #expect(
      try dataset.categorical("income").missing.map(\.reason) == [.system, .refused, .noAnswer])
    #expect(throws: SurveyError.self) {
      try dataset.treatingAsMissing([MissingRule(parsing: "<-50")])
    }
    // What is missing already is taken again without a fault.
    #expect(
      try dataset.treatingAsMissing([MissingRule(parsing: "age: -9")]).notes.map(\.text)
        == ["the missing rule 'age: -9' took 0 values in 0 columns"])
  }

  @Test func `a draft applies rules and labels, each once, and fits its file`() throws {
    var age = Variable("age")
    age.type = .integer
    age.categories = [
      Category("-9", label: LocalizedText("Refused", in: "und")),
      Category("-5", label: LocalizedText("Missing, other", in: "und")),
    ]
    age.unknown = .warn
    let path = try Places.temporaryFolder().appending(path: "a.dta").path
    _ = try Dataset(
      TextSource([columns[1]]), codebook: Codebook(language: "und", variables: [age])
    ).write(to: path)
    let file = try Dataset(contentsOf: path)
    let draft = try CodebookDraft(file, applying: .missing)
    #expect(draft.codebook.variables[0].missing.map(\.reason) == [.refused, .noAnswer])
    #expect(draft.yaml.contains("Applied: code -9 (Refused) is missing, refused."))
    #expect(draft.comments.variables["age"]?[1].hasSuffix("no_answer; please check.") == true)
    #expect(!draft.yaml.contains("move it"))
    let checked = Dataset(file.source, codebook: try Codebook(parsing: draft.yaml, name: "draft"))
    #expect(try checked.codebook.findings(in: checked).allSatisfy { $0.severity != .error })
    #expect(try checked.numeric("age").values.count { $0.isNaN } == 2)
  }
}
