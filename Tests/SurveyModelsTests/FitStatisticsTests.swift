import SurveyModels
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "Statistics of a fit agree with R's survey")
struct FitStatisticsTests {
  static let rows: [[String: String]] =
    (try? Places.reference("SurveyModelsTests/Reference/modelfit.csv")) ?? []

  static let models = rows.filter { $0["figure"] == "dispersion" }.map {
    ReferenceTests.Case(
      design: $0["design"] ?? "", family: $0["family"] ?? "", formula: $0["formula"] ?? "")
  }

  /// A figure by its name in the table of reference values.
  private func figures(_ fit: ModelFit) throws -> [String: Double] {
    let found = try fit.statistics()
    var figures = [
      "aic": found.aic, "effective_parameters": found.effectiveParameters, "bic": found.bic,
      "r2": found.rSquared, "r2_cox_snell": found.coxSnell, "r2_nagelkerke": found.nagelkerke,
      "r2_mcfadden": found.mcFadden, "roc_area": found.rocArea, "dispersion": found.dispersion,
      "archer_lemeshow": found.goodness?.statistic ?? .nan,
      "archer_lemeshow_df1": found.goodness?.df1 ?? .nan,
      "archer_lemeshow_df2": found.goodness?.df2 ?? .nan,
      "archer_lemeshow_p": found.goodness?.pValue ?? .nan,
    ]
    for kind in [TermTest.workingWald, .likelihoodRatio, .adjustedWald] {
      for test in try fit.termTests(kind) {
        figures["\(kind.rawValue) \(test.term)"] = test.statistic
        figures["\(kind.rawValue)-p \(test.term)"] = test.pValue
      }
    }
    return figures
  }

  @Test func `the table of reference values is there`() { #expect(Self.models.count == 6) }

  @Test(arguments: models)
  func `criteria, pseudo-R², ROC, goodness of fit and tests of terms`(
    _ model: ReferenceTests.Case
  ) throws {
    let fit = try goldenSurvey(model.design).fit(
      model.formula, family: ModelFamily(rawValue: model.family))
    let figures = try figures(fit)
    for row in Self.rows
    where row["design"] == model.design && row["family"] == model.family
      && row["formula"] == model.formula
    {
      let name = row["figure"] ?? ""
      let expected = try #require(row["value"].flatMap(Double.init))
      // R divides a linear model's criterion by the variance.
      if model.family == "linear", name == "aic" || name == "effective_parameters" { continue }
      let found = try #require(figures[name], "no figure \(name)")
      // R finds the saddlepoint to about its fifth digit.
      let tolerance = name.contains("-p ") && !name.hasPrefix("adjusted") ? 1e-4 : 1e-7
      expectClose(found, expected, tolerance: tolerance, name)
    }
  }

  @Test func `the criterion of a model within a larger one`() throws {
    let survey = try goldenSurvey()
    let fits = try survey.fit([Formula("z ~ x"), Formula("z ~ x + factor(g) + sex")])
    let row = try #require(Self.rows.first { $0["figure"] == "bic_nested" })
    let expected = try #require(row["value"].flatMap(Double.init))
    expectClose(
      try fits[0].statistics(largest: fits[1]).bic, expected, tolerance: 1e-7, "BIC")
    expectClose(
      try fits[1].statistics(largest: fits[1]).bic, try fits[1].statistics().bic, tolerance: 0,
      "the largest")
  }

  @Test func `results of R survey 4.5 on the golden sample`() throws {
    let fit = try goldenSurvey().fit("z ~ x + factor(g) + sex")
    let found = try fit.statistics()
    // R stops its iteration early.
    let aic = try Golden.numbers("AIC")
    expectClose(found.effectiveParameters, aic[0], tolerance: 1e-5, "effective parameters")
    expectClose(found.aic, aic[1], tolerance: 1e-6, "AIC")
    let pseudo = try Golden.numbers("psrsq")
    expectClose(found.coxSnell, pseudo[0], tolerance: 1e-9, "Cox–Snell")
    expectClose(found.nagelkerke, pseudo[1], tolerance: 1e-9, "Nagelkerke")
    for (kind, name) in [
      (TermTest.workingWald, "regterm_WW"), (.likelihoodRatio, "regterm_LRT"),
    ] {
      let test = try #require(try fit.termTests(kind).first)
      expectClose(
        test.statistic, try Golden.numbers("\(name).chisq")[0], tolerance: 2e-6, name)
      expectClose(test.pValue, try Golden.numbers("\(name).p")[0], tolerance: 1e-5, name)
    }
    let wald = try #require(fit.tests.first)
    expectClose(
      wald.statistic, try Golden.numbers("regterm_Wald.F")[0], tolerance: 2e-6, "Wald F")
    expectClose(wald.pValue, try Golden.numbers("regterm_Wald.p")[0], tolerance: 1e-5, "Wald p")
    // From `uniroot` on the profile in R, without Pearson's dispersion, by which R's own `confint`
    // divides the rise: a logit's is 1 by definition.
    let intervals = try fit.withLikelihoodIntervals().rows.map(\.interval)
    let limits = [
      -0.78462309932452, 0.188427344347409, 0.017496298838334, 0.604107960869982,
      -0.432307264074584, 0.591218945075454, -1.11357963281022, 0.690232366059052,
      -0.401379803901973, 0.278541301014739,
    ]
    for (index, interval) in intervals.enumerated() {
      expectClose(interval.low, limits[2 * index], tolerance: 1e-7, "lower limit")
      expectClose(interval.high, limits[2 * index + 1], tolerance: 1e-7, "upper limit")
    }
  }
}

@Suite("What statistics of a fit must do")
struct FitStatisticsPropertyTests {
  private func survey() throws -> Survey {
    try Answers.survey(Answers.sample(), weight: "w", strata: "stratum", psu: ["psu"])
  }

