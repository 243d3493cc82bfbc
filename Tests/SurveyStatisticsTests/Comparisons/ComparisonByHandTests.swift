import SurveyData
import SurveyStatistics
import Testing

@Suite("Comparisons worked by hand")
struct ComparisonByHandTests {
  /// Eight people in four clusters of two strata, weights 1, as numbers in columns.
  func survey(_ columns: [(String, [Double])]) throws -> Survey {
    let all =
      [
        ("s", [1, 1, 1, 1, 2, 2, 2, 2]), ("c", [1, 1, 2, 2, 1, 1, 2, 2]),
      ] + columns
    let data = Dataset(
      MemorySource(
        all.map { ($0.0, .numbers(NumericColumn(values: $0.1, missing: [.system]))) }))
    return try Survey(data, design: DesignDeclaration(strata: "s", psu: ["c"]))
  }

  /// Every cluster has one of each group.
  ///
  /// Means: group 1 (1 + 3 + 2 + 2)/4 = 2, group 2
  /// (2 + 6 + 4 + 4)/4 = 4.
  ///
  /// Influence of the difference: (y₂ − 4)/4 − (y₁ − 2)/4. Cluster sums: a1 (−2 + 1)/4 = −1/4,
  /// a2 (2 − 1)/4 = 1/4, b1 and b2 0. V = 2·((1/16 + 1/16) − 0) = 1/4, so se = 1/2, t = 4, df = 2.
  /// Alone the groups' variances are 2·(4/16 + 4/16) = 1 and 2·(1/16 + 1/16) = 1/4: their sum, 5/4,
  /// is what ignoring the covariance 1/2 would give.
  @Test func `a difference of groups in the same clusters`() throws {
    let survey = try survey([
      ("g", [1, 2, 1, 2, 1, 2, 1, 2]), ("y", [1, 2, 3, 6, 2, 4, 2, 4]),
    ])
    let row = try survey.compare("y", across: "g").rows[0]
    #expect(row.groupEstimate == 4)
    #expect(row.referenceEstimate == 2)
    #expect(row.difference.estimate == 2)
    expectClose([row.difference.standardError, row.difference.statistic], [0.5, 4])
    #expect(row.difference.degreesOfFreedom == 2)
    // Group 2 minus everybody is half of group 2 minus group 1: so are estimate and error here,
    // since the groups have the same size in every cluster.
    let total = try survey.compare(.mean(of: "y"), across: ["g"], against: .total).rows[1]
    #expect(total.difference.estimate == 1)
    expectClose([total.difference.standardError], [0.25])
    // The same people asked twice: group 1's answers beside group 2's.
    let ratio = try survey.compare(.mean(of: "y"), across: ["g"], measure: .ratio).rows[0]
    expectClose([ratio.difference.estimate], [2])
    // Influence of log 4 − log 2: (y₂ − 4)/16 − (y₁ − 2)/8; cluster sums a1 −2/16 + 1/8 = 0 and so
    // all others: the ratio is 2 in every cluster.
    #expect(ratio.difference.standardError < 1e-12)
  }

  /// Differences a − b: 1, 1, 0, 0, 2, 0, 0, 0, mean 1/2.
  ///
  /// Cluster sums of (d − ½)/8: 1/8, −1/8, 1/8,
  /// −1/8. V = 2·(2/64) + 2·(2/64) = 1/8; df = 4 − 2.
  @Test func `two items of the same people`() throws {
    let survey = try survey([
      ("a", [2, 3, 1, 1, 4, 2, 2, 3]), ("b", [1, 2, 1, 1, 2, 2, 2, 3]),
    ])
    let row = try survey.compare(.mean(of: "a"), with: "b").rows[0]
    #expect(row.difference.estimate == 0.5)
    expectClose([row.difference.standardError], [Double(0.125).squareRoot()])
    #expect(row.difference.degreesOfFreedom == 2)
  }
}
