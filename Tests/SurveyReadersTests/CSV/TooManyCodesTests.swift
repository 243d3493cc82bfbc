import SurveyData
import Testing

@testable import SurveyReaders

@Suite("Counts that a CSV file cannot have")
struct TooManyCodesTests {
  @Test func `lines to leave out may be more than the file has`() throws {
    #expect(throws: SurveyError.self) { try csv("a\n1\n") { $0.skip = Int.max } }
  }

  @Test func `more different codes than positions number are a fault, not a mixture`() throws {
    var rules = CSVCodeRules(CodeScheme(Variable("q")), CSVDialect())
    rules.mostCodes = 2
    let source = try csv("q\na\nb\na\nc\n")
    let read = try source.records([CSVCodeReader(field: 0, rules: rules)])
    let tally = CSVTally(merging: read.decoders.map { $0[0].tally })
    #expect(tally.count(.tooMany) == 1)
  }
}
