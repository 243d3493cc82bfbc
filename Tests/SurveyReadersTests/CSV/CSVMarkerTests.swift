import SurveyData
import Testing

@testable import SurveyReaders

@Suite("Words for nothing among the numbers of a CSV")
struct CSVMarkerTests {
  private func dataset(_ words: [String]) throws -> Dataset {
    let rows = (1...30).map { "\($0),\($0 * 3),\($0 % 2 == 0 ? "yes" : "NA")\n" }
    let extra = words.map { "31,\($0),no\n" }
    return try Dataset(csv("id,age,heard\n" + (rows + extra).joined()))
  }

  @Test(arguments: ["NA", "NaN", ".", "-", "n/a", "N/A", "<NA>"])
  func `are missing, said and counted`(word: String) throws {
    let data = try dataset([word, word])
    #expect(try data.numeric("age").values.count { $0.isNaN } == 2)
    #expect(try data.categorical("age").categories.map(\.code).first == "3")
    #expect(try data.categorical("age").categories.count == 30)
    let notes = data.notes.filter { $0.id == "csv.missing-words" }
    #expect(notes.map(\.text) == ["among its numbers are 2 '\(word)', counted as missing"])
    let draft = try CodebookDraft(data)
    let age = try #require(draft.codebook.variable(named: "age"))
    #expect(age.type == .integer)
    #expect(age.missing.map(\.text) == [word])
    let again = try Codebook(parsing: draft.yaml, name: "draft")
    #expect(again.variable(named: "age") == age)
    let checked = Dataset(data.source, codebook: again)
    #expect(try checked.numeric("age").values.count { $0.isNaN } == 2)
    #expect(try again.findings(in: checked).allSatisfy { $0.severity != .error })
  }

  @Test func `stay answers among texts`() throws {
    #expect(try dataset([]).categorical("heard").categories.map(\.code) == ["NA", "yes"])
  }
}
