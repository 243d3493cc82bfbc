import SurveyData
import SurveyStatistics
import Testing

/// A survey of a few columns of numbers; `w` weighs, `s` and `c` are strata and sampling units, `f`
/// population sizes, where they are there.
private func survey(_ columns: [(String, [Double])]) throws -> Survey {
  let data = Dataset(
    MemorySource(
      columns.map { ($0.0, .numbers(NumericColumn(values: $0.1, missing: [.system]))) }))
  func has(_ name: String) -> String? { columns.contains { $0.0 == name } ? name : nil }
  return try Survey(
    data, weight: has("w").map { WeightDeclaration($0, source: .variable($0)) },
    design: DesignDeclaration(
      strata: has("s"), psu: has("c").map { [$0] } ?? [], fpc: has("f").map { [$0] } ?? []))
}

@Suite("A variance of zero is ignorance unless all of the population was drawn")
struct UnknownVarianceTests {
  /// Group 1 has 0 of 3, group 2 has 2 of 4.
  private let shares = [
    ("g", [1.0, 1, 1, 2, 2, 2, 2]), ("y", [0.0, 0, 0, 0, 1, 0, 1]),
  ]

  private func check(_ difference: Difference) {
    #expect(difference.standardError.isNaN)
    #expect(difference.statistic.isNaN)
    #expect(difference.pValue.isNaN)
  }

  /// The limits of 0 of 3 are 0 and 1 − 0.025^(1/3); those of 2 of 4, with se² = 7/6 · 1/16, on the
  /// logit scale expit(± t(3) · se ∕ 0.25).
  ///
  /// Newcombe's limits of 0.5 − 0 are 0.5 − √((0.5 − l)² + u²) and 0.5 + (u₂ − 0.5).
  @Test func `a share of 0 has no test, and Newcombe's interval`() throws {
    let survey = try survey(shares)
    let row = try survey.compare(.share(of: "y", is: "1"), across: ["g"]).rows[0]
    check(row.difference)
    #expect(row.adjustedP.isNaN)
    let upper = 0.707_598_226_178_713_37
    let (low, high) = (0.031_145_795_462_566_77, 0.968_854_204_537_433_3)
    let expected = [
      0.5 - ((0.5 - low) * (0.5 - low) + upper * upper).squareRoot(), 0.5 + (high - 0.5),
    ]
    expectClose([row.difference.interval.low, row.difference.interval.high], expected)
  }

  @Test func `what is compared with it is named`() throws {
    let comparison = try survey(shares).compare(.share(of: "y", is: "1"), across: ["g"])
    let note = try #require(comparison.notes.first)
    #expect(note.id == "estimate.unknown-variance")
    #expect(note.values == ["'2' – '1' (1)"])
    // All groups together have none either.
    #expect(comparison.tests.allSatisfy { $0.pValue.isNaN })
  }

  @Test(arguments: [Baseline.rest, .total, .previous, .allPairs])
  func `no baseline tests a share of 0`(_ baseline: Baseline) throws {
    let rows = try survey(shares).compare(.shares(of: "y"), across: ["g"], against: baseline).rows
    for row in rows { check(row.difference) }
    #expect(rows.allSatisfy { !$0.difference.interval.low.isNaN })
  }

  @Test func `a stated value is compared with the interval alone`() throws {
    let rows = try survey(shares).compare(.share(of: "y", is: "1"), to: 0.3, by: ["g"]).rows
    check(rows[0].difference)
    expectClose([rows[0].difference.interval.low], [-0.3])
    expectClose([rows[0].difference.interval.high], [0.707_598_226_178_713_37 - 0.3])
    #expect(rows[1].difference.pValue > 0)
  }

