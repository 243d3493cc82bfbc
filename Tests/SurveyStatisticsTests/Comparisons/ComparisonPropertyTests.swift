import SurveyData
import SurveyStatistics
import Testing

@Suite("What must not change a comparison does not")
struct ComparisonPropertyTests {
  let sample = MadeUpSurvey(rows: 600)

  func figures(_ comparison: Comparison) -> [Double] {
    comparison.rows.flatMap { row in
      [
        row.groupEstimate, row.referenceEstimate, row.difference.estimate,
        row.difference.standardError, row.difference.degreesOfFreedom, row.adjustedP,
      ]
    } + comparison.tests.flatMap { [$0.statistic, $0.df1, $0.pValue] }
  }

  /// One comparison of every kind.
  func comparisons(_ survey: Survey) throws -> [Comparison] {
    let estimands: [Estimand] = [
      .mean(of: "number"), .median(of: "number"), .shares(of: "answer"),
    ]
    let baselines: [Baseline] = [.reference("1"), .allPairs, .previous, .rest, .total]
    return try estimands.flatMap { estimand in
      try baselines.map { try survey.compare(estimand, across: ["group"], against: $0) }
    } + [
      survey.compare(.mean(of: "number"), with: "answer", by: ["group"]),
      survey.compare(.shares(of: "answer"), with: "group"),
      survey.compare(.mean(of: "number"), to: 5, by: ["group"]),
    ]
  }

  @Test(arguments: [true, false])
  func `the order of rows is irrelevant`(clusters: Bool) throws {
    let order = (0..<600).map { ($0 * 7) % 600 }
    let a = try comparisons(sample.survey(clusters: clusters))
    let b = try comparisons(sample.survey(order: order, clusters: clusters))
    for (a, b) in zip(a, b) { expectClose(figures(a), figures(b), tolerance: 1e-9) }
  }

  @Test(arguments: [true, false])
  func `weights times a thousand change nothing`(clusters: Bool) throws {
    let a = try comparisons(sample.survey(clusters: clusters))
    let b = try comparisons(sample.survey(factor: 1000, clusters: clusters))
    for (a, b) in zip(a, b) { expectClose(figures(a), figures(b), tolerance: 1e-9) }
    let (c, d) = (
      try sample.survey(clusters: clusters), try sample.survey(factor: 1000, clusters: clusters)
    )
    let shares = ["0": 0.25, "1": 0.25, "2": 0.3, "3": 0.2]
    expectClose(
      try c.goodnessOfFit(of: "answer", toShares: shares).map(\.test.pValue),
      try d.goodnessOfFit(of: "answer", toShares: shares).map(\.test.pValue))
  }

  @Test(arguments: [true, false])
  func `a subpopulation is a weight of zero`(clusters: Bool) throws {
    var zero = sample
    for row in zero.number.indices where zero.number[row] >= 7 { zero.weight[row] = 0 }
    let a = try sample.survey(clusters: clusters).restricted(to: Expression("number < 7"))
    let b = try zero.survey(clusters: clusters)
    for (a, b) in zip(try comparisons(a), try comparisons(b)) {
      expectClose(figures(a), figures(b), tolerance: 1e-9)
    }
  }

