import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite("What no model may change")
struct ModelPropertyTests {
  static let models = [
    "y ~ x + factor(g)", "y ~ factor(g) * sex", "score ~ x + factor(g)", "score ~ factor(g):x - 1",
  ]

  private func survey(
    _ columns: [(name: String, column: Column)], weight: String = "w", psu: [String] = ["psu"]
  ) throws -> Survey {
    try Answers.survey(columns, weight: weight, strata: "stratum", psu: psu)
  }

  private func expectSame(
    _ a: ModelFit, _ b: ModelFit, tolerance: Double = 1e-9,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(a.rows.map(\.term) == b.rows.map(\.term), sourceLocation: sourceLocation)
    for (found, expected) in zip(a.rows, b.rows) {
      expectClose(
        found.estimate, expected.estimate, tolerance: tolerance, found.term,
        sourceLocation: sourceLocation)
      expectClose(
        found.standardError, expected.standardError, tolerance: tolerance, found.term,
        sourceLocation: sourceLocation)
    }
    expectClose(
      a.deviance, b.deviance, tolerance: tolerance, "deviance", sourceLocation: sourceLocation)
  }

  @Test(arguments: models) func `the order of the rows`(formula: String) throws {
    expectSame(
      try survey(Answers.sample()).fit(formula),
      try survey(Answers.sample { $0 * 77 % 240 }).fit(formula))
  }

  @Test(arguments: models) func `weights times a thousand`(formula: String) throws {
    expectSame(
      try survey(Answers.sample()).fit(formula),
      try survey(Answers.sample(), weight: "w * 1000").fit(formula))
  }

  @Test(arguments: models) func `a subpopulation is a weight of zero`(formula: String) throws {
    let inside = try survey(Answers.sample()).restricted(to: Expression("sex == 1"))
    let weighted = try survey(Answers.sample(), weight: "if(sex == 1, w, 0)")
    let formula = formula.replacing(" * sex", with: "")
    let fit = try inside.fit(formula)
    expectSame(fit, try weighted.fit(formula))
    #expect(fit.accounting.outside > 0)
    #expect(fit.count + fit.accounting.outside == 240)
  }

  @Test(arguments: [["psu"], []])
  func `a linear model of one factor is a table of means`(psu: [String]) throws {
    let survey = try survey(Answers.sample(), psu: psu)
    let fit = try survey.fit("score ~ factor(g) - 1")
    let means = try survey.summarize("score", by: ["g"]).rows
    #expect(fit.rows.map(\.term) == ["g=1", "g=2", "g=3"])
    for (row, mean) in zip(fit.rows, means) {
      expectClose(row.estimate, mean.estimate, tolerance: 1e-12, row.term)
      expectClose(row.standardError, mean.standardError, tolerance: 1e-10, row.term)
    }
  }

  @Test(arguments: [["psu"], []])
  func `a saturated logit gives the observed log odds`(psu: [String]) throws {
    let survey = try survey(Answers.sample(), psu: psu)
    let fit = try survey.fit("y ~ factor(g) - 1")
    let shares = try survey.tabulate("y", by: ["g"]).rows.filter { $0.category?.code == "1" }
    for (row, share) in zip(fit.rows, shares) {
      let p = share.estimate
      expectClose(1 / (1 + exponential(-row.estimate)), p, tolerance: 1e-12, row.term)
      expectClose(
        row.standardError, share.standardError / (p * (1 - p)), tolerance: 1e-10, row.term)
    }
  }

  @Test func `another scale of a predictor scales its coefficient`() throws {
    let survey = try survey(Answers.sample())
    let plain = try survey.fit("y ~ x")
    let large = try survey.fit("y ~ I(x * 1e6 + 5e6)")
    expectClose(
      large.rows[1].estimate * 1e6, plain.rows[1].estimate, tolerance: 1e-8, "slope")
    expectClose(large.rows[1].statistic, plain.rows[1].statistic, tolerance: 1e-7, "t")
  }

  /// `eˣ` by its series, so that the test needs no C library.
  private func exponential(_ x: Double) -> Double {
    let halved = x / 1024
    var term = 1.0
    var sum = 1.0
    for k in 1...20 {
      term *= halved / Double(k)
      sum += term
    }
    return (0..<10).reduce(sum) { result, _ in result * result }
  }
}
