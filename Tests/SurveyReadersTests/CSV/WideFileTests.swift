import SurveyData
import SurveyReaders
import Testing

struct WideFileTests {
  @Test func `thousands of columns take no frame of the stack each`() throws {
    let names = (0..<20_000).map { "v\($0)" }
    let source = try csv(
      names.joined(separator: ",") + "\n"
        + names.indices.map { "\($0 % 7)" }.joined(separator: ",") + "\n")
    let columns = try source.read(
      names.map { ColumnRequest(Variable($0), as: .codes) }
    ).columns
    #expect(columns.count == names.count)
    guard case .codes(let last) = columns[19_999] else {
      Issue.record("no codes")
      return
    }
    #expect(last.categories.map(\.code) == ["0"])
  }

  @Test func `a small file is read in one pass, a large one in several`() throws {
    let source = try csv("a,b\n1,2\n")
    #expect(source.passes(over: 100) == [0..<100])
    #expect(source.passes(over: 0).isEmpty)
  }
}
