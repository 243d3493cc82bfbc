import Foundation
import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

/// Years with their squares, and numbers that are large beside their differences.
@Suite("Numbers far from zero keep their coefficients")
struct ModelRankTests {
  /// 110 rows that R makes by the same formulas.
  private func survey() throws -> Survey {
    func column(_ value: (Int) -> Double) -> Column {
      Answers.numbers((0..<110).map(value))
    }
    func t(_ i: Int) -> Double { Double(i % 11) - 5 }
    func z(_ i: Int) -> Double { Double(i * 37 % 101) / 10 }
    func chance(_ i: Int) -> Double {
      let big = 1e9 + z(i)
      return 1 / (1 + exp(0.8 - 0.1 * t(i) * t(i) + 0.1 * (big - 1e9 - 5)))
    }
    let y = (0..<110).map { i in
      0.2 * t(i) * t(i) + 0.3 * (1e9 + z(i) - 1e9) + Double(i * 53 % 97) / 97 - 0.5
    }
    return try Answers.survey(
      [
        ("year", column { 2015 + t($0) }), ("big", column { 1e9 + z($0) }),
        ("w", column { 1 + Double($0 % 5) / 4 }), ("st", column { Double(1 + $0 / 28) }),
        ("ps", column { Double(1 + $0 / 7) }), ("y", column { y[$0] }),
        ("b", column { Double($0 * 29 % 31) / 31 < chance($0) ? 1 : 0 }),
        ("k", column { Double($0 * 41 % 7) + (t($0) * t($0) > 9 ? 1 : 0) }),
        ("o", column { Double(($0 * 41 % 7 + $0 % 11) % 4) }),
        ("g", column { Double($0 % 3) }), ("twice", column { 2 * (2015 + t($0)) + 1 }),
      ], weight: "w", strata: "st", psu: ["ps"])
  }

  /// Reference values of `svyglm` of R's survey 4.1, of the centred columns: the raw ones lose R as
  /// many digits as it had.
  @Test(
    arguments: [
      (
        "y ~ big + year + I(year^2)", .linear,
        [
          ("big", 0.296003529205811, 0.00641557153735586),
          ("I(year^2)", 0.1927357180150171, 0.000882195283282098),
        ]
      ),
      (
        "b ~ big + year + I(year^2)", .logistic,
        [
          ("big", -0.1773312350127825, 0.0650977000495079),
          ("I(year^2)", 0.0968396039784232, 0.039625894326746),
        ]
      ),
      (
        "k ~ big + I(year^2) + year", .poisson,
        [
          ("big", 0.000920144056412973, 0.02238270952054425),
          ("I(year^2)", 0.017386006118796548, 0.00681184106495031),
        ]
      ),
      (
        "b ~ big + year + I(year^2)", .cloglog,
        [
          ("big", -0.1253411928101493, 0.0462772241969213),
          ("I(year^2)", 0.0654188241694962, 0.0240721368834199),
        ]
      ),
    ] as [(String, ModelFamily, [(String, Double, Double)])])
  func `coefficients agree with R`(
    _ formula: String, _ family: ModelFamily, _ expected: [(String, Double, Double)]
  ) throws {
    let fit = try survey().fit(formula, family: family)
    #expect(fit.notes.isEmpty && fit.rows.count == 4)
    for (term, estimate, error) in expected {
      let row = try #require(fit.rows.first { $0.term == term })
      expectClose(row.estimate, estimate, tolerance: 1e-7, term)
      expectClose(row.standardError, error, tolerance: 1e-7, term)
    }
  }

  /// `svyglm(y ~ year + I(year^2))` of R's survey 4.1, which has these digits here.
  @Test func `the constant and the slope at the year zero agree with R`() throws {
    let fit = try survey().fit("y ~ year + I(year^2)")
    let expected = [
      (773_384.984631979, 18_539.5427079492), (-767.733506536534, 18.4064828008132),
      (0.190531216208286, 0.00456857611443823),
    ]
    for (row, (estimate, error)) in zip(fit.rows, expected) {
      expectClose(row.estimate, estimate, tolerance: 1e-7, row.term)
      expectClose(row.standardError, error, tolerance: 1e-7, row.term)
    }
  }

  private static let centred = "I(big - 1000000000) + I(year - 2015) + I((year - 2015)^2)"

  @Test(arguments: ModelFamily.allCases.filter { $0 != .gamma })
  func `where the zero of a number lies changes no effect, prediction or test`(
    _ family: ModelFamily
  ) throws {
    let outcome = family == .linear ? "y" : family == .poisson ? "k" : "b"
    let survey = try survey()
    let raw = try survey.fit("\(outcome) ~ big + year + I(year^2)", family: family)
    let centred = try survey.fit("\(outcome) ~ \(Self.centred)", family: family)
    expectClose(raw.deviance, centred.deviance, tolerance: 1e-9, "deviance")
    for row in [1, 3] {
      expectClose(raw.rows[row].estimate, centred.rows[row].estimate, tolerance: 1e-8, "estimate")
      expectClose(
        raw.rows[row].standardError, centred.rows[row].standardError, tolerance: 1e-8, "error")
    }
    let effects = try (raw.margins(of: ["year", "big"]), centred.margins(of: ["year", "big"]))
    for (a, b) in zip(effects.0.rows, effects.1.rows) {
      expectClose(a.difference.estimate, b.difference.estimate, tolerance: 1e-8, "effect")
      expectClose(
        a.difference.standardError, b.difference.standardError, tolerance: 1e-8, "its error")
    }
    let at = "year=2010,2018"
    for covariates in Covariates.allCases {
      var options = MarginOptions()
      options.covariates = covariates
      let means = try (
        raw.predictions(at: Settings(at), options: options),
        centred.predictions(at: Settings(at), options: options)
      )
      for (a, b) in zip(means.0.rows, means.1.rows) {
        expectClose(a.estimate, b.estimate, tolerance: 1e-8, "prediction")
        expectClose(a.standardError, b.standardError, tolerance: 1e-8, "its error")
      }
    }
    let statistics = try (raw.statistics(), centred.statistics())
    expectClose(statistics.0.aic, statistics.1.aic, tolerance: 1e-7, "AIC")
    guard family != .linear else { return }
    let limits = try (raw.withLikelihoodIntervals(), centred.withLikelihoodIntervals())
    for row in [1, 3] {
      let (a, b) = (limits.0.rows[row].interval, limits.1.rows[row].interval)
      expectClose(a.low, b.low, tolerance: 1e-6, "lower limit")
      expectClose(a.high, b.high, tolerance: 1e-6, "upper limit")
    }
  }