  @Test func `a share of 0 has no letter, and a trend no test`() throws {
    let survey = try survey([
      ("g", [1.0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]), ("y", [0.0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0]),
    ])
    let table = try survey.tabulate("y", by: ["g"])
    let letters = try table.significanceLetters(level: 0.999, adjustment: .none)
    let exceeded = table.rows.map { letters.exceeded(by: $0) }
    #expect(
      exceeded.allSatisfy { !$0.contains("A") } && exceeded.prefix(2).allSatisfy { $0.isEmpty })
    #expect(exceeded.contains("B"))
    #expect(letters.notes.map(\.values) == [["'1' (0), '1' (1)"]])
    let trend = try survey.trend(of: .share(of: "y", is: "1"), over: "g")
    #expect(trend.rows.allSatisfy { $0.difference.pValue.isNaN })
    #expect(trend.tests.allSatisfy { $0.pValue.isNaN })
    #expect(trend.notes.contains { $0.id == "estimate.unknown-variance" })
  }

  /// The middle of three scores has no part in a straight line.
  @Test func `what does not count in a contrast need not be known`() throws {
    let trend = try survey([
      ("g", [1.0, 1, 1, 2, 2, 2, 3, 3, 3]), ("y", [1.0, 2, 4, 5, 5, 5, 3, 6, 8]),
    ]).trend(of: .mean(of: "y"), over: "g")
    #expect(trend.rows.map(\.difference.pValue.isNaN) == [false, false, true])
  }

  @Test(arguments: [
    ("one sampling unit", [1.0, 1, 1, 2, 3, 2, 3], [0.1, 0.2, 0.9, 3, 4, 5, 6]),
    ("equal answers", [1.0, 2, 3, 1, 2, 3, 3], [0.1, 0.1, 0.1, 3, 4, 5, 6]),
  ])
  func `a mean without variance has no test`(
    _ why: String, _ units: [Double], _ y: [Double]
  ) throws {
    let survey = try survey([
      ("g", [1, 1, 1, 2, 2, 2, 2]), ("y", y), ("c", units), ("w", [0.3, 0.7, 1.1, 1, 2, 1, 3]),
    ])
    let comparison = try survey.compare("y", across: "g")
    check(comparison.rows[0].difference)
    #expect(comparison.rows[0].difference.interval.low.isNaN)
    #expect(comparison.tests.allSatisfy { $0.pValue.isNaN })
    let summary = try survey.summarize("y", by: "g")
    #expect(summary.rows.map(\.standardError.isNaN) == [true, false])
    #expect(summary.notes.map(\.values) == [["mean ('1')"]])
    #expect(try survey.rankTest(of: "y", across: "g").test.pValue.isNaN)
  }

  @Test func `one respondent among others has no test`() throws {
    let found = try survey([
      ("g", [1.0, 2, 2, 2, 3, 3, 3]), ("y", [0.1, 3, 4, 5, 6, 7, 9]),
      ("w", [0.7, 1, 2, 1, 3, 1, 1]),
    ]).compare(.mean(of: "y"), across: ["g"], against: .rest)
    #expect(found.rows.map(\.difference.pValue.isNaN) == [true, false, false])
  }

  @Test func `medians without limits have no test`() throws {
    let found = try survey([
      ("g", [1.0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2]), ("y", [1.0, 2, 9, 3, 4, 5, 6, 7, 8, 9, 1, 2]),
    ]).compare(.median(of: "y"), across: ["g"])
    check(found.rows[0].difference)
  }

  @Test func `items that differ by the same for everybody have no test`() throws {
    let y = [0.1, 0.7, 0.3, 0.9, 0.5]
    let found = try survey([("a", y.map { $0 + 1 }), ("b", y)])
      .compare(.mean(of: "a"), with: "b")
    expectClose([found.rows[0].difference.estimate], [1])
    check(found.rows[0].difference)
  }

  /// An item that nobody affirms may be affirmed by some in the population.
  @Test func `an item of 0 has no test, and the interval of the two shares`() throws {
    let found = try survey([("a", [0.0, 0, 0, 0, 0, 0]), ("b", [0.0, 1, 0, 1, 1, 0])])
      .compare(.share(of: "a", is: "0"), with: "b")
    check(found.rows[0].difference)
    #expect(found.rows[0].difference.interval.low < 0.5)
  }

  @Test func `all of a population is known, in tables as in means`() throws {
    let survey = try survey([
      ("g", [1.0, 1, 1, 2, 2, 2]), ("y", [0.0, 0, 0, 0, 1, 1]), ("s", [1, 1, 1, 2, 2, 2]),
      ("f", [3, 3, 3, 3, 3, 3]),
    ])
    let rows = try survey.tabulate("y", by: ["g"]).rows
    #expect(rows.map(\.standardError) == [0, 0, 0, 0])
    #expect(rows.allSatisfy { $0.interval.low == $0.estimate && $0.interval.high == $0.estimate })
    #expect(rows.allSatisfy { !$0.isExact && $0.flags.isEmpty })
    let comparison = try survey.compare(.share(of: "y", is: "1"), across: ["g"])
    let difference = comparison.rows[0].difference
    #expect(difference.standardError == 0 && difference.pValue == 0 && difference.statistic.isNaN)
    #expect(difference.interval.low == difference.estimate)
    #expect(comparison.notes.map(\.id) == ["estimate.known"])
    #expect(try survey.summarize("y").rows[0].standardError == 0)
    let median = try survey.summarize("y", statistics: [.quantile(0.5)]).rows[0]
    #expect(median.standardError == 0 && median.interval.low == median.estimate)
  }

  /// A share of 0.5 made of a stratum of 1s and one of 0s: no two units differ.
  @Test func `strata in which everybody agrees tell nothing`() throws {
    let row = try survey([
      ("y", [1.0, 1, 1, 0, 0, 0]), ("s", [1, 1, 1, 2, 2, 2]), ("w", [1, 1, 1, 1, 1, 1]),
    ]).tabulate("y").rows[0]
    #expect(row.standardError.isNaN && row.isExact)
    #expect(row.interval.low > 0 && row.interval.high < 1)
  }

  /// In every stratum all give the same answer: no cell varies between units.
  @Test func `tables without variance have no test`() throws {
    let survey = try survey([
      ("y", [1, 1, 1, 0, 0, 0]), ("s", [1, 1, 1, 2, 2, 2]), ("w", [0.3, 0.3, 0.3, 0.7, 0.7, 0.7]),
    ])
    let test = try survey.tabulate("y", by: ["s"]).independenceTest()
    #expect(test.statistic.isNaN && test.pValue.isNaN)
    let fit = try survey.goodnessOfFit(of: "y", toShares: ["0": 0.5, "1": 0.5])[0].test
    #expect(fit.statistic.isNaN && fit.pValue.isNaN)
  }

  @Test func `the number of people that a design fixes is known`() throws {
    let row = try survey([("y", [1.0, 2, 3]), ("w", [2, 2, 2])])
      .summarize(nil, statistics: [.total]).rows[0]
    #expect(row.estimate == 6 && row.standardError == 0)
  }
}

