import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

/// Missing values with tags, and moments with fractions of seconds, on their way between formats.
@Suite struct TagConversionTests {
  private func sample() throws -> TestFile {
    var file = XPTBytes(version: 8)
    file.variables = [
      .init(name: "CODE"), .init(name: "MOMENT", format: "DATETIME", formatWidth: 22, decimals: 3),
      .init(name: "DAY", format: "MONYY", formatWidth: 7),
    ]
    file.rows = [
      [.number(1), .number(2_031_568_200.25), .number(23_513)],
      [.missing("A"), .number(-0.5), .missing("B")],
      [.missing("_"), .number(0), .number(0)], [.missing("."), .missing("."), .missing(".")],
      [.missing("D"), .number(2_031_568_200.001), .number(-1)],
    ]
    return try TestFile(file.bytes, named: "answers.xpt")
  }

  private func converted(to ending: String) throws -> Dataset {
    let source = try sample()
    let data = try Dataset(contentsOf: source.path)
    let path = source.folder.appending(path: "out." + ending).path
    _ = try data.write(to: path)
    var book: Codebook?
    if ending == "csv" {
      let url = source.folder.appending(path: "out.codebook.yaml")
      try Data(data.codebookOfCSV(at: path).yaml().utf8).write(to: url)
      book = try Codebook(contentsOf: url.path)
    }
    let result = try Dataset(contentsOf: path, codebook: book)
    _ = try result.categorical("CODE")
    _ = try result.categorical("MOMENT")
    _ = try result.categorical("DAY")
    return result
  }

  @Test(arguments: ["csv", "sav", "dta"])
  func `fractions of seconds and days are kept`(ending: String) throws {
    let data = try converted(to: ending)
    #expect(
      try data.categorical("MOMENT").categories.map(\.code).sorted() == [
        "1959-12-31T23:59:59.5", "1960-01-01T00:00:00", "2024-05-17T12:30:00.001",
        "2024-05-17T12:30:00.25",
      ])
    #expect(
      try data.categorical("DAY").categories.map(\.code).sorted() == [
        "1959-12-31", "1960-01-01", "2024-05-17",
      ])
  }

  @Test(arguments: ["csv", "sav", "dta"])
  func `tagged missing values stay missing, each for its reason`(ending: String) throws {
    let data = try converted(to: ending)
    let numbers = try data.numeric("CODE")
    #expect(numbers.values.map(\.isNaN) == [false, true, true, true, true])
    let reasons = numbers.values.dropFirst().map { numbers.missingCode(of: $0)?.reason }
    #expect(reasons == [.noAnswer, .noAnswer, .system, .dontKnow])
  }

  @Test func `a codebook of CSV names the tags that the rows hold`() throws {
    let data = try converted(to: "csv")
    #expect(
      data.codebook.variable(named: "CODE")?.missing.map(\.text).sorted() == ["._", ".a", ".d"])
    #expect(try data.categorical("CODE").categories.map(\.code) == ["1"])
  }

  @Test func `a tag without a label gets none, and keeps its reason`() throws {
    var file = DTABytes(version: 118)
    file.variables = [.init(name: "q", kind: .byte, labels: "q")]
    file.rows = [.number(1), .missing(18), .missing(4), .missing(1)].map { [$0] }
    file.labelSets = [("q", [(1, "Yes"), (2_147_483_621 + 4, "Vet ikke")])]
    let first = try TestFile(file.bytes, named: "answers.dta")
    let data = try Dataset(contentsOf: first.path)
    let second = first.folder.appending(path: "again.dta").path
    _ = try data.write(to: second)
    let again = try Dataset(contentsOf: second)
    #expect(
      again.source.embeddedCodebook.variables[0].missing == [
        MissingCode(.code(".d"), reason: .dontKnow, label: LocalizedText("Vet ikke", in: "und"))
      ])
    let column = try again.numeric("q")
    let codes = column.values.map { column.missingCode(of: $0) }
    #expect(codes.map { $0?.text } == [nil, ".r", ".d", ".a"])
    #expect(codes.map { $0?.reason } == [nil, .refused, .dontKnow, .noAnswer])
  }

  /// SPSS shows a number as its format says, whatever it is.
  @Test func `a missing value with decimals in a format of whole numbers is read back`() throws {
    var file = SAVBytes()
    var answer = SAVBytes.Variable(name: "Q", format: 0x05_04_00)
    (answer.missing, answer.missingCount) = ([file.double(18.5)], 1)
    file.variables = [answer]
    file.cases = [[.number(3)], [.number(18.5)]]
    let source = try TestFile(file.bytes)
    let path = source.folder.appending(path: "out.csv").path
    let data = try Dataset(contentsOf: source.path)
    _ = try data.write(to: path)
    let text = try data.codebookOfCSV(at: path).yaml()
    let result = try Dataset(contentsOf: path, codebook: Codebook(parsing: text, name: "out"))
    #expect(try result.variable("Q").type == .decimal)
    #expect(try result.categorical("Q").missing.map(\.text) == ["", "18.5"])
    #expect(try result.numeric("Q").values.map(\.isNaN) == [false, true])
  }
}