  @Test(arguments: CategoryFamily.allCases)
  func `models of several answers too`(_ family: CategoryFamily) throws {
    let survey = try survey()
    let raw = try survey.fit("o ~ big + year + I(year^2)", categories: family)
    let centred = try survey.fit("o ~ \(Self.centred)", categories: family)
    expectClose(raw.deviance, centred.deviance, tolerance: 1e-9, "deviance")
    for (a, b) in zip(raw.rows, centred.rows)
    where a.term == "big" || a.term == "I(year^2)" {
      expectClose(a.estimate, b.estimate, tolerance: 1e-7, a.term)
      expectClose(a.standardError, b.standardError, tolerance: 1e-7, a.term)
    }
    let means = try (raw.predictions(at: "year=2011"), centred.predictions(at: "year=2011"))
    for (a, b) in zip(means.0.rows, means.1.rows) {
      expectClose(a.estimate, b.estimate, tolerance: 1e-7, "chance")
      expectClose(a.standardError, b.standardError, tolerance: 1e-7, "its error")
    }
    let tests = (raw.tests, centred.tests)
    for (a, b) in zip(tests.0, tests.1) where a.term.isEmpty {
      expectClose(a.statistic, b.statistic, tolerance: 1e-6, a.test)
    }
    let limits = try (raw.withLikelihoodIntervals(), centred.withLikelihoodIntervals())
    for (a, b) in zip(limits.0.rows, limits.1.rows) where a.term == "I(year^2)" {
      expectClose(a.interval.low, b.interval.low, tolerance: 1e-5, "lower limit")
      expectClose(a.interval.high, b.interval.high, tolerance: 1e-5, "upper limit")
    }
    // A cut point's profile holds a combination of coordinates.
    guard family == .ordinal else { return }
    let cut = try #require(centred.rows.lastIndex { $0.term == "2|3" })
    let moved = centred.rows[cut].estimate - raw.rows[cut].estimate
    #expect(moved.isFinite && limits.0.rows[cut].interval.low < raw.rows[cut].estimate)
  }

  @Test func `products with categories keep their digits, and likelihood ratios too`() throws {
    let survey = try survey()
    let raw = try survey.fit("b ~ big * factor(g)", family: .logistic)
    let centred = try survey.fit("b ~ I(big - 1000000000) * factor(g)", family: .logistic)
    for form in TermTest.allCases {
      let tests = try (raw.termTests(form), centred.termTests(form))
      let (a, b) = (try #require(tests.0.last), try #require(tests.1.last))
      // A unit in the last place of 1e9 is 1e-7, and a product has one more rounding.
      #expect(abs(a.statistic - b.statistic) < 1e-6, "\(form)")
    }
    for (a, b) in zip(raw.rows, centred.rows) where a.term.contains("big") {
      #expect(abs(a.estimate - b.estimate) < 1e-8, "\(a.term)")
    }
  }

  @Test func `added years and squares are tested together as centred ones are`() throws {
    let survey = try survey()
    func difference(_ added: String, _ form: TermTest) throws -> TestResult {
      let formulas = try ["b ~ factor(g)", "b ~ factor(g) + \(added)"].map { try Formula($0) }
      let fits = try survey.fit(formulas, family: .logistic)
      #expect(try fits[0].statistics(largest: fits[1]).bic.isFinite)
      return try #require(ModelDifference.between(fits, test: form).first).test
    }
    for form in TermTest.allCases {
      let raw = try difference("year + I(year^2) + I(year^3)", form)
      let centred = try difference(
        "I(year - 2015) + I((year - 2015)^2) + I((year - 2015)^3)", form)
      #expect(raw.df1 == 3)
      expectClose(raw.statistic, centred.statistic, tolerance: 1e-6, form.rawValue)
      expectClose(raw.pValue, centred.pValue, tolerance: 1e-6, form.rawValue)
    }
  }

  @Test func `what does follow from other columns is left out and named`() throws {
    let fit = try survey().fit("y ~ year + twice + I(year^2) + I(3 * year^2 - twice)")
    #expect(fit.rows.map(\.term) == ["(Intercept)", "year", "I(year^2)"])
    #expect(
      fit.notes.filter { $0.id == "model.dependent-column" }.map(\.place)
        == ["twice", "I(3 * year^2 - twice)"])
  }
}
