import SurveyData
import Testing

@testable import SurveyReaders

@Suite("Whole numbers from 2^53 on keep their digits")
struct LongCodeTests {
  private static let ids = ["9007199254740992", "9007199254740993", "9007199254740994"]

  private func dataset(_ type: ValueType?, role: VariableRole? = nil) throws -> Dataset {
    var id = variable("id", type: type)
    id.role = role
    let codebook = Codebook(variables: [id, variable("x", type: .integer)])
    let text = "id,x\n" + zip(Self.ids, 1...3).map { "\($0),\($1)\n" }.joined()
    return try Dataset(csv(text, codebook), codebook: codebook)
  }

  @Test(arguments: [ValueType?.none, .integer, .text])
  func `in comparisons, lists and codes`(type: ValueType?) throws {
    let data = try dataset(type)
    for condition in [
      "id == 9007199254740993", "id in (9007199254740993)", "9007199254740993 == id",
      "id == '9007199254740993'", "not (id != 9007199254740993)",
    ] {
      #expect(
        try Expression(condition).condition(on: data).bytes == [0, 1, 0], "\(condition)")
    }
    #expect(try data.categorical("id").categories.map(\.code) == Self.ids)
    #expect(throws: SurveyError.self) {
      try Expression("id > 9007199254740993").condition(on: data)
    }
  }

  @Test func `numbers with decimals are not compared with them`() throws {
    let data = try dataset(.decimal)
    #expect(throws: SurveyError.self) {
      try Expression("id == 9007199254740993").condition(on: data)
    }
  }

  @Test func `as identifiers, code lists and missing codes`() throws {
    let data = try dataset(.integer, role: .id)
    #expect(try data.codebook.findings(in: data).allSatisfy { $0.id != "duplicate-id" })
    let codebook = try Codebook(
      parsing: "vekt: 1\nvariables: {id: {type: integer, codes: {9007199254740992: a, "
        + "9007199254740993: b}, missing: {9007199254740994: refused}}}", name: "book")
    let text = "id\n" + Self.ids.joined(separator: "\n") + "\n"
    let listed = try Dataset(csv(text, codebook), codebook: codebook)
    #expect(try listed.categorical("id").counts() == [1, 1, 0, 1])
    let ruled = try dataset(nil).treatingAsMissing([
      MissingRule(parsing: "id: 9007199254740993")
    ])
    #expect(try ruled.numeric("id").values.map(\.isNaN) == [false, true, false])
  }

  @Test func `and as numbers the loss is named`() throws {
    let data = try dataset(nil)
    _ = try data.numeric("id")
    let note = try #require(data.notes.first { $0.id == "csv.inexact-integer" })
    #expect(
      note.text.hasPrefix("'id' has 1 value of more digits than a number keeps; the first is '9007")
    )
    let draft = try CodebookDraft(Dataset(data.source))
    #expect(draft.codebook.variable(named: "id")?.type == .text)
  }
}
