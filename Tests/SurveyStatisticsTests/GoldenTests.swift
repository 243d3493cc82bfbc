import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

/// Compares numbers relatively, as the tables of reference values ask.
func expectClose(
  _ found: [Double], _ expected: [Double], tolerance: Double = 1e-9, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, comment, sourceLocation: sourceLocation)
  for (a, b) in zip(found, expected) {
    #expect(
      abs(a - b) <= tolerance * max(abs(b), 1e-3),
      "\(a) should be \(b) \(comment?.description ?? "")",
      sourceLocation: sourceLocation)
  }
}

@Suite(
  "Results of R survey 4.5 on the golden sample")
struct GoldenTests {
  let data: Dataset

  init() throws { data = try Golden.dataset() }

  func survey(
    fpc: [String] = [], lonely: LonelyPSU = .fail, without removed: ((Int) -> Bool)? = nil
  ) throws -> Survey {
    try Survey(
      data, weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"], fpc: fpc, lonelyPSU: lonely))
  }

  @Test func `shares, their covariance and design effects`() throws {
    let table = try survey().tabulate("y")
    expectClose(table.estimates.values, try Golden.numbers("mean_y.est"))
    expectClose(table.estimates.standardErrors, try Golden.numbers("mean_y.se"))
    expectClose(table.estimates.covariance().elements, try Golden.numbers("mean_y.var"))
  }

  @Test func `means, totals and their design effects`() throws {
    let summary = try survey().summarize("x", statistics: [.mean, .total])
    expectClose([summary.rows[0].estimate], try Golden.numbers("mean_x.est"))
    expectClose([summary.rows[0].standardError], try Golden.numbers("mean_x.se"))
    expectClose(
      [summary.rows[0].interval.low, summary.rows[0].interval.high],
      try Golden.numbers("mean_x_ci_t"))
    expectClose([summary.rows[0].designEffect], try Golden.numbers("mean_x_deff_replace"))
    expectClose([summary.rows[1].designEffect], try Golden.numbers("total_x_deff_replace"))
    let total = try survey().summarize("z", statistics: [.total]).rows[0]
    expectClose([total.estimate], try Golden.numbers("total_z.est"))
    expectClose([total.standardError], try Golden.numbers("total_z.se"))
    let missing = try survey().summarize("xm").rows[0]
    expectClose(
      [missing.estimate, missing.standardError],
      try Golden.numbers("mean_xm_narm.est") + Golden.numbers("mean_xm_narm.se"))
  }

  @Test func `standard deviations are the roots of variances`() throws {
    let row = try survey().summarize("x", statistics: [.standardDeviation]).rows[0]
    let (variance, error) = (
      try Golden.numbers("var_x.est")[0], try Golden.numbers("var_x.se")[0]
    )
    expectClose([row.estimate * row.estimate], [variance])
    expectClose([row.standardError * 2 * row.estimate], [error])
  }

  @Test func `population sizes`() throws {
    let row = try survey(fpc: ["fpc1"]).summarize("x").rows[0]
    expectClose(
      [row.estimate, row.standardError],
      try Golden.numbers("onestage_fpc.est") + Golden.numbers("onestage_fpc.se"))
  }

  @Test func `groups and the covariance between them`() throws {
    let summary = try survey().summarize("x", by: ["g"])
    let estimates = try #require(summary.estimates["mean"])
    expectClose(estimates.values, try Golden.numbers("svyby_x_g.est"))
    expectClose(estimates.standardErrors, try Golden.numbers("svyby_x_g.se"))
    expectClose(estimates.covariance().elements, try Golden.numbers("svyby_x_g.vcov"))
  }

  @Test(arguments: ProportionIntervalMethod.allCases)
  func `intervals of a proportion`(_ method: ProportionIntervalMethod) throws {
    var options = EstimationOptions()
    options.interval = method
    let row = try survey().tabulate("z", options: options).rows[1]
    let name = method == .wald ? "mean" : method.rawValue
    // R interpolates the likelihood's profile with a spline.
    expectClose(
      [row.interval.low, row.interval.high], try Golden.numbers("ciprop_\(name).ci"),
      tolerance: method == .likelihood ? 1e-3 : 1e-9)
  }

  @Test(arguments: IndependenceStatistic.allCases)
  func `tests of independence`(_ statistic: IndependenceStatistic) throws {
    let test = try survey().tabulate("y", by: ["g"]).independenceTest(statistic)
    let reference = "chisq_\(statistic.rawValue)"
    expectClose([test.statistic], try Golden.numbers("\(reference).stat"))
    // R had no package for the exact distribution and gave the saddlepoint's value for it; eight
    // million draws give 0.0542, as we do.
    expectClose(
      [test.pValue], try Golden.numbers("\(reference).p"),
      tolerance: statistic == .lincom ? 0.02 : 1e-9)
    let degrees = [test.df1, test.df2].filter { !$0.isNaN }
    expectClose(degrees, try Golden.numbers("\(reference).par"))
  }

  @Test(arguments: QuantileRule.allCases)
  func `quantiles and their intervals`(_ rule: QuantileRule) throws {
    var options = EstimationOptions()
    options.quantileRule = rule
    let rows = try survey().summarize(
      "x", statistics: [.quantile(0.25), .quantile(0.5), .quantile(0.9)], options: options
    ).rows
    expectClose(
      rows.flatMap { [$0.estimate, $0.interval.low, $0.interval.high, $0.standardError] },
      try Golden.numbers("quant_\(rule.rawValue)"))
  }

  @Test(arguments: [
    ("mean", ProportionIntervalMethod.wald), ("beta", .beta), ("xlogit", .xlogit), ("asin", .asin),
  ])
  func `intervals of the median`(_ name: String, _ method: ProportionIntervalMethod) throws {
    var options = EstimationOptions()
    options.interval = method
    let row = try survey().summarize("x", statistics: [.quantile(0.5)], options: options).rows[0]
    expectClose(
      [row.estimate, row.interval.low, row.interval.high, row.standardError],
      try Golden.numbers("quant_int_\(name)"))
  }
}