  @Test func `all pairs are consistent with each reference`() throws {
    let survey = try sample.survey()
    let pairs = try survey.compare(
      .shares(of: "answer"), across: ["group"], against: .allPairs, adjustment: .none)
    for code in ["0", "1", "2"] {
      let rows = try survey.compare(
        .shares(of: "answer"), across: "group", to: code, adjustment: .none
      ).rows
      for row in rows {
        let pair = try #require(
          pairs.rows.first {
            $0.category == row.category
              && Set([$0.group, $0.reference]) == Set([row.group, row.reference])
          })
        let sign = pair.group == row.group ? 1.0 : -1.0
        expectClose(
          [sign * pair.difference.estimate, pair.difference.standardError, pair.adjustedP],
          [row.difference.estimate, row.difference.standardError, row.adjustedP])
      }
    }
  }

  @Test(arguments: [true, false])
  func `a group against the rest is a group of two`(clusters: Bool) throws {
    let plain = try sample.survey(clusters: clusters)
    let data = try plain.dataset.deriving([DerivedVariable(parsing: "is_one = group == 1")])
    let survey = try Survey(
      data, weight: WeightDeclaration("weight", source: .variable("weight")),
      design: plain.roster.declaration)
    for estimand in [Estimand.mean(of: "number"), .median(of: "number"), .shares(of: "answer")] {
      let rest = try survey.compare(estimand, across: ["group"], against: .rest, adjustment: .none)
        .rows.filter { $0.group.code == "1" }
      let two = try survey.compare(estimand, across: "is_one", adjustment: .none).rows
      expectClose(
        rest.flatMap { [$0.difference.estimate, $0.difference.standardError] },
        two.flatMap { [$0.difference.estimate, $0.difference.standardError] })
    }
  }

  @Test func `many groups against the rest are each a group of two`() throws {
    var sample = sample
    for row in sample.group.indices { sample.group[row] = Double(row % 20) }
    let survey = try sample.survey(clusters: false)
    let rest = try survey.compare(.mean(of: "number"), across: ["group"], against: .rest).rows
    let data = try survey.dataset.deriving([DerivedVariable(parsing: "is_17 = group == 17")])
    let two = try Survey(
      data, weight: WeightDeclaration("weight", source: .variable("weight")),
      design: survey.roster.declaration
    ).compare("number", across: "is_17").rows[0]
    expectClose(
      [rest[17].difference.estimate, rest[17].difference.standardError],
      [two.difference.estimate, two.difference.standardError])
  }

  @Test func `a ratio is the exponential of a difference of logarithms`() throws {
    let survey = try sample.survey()
    let means = try survey.summarize("number", by: ["group"])
    let estimates = try #require(means.estimates["mean"])
    let ratio = try survey.compare(.mean(of: "number"), across: ["group"], measure: .ratio).rows[0]
    let (a, b) = (estimates.values[1], estimates.values[0])
    let covariance = estimates.covariance()
    let variance =
      covariance[1, 1] / (a * a) + covariance[0, 0] / (b * b) - 2 * covariance[0, 1] / (a * b)
    expectClose(
      [ratio.difference.estimate, ratio.difference.standardError],
      [a / b, a / b * variance.squareRoot()])
    // Turning a ratio over turns its interval over.
    let other = try survey.compare(
      .mean(of: "number"), across: ["group"], against: .reference("1"), measure: .ratio
    ).rows[0]
    expectClose(
      [1 / other.difference.interval.high, 1 / other.difference.interval.low],
      [ratio.difference.interval.low, ratio.difference.interval.high])
  }

  @Test func `medians have the errors that their table prints`() throws {
    let survey = try sample.survey()
    let table = try survey.summarize("number", by: ["group"], statistics: [.quantile(0.5)]).rows
    let values = try survey.compare(.median(of: "number"), to: 5, by: ["group"]).rows
    expectClose(values.map(\.groupEstimate), table.map(\.estimate))
    expectClose(values.map(\.difference.standardError), table.map(\.standardError))
  }

  @Test func `two groups are equal by F where they are equal by t`() throws {
    let survey = try sample.survey().restricted(to: Expression("group < 2"))
    let comparison = try survey.compare("number", across: "group")
    expectClose([comparison.tests[0].pValue], [comparison.rows[0].difference.pValue])
  }

  @Test(arguments: Adjustment.allCases)
  func `adjusted p-values are never smaller, and keep their order`(_ adjustment: Adjustment) throws
  {
    let rows = try sample.survey().compare(
      .shares(of: "answer"), across: ["group"], against: .allPairs, adjustment: adjustment
    ).rows
    for family in Dictionary(grouping: rows, by: \.category).values {
      let ordered = family.sorted { $0.difference.pValue < $1.difference.pValue }
      #expect(ordered.allSatisfy { $0.adjustedP >= $0.difference.pValue && $0.adjustedP <= 1 })
      #expect(zip(ordered, ordered.dropFirst()).allSatisfy { $0.adjustedP <= $1.adjustedP })
    }
  }

  @Test func `ties ranked by their middle do not depend on the order of rows`() throws {
    let order = (0..<600).map { ($0 * 7) % 600 }
    let (a, b) = (try sample.survey(), try sample.survey(order: order))
    for test in RankTest.allCases {
      let found = try [a, b].map {
        try $0.rankTest(test, of: "answer", across: "group").test.pValue
      }
      expectClose([found[0]], [found[1]])
    }
    // With equal weights both rules give the same ranks.
    var equal = sample
    for row in equal.weight.indices { equal.weight[row] = 1 }
    let survey = try equal.survey()
    expectClose(
      [try survey.rankTest(of: "answer", across: "group", ties: .file).test.pValue],
      [try survey.rankTest(of: "answer", across: "group", ties: .middle).test.pValue])
  }

  /// Four units leave one degree of freedom to three groups: R's `svyranktest` has F(2, 1).
  @Test func `a rank test needs a degree of freedom and not one for every group`() throws {
    let columns: [(String, [Double])] = [
      ("c", [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]), ("g", [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]),
      ("y", [1, 5, 9, 4, 2, 12, 7, 3, 6, 8, 10, 11]),
    ]
    let survey = try Survey(
      Dataset(
        MemorySource(
          columns.map { ($0.0, .numbers(NumericColumn(values: $0.1, missing: [.system]))) })),
      design: DesignDeclaration(psu: ["c"]))
    let found = try survey.rankTest(.kruskalWallis, of: "y", across: "g").test
    #expect([found.df1, found.df2] == [2, 1])
    expectClose(
      [found.statistic, found.pValue], [6.059_850_374_064_837_7 / 2, 0.376_358_952_945_696_2])
  }

  @Test func `crossed groups are the pairs of their categories`() throws {
    var sample = sample
    for row in sample.group.indices { sample.group[row] = Double(Int(sample.group[row]) % 2) }
    let rows = try sample.survey().compare(
      .mean(of: "number"), across: ["group", "answer"], against: .reference("1,2")
    ).rows
    #expect(rows.map(\.group.code) == ["0,0", "0,1", "0,2", "0,3", "1,0", "1,1", "1,3"])
    #expect(rows.allSatisfy { $0.reference.code == "1,2" })
  }

  @Test func `letters are the pairs that compare finds`() throws {
    var sample = sample
    // Not all of them: a share of 0 has no letters.
    for row in sample.answer.indices where sample.group[row] == 2 && row % 9 != 2 {
      sample.answer[row] = min(sample.answer[row], 1)
    }
    let survey = try sample.survey()
    let table = try survey.tabulate("answer", by: ["group"])
    let letters = try table.significanceLetters(level: 0.05)
    let pairs = try survey.compare(.shares(of: "answer"), across: ["group"], against: .allPairs)
    for row in table.rows {
      let expected = pairs.rows.compactMap { pair -> String? in
        guard pair.category == row.category, pair.adjustedP < 0.05 else { return nil }
        let (more, less) =
          pair.difference.estimate > 0 ? (pair.group, pair.reference) : (pair.reference, pair.group)
        return more.categories == row.groups ? letters.letter(of: less.categories) : nil
      }.sorted().joined()
      #expect(letters.exceeded(by: row) == expected)
    }
    #expect(table.rows.contains { letters.exceeded(by: $0).contains("C") })
  }
}