@Suite("Woodruff's limits")
struct WoodruffTests {
  /// F(3) = 0.6 and t(4) · √(0.24 ∕ 4) = 0.68: both limits leave 0…1, and R has NaN.
  @Test func `limits that leave the distribution do not exist`() throws {
    let row = try survey([("x", [1, 2, 3, 7, 9])])
      .summarize("x", statistics: [.quantile(0.5)]).rows[0]
    #expect(row.estimate == 3)
    #expect(row.interval.low.isNaN && row.interval.high.isNaN && row.standardError.isNaN)
  }

  /// R's `svyquantile(~x, svydesign(~1, data = …), 0.75)`: 2 and NaN.
  @Test func `each limit exists by itself`() throws {
    let row = try survey([("x", [1, 2, 3, 7, 9])])
      .summarize("x", statistics: [.quantile(0.75)]).rows[0]
    #expect(row.interval.low == 2 && row.interval.high.isNaN && row.standardError.isNaN)
  }

  /// F(3) = 1 does not vary, so that its limits are 1, and R has NaN.
  @Test func `a quantile that nobody exceeds has no limits and no error`() throws {
    let row = try survey([("x", [1, 2, 3, 3, 3, 3, 3, 3])])
      .summarize("x", statistics: [.quantile(0.5)]).rows[0]
    #expect(row.interval.low.isNaN && row.interval.high.isNaN)
    #expect(row.standardError.isNaN)
  }
}