  // Of 1, 2, 3 (no, yes, yes) with weights 1, 1, 2 every pair is in order; with y = yes, no, yes the
  // pairs (1, 2) and (3, 2) weigh 1 and 2, of which the second is in order.
  @Test func `the area under ROC by hand`() throws {
    let survey = try Answers.survey(
      [
        ("y", Answers.numbers([1, 0, 1])), ("x", Answers.numbers([1, 2, 3])),
        ("w", Answers.numbers([1, 1, 2])),
      ], weight: "w")
    let found = try survey.fit("y ~ x").statistics()
    expectClose(found.rocArea, 2.0 / 3, tolerance: 1e-12, "area")
  }

  /// Ten units leave nine degrees of freedom, too few for ten groups of predicted chances; the test
  /// once gave F = −1e14 here.
  @Test func `goodness of fit and adjusted tests need units enough`() throws {
    func survey(_ units: Int) throws -> Survey {
      try Answers.survey(
        Answers.sample() + [("unit", Answers.numbers((0..<240).map { Double($0 % units) }))],
        psu: ["unit"])
    }
    let few = try survey(10).fit("y ~ x")
    let goodness = try #require(few.statistics().goodness)
    #expect(goodness.statistic.isNaN && goodness.pValue.isNaN)
    let many = try #require(survey(60).fit("y ~ x").statistics().goodness)
    #expect(many.statistic > 0 && many.pValue > 0)
    let three = try survey(3).fit("y ~ factor(g) + factor(sex)")
    let test = try #require(three.termTests(.wald).first)
    #expect(test.statistic.isNaN && test.pValue.isNaN)
    let two = try survey(2).fit("y ~ factor(g)").termTests(.adjustedWald)[0]
    #expect(two.statistic.isNaN && two.pValue.isNaN)
  }

  @Test func `a likelihood interval is where its own deviance lies`() throws {
    let fit = try survey().fit("y ~ x", family: .logistic)
    let row = try fit.withLikelihoodIntervals(level: 0.9).rows[1]
    #expect(row.interval.low < row.estimate && row.estimate < row.interval.high)
    let rise = { (limit: Double) in
      try survey().fit("y ~ offset(\(limit) * x)", family: .logistic).deviance - fit.deviance
    }
    expectClose(
      try rise(row.interval.low), try rise(row.interval.high), tolerance: 1e-7, "both rise alike")
  }

  // Without weights and clusters the criteria are those of maximum likelihood, but for the sandwich
  // and n ∕ (n − 1): σ² = 2.5 counts as (m₄ − σ⁴) ∕ 2σ⁴ parameters with m₄ = 8.5.
  @Test func `a linear model's criterion by hand`() throws {
    let survey = try Answers.survey([
      ("y", Answers.numbers([1, -1, 2, -2, 1, -1, 2, -2]))
    ])
    let found = try survey.fit("y ~ 1", family: .linear).statistics()
    let fourth = (4 * 1 + 4 * 16) / 8.0
    let count = (fourth - 6.25) / (2 * 6.25) * 8 / 7
    expectClose(found.effectiveParameters, count, tolerance: 1e-12, "parameters")
    // 8 (ln 5π + 1) + 2 · 0.2057…
    expectClose(
      found.aic, 8 * (2.754_167_798_283_500_6 + 1) + 2 * count, tolerance: 1e-12, "AIC")
  }

  @Test func `intervals of a constant alone`() throws {
    let fit = try survey().fit("y ~ 1")
    let row = try fit.withLikelihoodIntervals().rows[0]
    #expect(row.interval.low < row.estimate && row.estimate < row.interval.high)
  }

  @Test func `several models rest on the same respondents and are tested`() throws {
    let sample =
      Answers.sample() + [
        ("part", Answers.numbers((0..<240).map { $0 % 5 == 0 ? nil : Double($0 % 3) }))
      ]
    let survey = try Answers.survey(sample, weight: "w", strata: "stratum", psu: ["psu"])
    let formulas = try ["y ~ x", "y ~ x + factor(g)", "y ~ part"].map { try Formula($0) }
    let fits = try survey.fit(formulas)
    #expect(fits.map(\.count) == [192, 192, 192])
    #expect(Set(fits.map(\.accounting)).count == 1)
    let differences = try ModelDifference.between(fits, test: .wald)
    #expect(differences.count == 1)
    #expect(differences[0].smaller == 0 && differences[0].larger == 1)
    #expect(differences[0].test.term == "g")
    #expect(differences[0].test.statistic == fits[1].tests[0].statistic)
    let ratio = try ModelDifference.between(fits, test: .likelihoodRatio)[0].test
    expectClose(
      ratio.statistic, fits[0].deviance - fits[1].deviance, tolerance: 1e-9, "likelihood ratio")
  }
}
