import Foundation
import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

/// What R's survey gave for one case.
struct ComparisonReference {
  private static let rows =
    (try? Places.reference("SurveyStatisticsTests/Reference/comparisons.csv")) ?? []
  private let fields: [String: String]

  init(_ name: String) throws {
    fields = try #require(Self.rows.first { $0["case"] == name }, "no reference value \(name)")
  }

  /// The numbers of a case that R gave, in the order of the table.
  func expect(
    _ found: Difference, log: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let values = [
      "estimate": log ? Foundation.log(found.estimate) : found.estimate,
      "std_error": log ? found.standardError / found.estimate : found.standardError,
      "statistic": found.statistic, "df1": found.degreesOfFreedom, "p_value": found.pValue,
    ]
    expect(values, sourceLocation: sourceLocation)
  }

  func expect(_ found: TestResult, sourceLocation: SourceLocation = #_sourceLocation) {
    expect(
      [
        "statistic": found.statistic, "df1": found.df1, "df2": found.df2, "p_value": found.pValue,
      ], sourceLocation: sourceLocation)
  }

  private func expect(_ values: [String: Double], sourceLocation: SourceLocation) {
    for (name, text) in fields where name != "case" && !text.isEmpty {
      expectClose(
        [values[name] ?? .nan], [Double(text) ?? .nan], "\(name) of \(fields["case"] ?? "")",
        sourceLocation: sourceLocation)
    }
  }
}

@Suite(
  "Comparisons agree with R survey")
struct ComparisonReferenceTests {
  let survey: Survey

  init() throws {
    survey = try Survey(
      Golden.dataset(), weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
  }

  func row(_ comparison: Comparison, _ group: String, _ reference: String) throws
    -> Comparison.Row
  {
    try #require(
      comparison.rows.first { $0.group.code == group && $0.reference.code == reference })
  }

  @Test func `all pairs of means, totals and medians`() throws {
    for (estimand, name) in [
      (Estimand.mean(of: "x"), "mean"), (.total(of: "x"), "total"), (.median(of: "x"), "median"),
    ] {
      let comparison = try survey.compare(estimand, across: ["g"], against: .allPairs)
      #expect(comparison.rows.map(\.group.code) == ["2", "3", "3"])
      #expect(comparison.rows.map(\.reference.code) == ["1", "1", "2"])
      try ComparisonReference("\(name)-pair-3-2").expect(row(comparison, "3", "2").difference)
      guard name != "total" else { continue }
      try ComparisonReference("\(name)-pair-2-1").expect(row(comparison, "2", "1").difference)
    }
  }

  @Test func `differences, ratios and odds ratios of shares`() throws {
    func found(_ measure: ComparisonMeasure) throws -> Difference {
      try row(
        survey.compare(.share(of: "y", is: "2"), across: ["g"], measure: measure), "2", "1"
      ).difference
    }
    try ComparisonReference("share-difference").expect(found(.difference))
    for (measure, name) in [(ComparisonMeasure.ratio, "ratio"), (.oddsRatio, "odds-ratio")] {
      try ComparisonReference("share-\(name)").expect(found(measure))
      try ComparisonReference("share-log-\(name)").expect(found(measure), log: true)
    }
  }

  @Test func `a ratio of means as svycontrast has it`() throws {
    let ratio = try row(
      survey.compare(.mean(of: "x"), across: ["g"], measure: .ratio), "2", "1"
    ).difference
    expectClose([ratio.estimate], try Golden.numbers("svyby_contrast_ratio.est"))
    expectClose([ratio.standardError], try Golden.numbers("svyby_contrast_ratio.se"))
  }

  @Test func `a group against the rest and against everybody`() throws {
    let y = Estimand.share(of: "y", is: "2")
    try ComparisonReference("mean-rest").expect(
      row(survey.compare(.mean(of: "x"), across: ["g"], against: .rest), "2", "rest").difference)
    try ComparisonReference("mean-total").expect(
      row(survey.compare(.mean(of: "x"), across: ["g"], against: .total), "2", "total").difference)
    try ComparisonReference("share-rest-log-odds-ratio").expect(
      row(survey.compare(y, across: ["g"], against: .rest, measure: .oddsRatio), "2", "rest")
        .difference, log: true)
    try ComparisonReference("share-total-log-ratio").expect(
      row(survey.compare(y, across: ["g"], against: .total, measure: .ratio), "2", "total")
        .difference, log: true)
  }

