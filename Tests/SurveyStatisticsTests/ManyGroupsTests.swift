import SurveyData
import SurveyNumerics
import SurveyStatistics
import Testing

/// A survey of a few columns of whole numbers.
func surveyOfNumbers(_ columns: [(String, [Int])], psu: String? = nil) throws -> Survey {
  try Survey(
    Dataset(
      MemorySource(
        columns.map {
          ($0.0, .numbers(NumericColumn(values: $0.1.map(Double.init), missing: [.system])))
        })), design: DesignDeclaration(psu: [psu].compactMap { $0 }))
}

@Suite("Many groups are a table or a sentence, never a trap")
struct ManyGroupsTests {
  /// 401 rows, in which every column but `y` has 401 values in an order of its own.
  private func wide(_ count: Int) throws -> Survey {
    try surveyOfNumbers(
      [("y", (0..<401).map { $0 % 3 })]
        + (0..<count).map { column in ("g\(column)", (0..<401).map { $0 * (column + 2) % 401 }) })
  }

  private func names(_ count: Int) -> [String] { (0..<count).map { "g\($0)" } }

  /// 401⁵ patterns do not fit in 32 bits; nobody shares a group, so every share is 0 or 1.
  @Test func `five groups of 401 categories are a table of those with somebody`() throws {
    let table = try wide(5).tabulate("y", by: names(5))
    #expect(table.rows.count == 401 * 3)
    #expect(table.rows.allSatisfy { $0.base == 1 && ($0.estimate == 0 || $0.estimate == 1) })
    #expect(table.rows.filter { $0.estimate == 1 }.count == 401)
    #expect(try wide(5).summarize("y", by: names(5)).rows.count == 401)
  }

  @Test func `more combinations than 64 bits number are refused`() throws {
    let survey = try wide(11)
    for analysis: () throws -> Any in [
      { try survey.tabulate("y", by: self.names(11)) },
      { try survey.summarize("y", by: self.names(11)) },
      { try survey.summarize(nil, by: self.names(11), statistics: [.total]) },
      { try survey.compare(.mean(of: "y"), across: self.names(11)) },
      { try survey.compare(.shares(of: "y"), across: self.names(11)) },
      { try survey.correlations(["y", "g0"], by: Array(self.names(11).dropFirst())) },
    ] {
      let error = #expect(throws: SurveyError.self) { _ = try analysis() }
      #expect(error?.kind == .usage)
      #expect(error?.problem.contains("more combinations than can be numbered") == true)
    }
  }

  /// `values` values in three groups.
  private func long(_ values: Int) throws -> Survey {
    try surveyOfNumbers([
      ("q", (0..<values).map { $0 * 7 }), ("g", (0..<values).map { $0 % 3 }),
      ("y", (0..<values).map { $0 % 2 }),
    ])
  }

  @Test func `a number with thousands of values is to be summarized`() throws {
    let survey = try long(200_000)
    for analysis: () throws -> Any in [
      { try survey.tabulate("q") }, { try survey.tabulate("q", by: "g") },
      { try survey.tabulate("q", percentages: .total) },
      { try survey.compare(.shares(of: "q"), across: ["g"]) },
    ] {
      let error = #expect(throws: SurveyError.self) { _ = try analysis() }
      #expect(
        error?.problem
          == "has 200000 different answers, and shares are estimated of at most 1000")
      #expect(error?.remedy?.contains("vekt summarize") == true)
    }
    #expect(try survey.summarize("q", by: "g").rows.count == 3)
  }

  @Test func `a table of too many estimates is refused`() throws {
    let error = #expect(throws: SurveyError.self) {
      _ = try long(130_000).tabulate("y", by: "q")
    }
    #expect(error?.problem.contains("260000 estimates") == true)
  }

  /// 70,000 shares together would keep 2.45 · 10⁹ products of a row each.
  @Test func `percentages of a total that would fill the memory are refused`() throws {
    let error = #expect(throws: SurveyError.self) {
      _ = try long(35_000).tabulate("y", by: "q", percentages: .total)
    }
    #expect(error?.problem.contains("need more memory") == true)
  }

  @Test func `tests of many groups are refused`() throws {
    let survey = try long(1_100)
    let table = try survey.tabulate("y", by: "q")
    let problems = [
      #expect(throws: SurveyError.self) { _ = try table.independenceTest() },
      #expect(throws: SurveyError.self) { _ = try survey.rankTest(of: "y", across: "q") },
      #expect(throws: SurveyError.self) { _ = try survey.trend(of: .mean(of: "y"), over: "q") },
      #expect(throws: SurveyError.self) {
        _ = try survey.compare(.mean(of: "y"), across: ["q"], against: .allPairs)
      },
      #expect(throws: SurveyError.self) { _ = try survey.compare(.shares(of: "q"), with: "y") },
    ].map { $0?.problem }
    #expect(
      problems == [
        "a test of 2 answers in 1100 groups has 1099 contrasts, and is made of at most 1000",
        "has 1100 groups, and at most 500 are tested together",
        "has 1100 groups, and at most 500 are tested together",
        "1100 groups compared make 604450 estimates, and a table has at most 250000",
        "have 1101 different answers, and at most 300 are compared",
      ])
  }

  @Test(arguments: [nil, "c"])
  func `the covariance of some estimates is that of all of them`(_ psu: String?) throws {
    let survey = try surveyOfNumbers(
      [
        ("y", (0..<200).map { $0 * $0 % 7 }), ("g", (0..<200).map { $0 % 3 }),
        ("c", (0..<200).map { $0 % 23 }),
      ], psu: psu)
    let estimates = try survey.tabulate("y", by: "g").estimates
    let all = estimates.covariance()
    for some in [[7, 0, 3, 3, estimates.count - 1], [3, 2, 1, 0], [0, 0, 1, 1], [5, 7, 6, 4]] {
      let part = estimates.covariance(of: some)
      for (k, row) in some.enumerated() {
        for (l, column) in some.enumerated() { #expect(part[k, l] == all[row, column]) }
      }
    }
  }
}
