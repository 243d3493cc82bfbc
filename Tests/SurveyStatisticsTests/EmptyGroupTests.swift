import SurveyData
import SurveyStatistics
import Testing

@Suite("Groups and cells never vanish")
struct EmptyGroupTests {
  /// Groups 1 and 2 answered, 3 did not, and nobody is in 4; the second number is zero in group 2.
  private let survey: Survey

  init() throws {
    let missing = NumericColumn.missingValue(0)
    func numbers(_ values: [Double]) -> Column {
      .numbers(NumericColumn(values: values, missing: [.system]))
    }
    let dataset = Dataset(
      MemorySource([
        (
          "g",
          .codes(
            CategoricalColumn(
              positions: Positions([0, 0, 0, 1, 1, 1, 2, 2], valueCount: 5),
              categories: ["1", "2", "3", "4"].map { Category($0) }, missing: [.system]))
        ),
        ("y", numbers([0, 1, 1, 0, 1, 0, missing, missing])),
        ("x", numbers([10, 12, 14, 15, 11, 13, missing, missing])),
        ("z", numbers([2, 3, 5, 0, 0, 0, missing, missing])),
        ("h", numbers([1, 1, 2, 1, 1, 1, 1, 2])),
      ]))
    survey = try Survey(dataset)
  }

  private func codes(_ rows: [EstimateRow]) -> [String] {
    rows.map { $0.groups.map(\.code).joined(separator: ",") }
  }

  @Test func `a table has a row of every group, empty where nobody answered`() throws {
    let rows = try survey.tabulate("y", by: "g").rows
    #expect(codes(rows) == ["1", "1", "2", "2", "3", "3", "4", "4"])
    #expect(rows.map(\.base) == [3, 3, 3, 3, 0, 0, 0, 0])
    #expect(rows[4...].allSatisfy { $0.count == 0 && $0.estimate.isNaN && $0.flags.isEmpty })
    expectClose(rows[..<4].map(\.estimate), [1.0 / 3, 2.0 / 3, 2.0 / 3, 1.0 / 3])
  }

  /// Of everybody, and of those who gave an answer, nobody is in group 3.
  @Test(arguments: [Percentages.total, .column])
  func `of all or of an answer an empty group has the share zero`(_ kind: Percentages) throws {
    let rows = try survey.tabulate("y", by: "g", percentages: kind).rows
    #expect(rows.count == 8)
    #expect(rows[4...].allSatisfy { $0.estimate == 0 && $0.isExact && $0.count == 0 })
    #expect(rows[4...].allSatisfy { $0.base == (kind == .total ? 6 : 3) })
  }

  @Test func `crossed groups are all there`() throws {
    let rows = try survey.summarize("x", by: ["g", "h"]).rows
    #expect(codes(rows) == ["1,1", "1,2", "2,1", "2,2", "3,1", "3,2", "4,1", "4,2"])
    #expect(rows.map(\.count) == [2, 1, 3, 0, 0, 0, 0, 0])
  }

  @Test(
    arguments: [
      SummaryStatistic.mean, .total, .standardDeviation, .quantile(0.5),
    ])
  func `every statistic has a row of every group`(_ statistic: SummaryStatistic) throws {
    let summary = try survey.summarize("x", by: "g", statistics: [statistic])
    #expect(codes(summary.rows) == ["1", "2", "3", "4"])
    #expect(summary.rows[2...].allSatisfy { $0.count == 0 && $0.estimate.isNaN })
    #expect(!summary.notes.contains { $0.text.contains("'3'") })
  }

  @Test func `a ratio over zero empties its own row and is named`() throws {
    let summary = try survey.ratio("x", over: "z", by: ["g"])
    expectClose([summary.rows[0].estimate], [3.6])
    #expect(summary.rows[0].standardError > 0)
    #expect(summary.rows[1].count == 3)
    #expect(summary.rows[1...].allSatisfy { $0.estimate.isNaN && $0.standardError.isNaN })
    #expect(summary.notes.map(\.id) == ["summarize.no-ratio"])
    #expect(summary.notes[0].values == ["'2'"])
    let error = #expect(throws: SurveyError.self) {
      _ = try surveyOfNumbers([("a", [1, 2]), ("b", [0, 0])]).ratio("a", over: "b")
    }
    #expect(error?.problem == "the denominator adds up to zero, so there is no ratio")
  }

  private func sides(_ comparison: Comparison) -> [String] {
    comparison.rows.map { "\($0.group.code) – \($0.reference.code): \($0.count)" }
  }

  @Test(arguments: [
    (Baseline.reference(nil), ["2 – 1: 6", "3 – 1: 0", "4 – 1: 0"]),
    (.previous, ["2 – 1: 6", "3 – 2: 0", "4 – 2: 0"]),
    (.allPairs, ["2 – 1: 6", "3 – 1: 0", "4 – 1: 0"]),
    (.total, ["1 – total: 6", "2 – total: 6", "3 – total: 0", "4 – total: 0"]),
  ])
  func `comparisons name the groups without an answer`(
    _ baseline: Baseline, _ expected: [String]
  ) throws {
    for estimand in [Estimand.mean(of: "x"), .share(of: "y", is: "1")] {
      let comparison = try survey.compare(estimand, across: ["g"], against: baseline)
      #expect(sides(comparison) == expected)
      let empty = comparison.rows.filter { $0.count == 0 }
      #expect(empty.allSatisfy { $0.difference.estimate.isNaN && $0.adjustedP.isNaN })
      #expect(comparison.tests.allSatisfy { $0.df1 <= 5 })
    }
  }

  @Test func `comparisons with a value and of two items do too`() throws {
    let stated = try survey.compare(.mean(of: "x"), to: 12, by: ["g"])
    #expect(stated.rows.map(\.count) == [3, 3, 0, 0])
    #expect(stated.rows.map(\.referenceEstimate) == [12, 12, 12, 12])
    let shares = try survey.compare("y", toShares: ["0": 0.5, "1": 0.5], by: ["g"])
    #expect(shares.rows.map { $0.groups[0].code } == ["1", "1", "2", "2", "3", "3", "4", "4"])
    let items = try survey.compare(.mean(of: "x"), with: "z", by: ["g"])
    #expect(items.rows.map(\.count) == [3, 3, 0, 0])
  }

  @Test func `letters are given to groups with somebody only`() throws {
    let letters = try survey.tabulate("y", by: "g").significanceLetters()
    let groups = try survey.dataset.categorical("g").categories
    #expect(groups.map { letters.letter(of: [$0]) } == ["A", "B", "", ""])
    #expect(letters.notes.isEmpty)
  }
}