  @Test func `groups within the categories of another variable`() throws {
    let comparison = try survey.compare(
      .mean(of: "x"), across: ["g"], against: .allPairs, within: "sex")
    let found = comparison.rows.filter { $0.stratum?.code == "1" }
    #expect(found.count == 3)
    try ComparisonReference("within-sex-1").expect(#require(found.last).difference)
    #expect(comparison.tests.map(\.term) == ["sex=0", "sex=1"])
  }

  @Test func `two items of the same people`() throws {
    let means = try survey.compare(.mean(of: "x"), with: "z")
    try ComparisonReference("items-mean").expect(means.rows[0].difference)
    let shares = try survey.compare(.share(of: "y", is: "2"), with: "o")
    try ComparisonReference("items-share").expect(shares.rows[0].difference)
    let grouped = try survey.compare(.share(of: "y", is: "2"), with: "o", by: ["g"])
    #expect(grouped.rows.map { $0.groups.map(\.code) } == [["1"], ["2"], ["3"]])
    try ComparisonReference("items-share-in-3").expect(grouped.rows[2].difference)
  }

  /// `svymean(~x, design)` on `degf(design)`; `svyttest` has the same t on one degree less, under which
  /// the mean would have another interval here than in a table of means.
  @Test func `a value, by t with the design's degrees of freedom`() throws {
    let mean = try survey.compare(.mean(of: "x"), to: 0).rows[0].difference
    expectClose([mean.statistic], try Golden.numbers("ttest_one.t"))
    expectClose([mean.degreesOfFreedom], [21])
    expectClose([mean.pValue], [0.224_403_035_162_313_4])
    expectClose(
      [mean.interval.low, mean.interval.high], [-0.279_777_332_244_955_2, 0.069_519_930_492_548_41])
    let share = try survey.compare(.share(of: "y", is: "2"), to: 0.3)
    try ComparisonReference("value-share").expect(share.rows[0].difference)
  }

  @Test func `two groups, by the two-sample t-test`() throws {
    let comparison = try survey.compare("x", across: "sex")
    let test = try #require(comparison.tests.first { $0.test == "t" })
    expectClose([test.statistic], try Golden.numbers("ttest_two.t"))
    expectClose([test.df1], try Golden.numbers("ttest_two.df"))
    expectClose([test.pValue], try Golden.numbers("ttest_two.p"))
    expectClose([comparison.rows[0].difference.estimate], try Golden.numbers("ttest_two.est"))
  }

  @Test func `the test that all groups are equal`() throws {
    let means = try survey.compare("x", across: "g").tests
    #expect(means.map(\.test) == ["wald"])
    try ComparisonReference("wald-means").expect(means[0])
    let shares = try survey.compare(.shares(of: "y"), across: "g").tests
    #expect(shares.map(\.term) == ["", "y=1", "y=2", "y=3", "y=4"])
    try ComparisonReference("wald-shares").expect(shares[0])
  }

  @Test func `trends over ordered groups`() throws {
    let trend = try survey.trend(of: .mean(of: "x"), over: "y")
    #expect(trend.rows.map(\.contrast) == [.slope, .linear, .quadratic, .cubic])
    for row in trend.rows {
      try ComparisonReference("trend-\(row.contrast.rawValue)").expect(row.difference)
    }
    try ComparisonReference("departure").expect(trend.tests[1])
    #expect(trend.tests[0].pValue == trend.rows[0].difference.pValue)
  }

  @Test(arguments: [
    (RankTest.wilcoxon, "rank2_wilcoxon"), (.vanDerWaerden, "rank2_vanderWaerden"),
    (.median, "rank2_median"),
  ])
  func `rank tests of two groups`(_ test: RankTest, _ reference: String) throws {
    let found = try survey.rankTest(test, of: "x", across: "sex", ties: .file)
    expectClose([found.test.statistic], try Golden.numbers("\(reference).t"))
    expectClose([found.test.df1], try Golden.numbers("\(reference).df"))
    expectClose([found.test.pValue], try Golden.numbers("\(reference).p"))
    expectClose(
      [found.scores.values[1] - found.scores.values[0]], try Golden.numbers("\(reference).est"))
  }

  @Test func `the rank test of three groups, also of a subpopulation`() throws {
    let found = try survey.rankTest(.kruskalWallis, of: "x", across: "g", ties: .file).test
    expectClose([found.statistic * 2], try Golden.numbers("rank3_KW.chisq"))
    expectClose(
      [found.df1, found.df2], try Golden.numbers("rank3_KW.ndf") + Golden.numbers("rank3_KW.ddf"))
    expectClose([found.pValue], try Golden.numbers("rank3_KW.p"))
    try ComparisonReference("kruskal-sex-1").expect(
      survey.restricted(to: Expression("sex == 1"))
        .rankTest(.kruskalWallis, of: "x", across: "g", ties: .file).test)
  }

  @Test func `rank tests within a variable keep the subpopulation`() throws {
    let some = try survey.within("y > 1")
    let within = try some.rankTests(of: "x", across: "g", within: "sex")
    for result in within {
      let code = try #require(result.stratum?.code)
      let one = try survey.within("y > 1 and sex == \(code)").rankTest(of: "x", across: "g")
      #expect(result.test.statistic == one.test.statistic && result.accounting == one.accounting)
    }
    #expect(within.count == 2)
  }

  @Test func `rank tests within the categories of another variable`() throws {
    let three = try survey.rankTests(
      .kruskalWallis, of: "x", across: "g", within: "sex", ties: .file)
    #expect(three.map(\.test.term) == ["sex=0", "sex=1"])
    #expect(three.map(\.stratum?.code) == ["0", "1"])
    for (result, code) in zip(three, [0, 1]) {
      try ComparisonReference("kruskal-sex-\(code)").expect(result.test)
    }
    for (result, code) in zip(
      try survey.rankTests(of: "x", across: "z", within: "sex", ties: .file), [0, 1])
    {
      try ComparisonReference("wilcoxon-sex-\(code)").expect(result.test)
    }
  }

  @Test(arguments: ["x", "xm"])
  func `medians of two items of the same people`(_ first: String) throws {
    let found = try survey.compare(.median(of: first), with: "y")
    try ComparisonReference("paired-median-\(first)-y").expect(found.rows[0].difference)
  }

  @Test func `stated shares, also of a subpopulation`() throws {
    let shares = ["1": 0.3, "2": 0.4, "3": 0.3]
    let fit = try survey.goodnessOfFit(of: "g", toShares: shares)[0]
    expectClose([fit.test.statistic], try Golden.numbers("gof.stat"))
    expectClose([fit.scale, fit.test.df1], try Golden.numbers("gof.par"))
    expectClose([fit.test.pValue], try Golden.numbers("gof.p"))
    let grouped = try survey.compare("g", toShares: shares, by: ["sex"])
    #expect(grouped.tests.map(\.term) == ["sex=0", "sex=1"])
    try ComparisonReference("gof-sex-1").expect(grouped.tests[1])
  }
}
