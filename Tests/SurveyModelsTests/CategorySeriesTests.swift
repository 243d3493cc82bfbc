import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite("Models of several answers compared")
struct CategorySeriesTests {
  private func survey() throws -> Survey {
    try Answers.survey(Answers.sample(), weight: "w", strata: "stratum", psu: ["psu"])
  }

  /// The first answer of a linear sequence is the base of a multinomial model, the event of a
  /// logistic one is the second: their coefficients are the same.
  @Test(arguments: CategoryFamily.allCases, TermTest.allCases)
  func `with two answers tests and figures are those of logistic models`(
    family: CategoryFamily, test: TermTest
  ) throws {
    let formulas = try ["y ~ x", "y ~ x * factor(g)"].map { try Formula($0) }
    let chosen = try survey().fit(formulas, categories: family)
    let logistic = try survey().fit(formulas)
    let differences = (
      try ModelDifference.between(chosen, test: test),
      try ModelDifference.between(logistic, test: test)
    )
    #expect(differences.0.count == 1)
    for (a, b) in zip(differences.0, differences.1) {
      #expect(a.larger == b.larger && a.smaller == b.smaller && a.test.term == b.test.term)
      expectClose(a.test.statistic, b.test.statistic, tolerance: 1e-8, "\(test)")
      expectClose(a.test.pValue, b.test.pValue, tolerance: 1e-8, "\(test)")
    }
    for (a, b) in zip(try logistic[1].termTests(test), try chosen[1].termTests(test).suffix(2)) {
      #expect(a.term == b.term && a.df1 == b.df1 && a.df2 == b.df2)
      expectClose(a.statistic, b.statistic, tolerance: 1e-8, a.term)
      expectClose(a.pValue, b.pValue, tolerance: 1e-8, a.term)
    }
    for index in 0...1 {
      let a = try chosen[index].statistics(largest: chosen[1])
      let b = try logistic[index].statistics(largest: logistic[1])
      for (left, right) in [
        (a.aic, b.aic), (a.bic, b.bic), (a.nagelkerke, b.nagelkerke), (a.mcFadden, b.mcFadden),
        (a.coxSnell, b.coxSnell), (a.effectiveParameters, b.effectiveParameters),
      ] {
        expectClose(left, right, tolerance: 1e-8, "figure of fit")
      }
    }
  }

  @Test(arguments: CategoryFamily.allCases)
  func `models side by side rest on the same respondents`(family: CategoryFamily) throws {
    var columns = Answers.sample()
    let x = columns.firstIndex { $0.name == "score" } ?? 0
    guard case .numbers(let score) = columns[x].column else { return }
    columns[x].column = Answers.numbers(
      score.values.enumerated().map { $0 % 5 == 0 ? nil : $1 })
    let survey = try Answers.survey(columns, weight: "w", strata: "stratum", psu: ["psu"])
    let formulas = try ["g ~ x", "g ~ x + score", "g ~ y"].map { try Formula($0) }
    let fits = try survey.fit(formulas, categories: family)
    #expect(fits.map(\.count) == [192, 192, 192])
    let alone = try survey.restricted(to: Expression("score > -1000"))
      .fit("g ~ x", categories: family)
    for (a, b) in zip(fits[0].rows, alone.rows) {
      expectClose(a.estimate, b.estimate, tolerance: 1e-9, a.term)
      expectClose(a.standardError, b.standardError, tolerance: 1e-9, a.term)
    }
    let differences = try ModelDifference.between(fits, test: .wald)
    #expect(differences.count == 1 && differences[0].test.term == "score")
    #expect(differences[0].test.df1 == (family == .ordinal ? 1 : 2))
  }

  @Test(arguments: CategoryFamily.allCases)
  func `limits of the likelihood are where its profile says`(family: CategoryFamily) throws {
    let survey = try survey()
    let fit = try survey.fit("y ~ x + factor(sex)", categories: family)
    let profiled = try fit.withLikelihoodIntervals()
    let logistic = try survey.fit("y ~ x + factor(sex)")
    for row in profiled.rows where row.term != "0|1" {
      let same = try logistic.withLikelihoodIntervals().rows.first { $0.term == row.term }
      let found = try #require(same?.interval)
      #expect(abs(row.interval.low - found.low) < 1e-7)
      #expect(abs(row.interval.high - found.high) < 1e-7)
      #expect(row.interval.low < row.estimate && row.estimate < row.interval.high)
    }
  }

  @Test(arguments: CategoryFamily.allCases)
  func `copies of one data set give what one gives`(family: CategoryFamily) throws {
    let survey = try survey()
    let copies = try Survey(imputations: [survey, survey, survey])
    let one = try survey.fit("g ~ x + factor(sex)", categories: family)
    let three = try copies.fit("g ~ x + factor(sex)", categories: family)
    for (a, b) in zip(one.rows, three.rows) {
      #expect(a.estimate == b.estimate && a.degreesOfFreedom == b.degreesOfFreedom)
      expectClose(a.standardError, b.standardError, tolerance: 1e-12, a.term)
      #expect(b.missingInformation?.fraction == 0)
    }
    #expect(one.tests.map(\.test) == three.tests.map(\.test))
    for (a, b) in zip(one.tests, three.tests) {
      expectClose(a.statistic, b.statistic, tolerance: 1e-9, a.test)
      #expect(a.df1 == b.df1 && a.df2 == b.df2)
    }
    let effects = (try one.margins(of: "sex"), try three.margins(of: "sex"))
    for (a, b) in zip(effects.0.rows, effects.1.rows) {
      #expect(a.difference.estimate == b.difference.estimate)
      expectClose(
        a.difference.standardError, b.difference.standardError, tolerance: 1e-12, a.term)
    }
    let predictions = try three.predictions(at: "sex=1")
    #expect(predictions.rows.allSatisfy { $0.missingInformation?.fraction == 0 })
    #expect(throws: SurveyError.self) { try three.withLikelihoodIntervals() }
    for (a, b) in zip(
      try one.termTests(.likelihoodRatio), try three.termTests(.likelihoodRatio)
    ) where a.test == "lrt" {
      #expect(b.test == "d2-lrt" && a.df1 == b.df1)
      expectClose(a.pValue, b.pValue, tolerance: 1e-9, a.term)
    }
    #expect(try three.statistics().aic == one.statistics().aic)
  }
}
