import SurveyData
import Testing

@testable import SurveyReaders

@Suite struct `The header of a CSV file` {
  @Test func `a name that stands twice is an error when it is used, else a warning`() throws {
    let source = try csv("q1,q1,w\n1,2,1.0\n")
    #expect(
      throws: SurveyError(
        .data, at: "t.csv:1", "'q1' names 2 columns",
        remedy: "Give each column a name of its own in the header.")
    ) { try source.codes("q1") }
    let notes = try source.read([ColumnRequest(Variable("w"), as: .numbers)]).notes
    #expect(
      notes == [
        Note(
          .warning, id: "csv.duplicate-column",
          "'q1' names 2 columns, so that none of them can be used", at: "t.csv:1")
      ])
  }

  @Test(
    arguments: [
      ("Gender", "Did you mean 'gender'?"), ("trust parl", "Did you mean 'trust_parl'?"),
      ("genderr", "Did you mean 'gender'?"), ("xyzzy", nil),
    ] as [(String, String?)])
  func `a name that is not there offers the nearest`(name: String, remedy: String?) throws {
    let source = try csv("gender,trust_parl\n1,2\n")
    #expect(
      throws: SurveyError(.data, at: "t.csv:1", "no column '\(name)'", remedy: remedy)
    ) { try source.codes(name) }
  }

  @Test func `names may be quoted, padded and in any script`() throws {
    let source = try csv("\"a,b\", kjønn ,\"sa \"\"x\"\"\"\n1,2,3\n")
    #expect(source.header.names == ["a,b", "kjønn", "sa \"x\""])
    #expect(try source.codes("kjønn") == ["2"])
  }

  @Test func `the first column may be without a name`() throws {
    let source = try csv("\"\",q1\n1,2\n2,3\n")
    #expect(try source.codes("q1") == ["2", "3"])
    #expect(source.embeddedCodebook.variableNames == ["q1"])
    #expect(source.openingNotes.map(\.text) == ["column 1 has no name and cannot be used"])
  }
}
