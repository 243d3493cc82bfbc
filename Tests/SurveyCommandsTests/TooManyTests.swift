import SurveyData
import SurveyStatistics
import SurveyTables
import Testing

@Suite("More than a number, a sheet or the memory holds is a sentence")
struct TooManyTests {
  /// Four million combinations of values, which were made before they were counted.
  @Test(.timeLimit(.minutes(1)))
  func `predictions at every combination of two numbers`() throws {
    let rows = (1...2000).map { "\($0 % 7),\($0),\($0 * $0 % 4001)" }
    let survey = try SmallSurvey("y,a,b\n" + rows.joined(separator: "\n") + "\n", codebook: nil)
    let result = survey.result([
      "model", "DATA", "y ~ a + b", "--family", "linear", "--predict", "a=all; b=all",
    ])
    #expect(result.status == 64)
    #expect(result.remarks.contains("asks for more than 10000 predictions"))
  }

  @Test func `a sheet of more columns than a workbook has`() {
    let table = Table(
      title: "Wide", columns: (0..<20_000).map { Table.Column("\($0)") },
      rows: [Table.Row("a", cells: (0..<20_000).map { Table.Cell.count($0) })])
    #expect(
      throws: SurveyError(
        .usage, at: "Wide", "has 9 rows and 20001 columns, and a sheet holds 1048576 and 16384",
        remedy: "Write --format csv or json, or name fewer variables.")
    ) { try Document(tables: [table]).workbook() }
  }

  @Test func `rows beyond 32 bits`() throws {
    try TableSize.check(rows: 2_147_483_647, at: "a.csv")
    #expect(
      throws: SurveyError(
        .data, at: "a.csv", "has 2147483648 rows, and at most 2147483647 are analysed",
        remedy: "Analyse a part of it.")
    ) { try TableSize.check(rows: 2_147_483_648, at: "a.csv") }
  }
}
