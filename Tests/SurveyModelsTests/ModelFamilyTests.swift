import SurveyModels
import SurveyStatistics
import Testing

@Suite struct ModelFamilyTests {
  private func groups(_ y: [Double?]) throws -> Survey {
    try Answers.survey([
      ("y", Answers.numbers(y)),
      ("g", Answers.codes(["a", "a", "a", "a", "b", "b", "b", "b"], ["a", "b"])),
      ("x", Answers.numbers([1, 2, 3, 4, 5, 6, 7, 8])),
    ])
  }

  // Means 2 and 6: the logs are ln 2 and ln 3 apart. With z = (y − μ) ∕ (4μ) the variance of ln μ is
  // 8∕7 · Σ(y − μ)² ∕ (16 μ²): of 0, 1, 3, 4 it is 8∕7 · 10∕64 = 5∕28, of 5, 5, 7, 7 it is 1∕126.
  @Test(arguments: [ModelFamily.poisson, .gamma])
  func `a log link and one factor give the logs of the means`(family: ModelFamily) throws {
    let survey = try groups(
      family == .gamma ? [1, 1, 3, 3, 5, 5, 7, 7] : [0, 1, 3, 4, 5, 5, 7, 7])
    let rows = try survey.fit("y ~ factor(g)", family: family).rows
    expectClose(rows[0].estimate, 0.693_147_180_559_945_3, tolerance: 1e-13, "ln 2")
    expectClose(rows[1].estimate, 1.098_612_288_668_109_8, tolerance: 1e-13, "ln 3")
    let first = family == .gamma ? 1.0 / 14 : 5.0 / 28
    expectClose(rows[0].standardError, first.squareRoot(), tolerance: 1e-12, "error")
    expectClose(
      rows[1].standardError, (first + 1.0 / 126).squareRoot(), tolerance: 1e-12, "error")
  }

  @Test(arguments: [
    (ModelFamily.probit, -0.674_489_750_196_081_7), (.cloglog, -1.245_899_323_707_238),
  ])
  func `one of four says yes`(family: ModelFamily, predictor: Double) throws {
    let survey = try groups([1, 0, 0, 0, 1, 1, 1, 0])
    let rows = try survey.fit("y ~ factor(g)", family: family).rows
    expectClose(rows[0].estimate, predictor, tolerance: 1e-12, family.rawValue)
  }

  @Test(arguments: ModelFamily.allCases)
  func `a link and its inverse agree, and slopes are slopes`(family: ModelFamily) {
    let link = family.link
    for eta in [-2.0, -0.3, 0.1, 1.4] {
      expectClose(link.predictor(link.mean(eta)), eta, tolerance: 1e-12, "\(link) at \(eta)")
      let h = 1e-5
      expectClose(
        link.slope(eta), (link.mean(eta + h) - link.mean(eta - h)) / (2 * h), tolerance: 1e-7,
        "slope of \(link) at \(eta)")
      expectClose(
        link.curvature(eta), (link.slope(eta + h) - link.slope(eta - h)) / (2 * h),
        tolerance: 1e-6, "curvature of \(link) at \(eta)")
    }
  }

  @Test(arguments: [ModelFamily.logistic, .probit, .cloglog])
  func `separation does not depend on the link`(family: ModelFamily) throws {
    let above = try groups([0, 1, 0, 1, 1, 1, 1, 1])
    let below = try groups([0, 0, 0, 0, 1, 0, 1, 0])
    #expect(
      message { _ = try above.fit("y ~ factor(g)", family: family) }.hasPrefix(
        "'y' is always 1 where 'g' is b (4 respondents)"))
    #expect(
      message { _ = try below.fit("y ~ factor(g)", family: family) }.hasPrefix(
        "'y' is always 0 where 'g' is a (4 respondents)"))
  }

  @Test func `large counts are reached from far away`() throws {
    let survey = try groups([1e6, 2e6, 3e6, 2e6, 1, 0, 3, 0])
    let rows = try survey.fit("y ~ factor(g) - 1", family: .poisson).rows
    expectClose(rows[0].estimate, 14.508_657_738_524_219, tolerance: 1e-12, "ln 2e6")
    expectClose(rows[1].estimate, 0, tolerance: 1e-9, "ln 1")
  }

  @Test func `an outcome that does not fit its family is refused`() throws {
    let counts = try groups([1, -1, 3, 4, -9, 5, 7, 7])
    #expect(
      message { _ = try counts.fit("y ~ x", family: .poisson) } == """
        y: a poisson model needs counts from 0 up; it has -1 or the like in 2 rows
              Declare codes below 0 as missing, or leave them out.
        """)
    let amounts = try groups([1, 0, 3, 4, 2, 5, 7, 7])
    #expect(
      message { _ = try amounts.fit("y ~ x", family: .gamma) } == """
        y: a gamma model needs amounts above 0; it has 0 in one row
              Choose --family poisson, which allows 0, or a subpopulation with --where.
        """)
    let nothing = try groups([0, 0, 0, 0, 0, 0, 0, 0])
    #expect(
      message { _ = try nothing.fit("y ~ x", family: .poisson) }.hasPrefix(
        "y: is 0 for all 8 respondents of the model, so there is nothing to explain"))
    #expect(
      message { _ = try counts.fit("y ~ x", family: .probit) }.hasPrefix(
        "y: a probit model needs an outcome of two values; it has -9, -1, 1, 3, 4, 5, 7"))
  }

  @Test func `decimals among counts are said`() throws {
    let survey = try groups([1, 0.5, 3, 4, 2, 5, 7, 7])
    #expect(
      try survey.fit("y ~ x", family: .poisson).notes.map(\.description) == [
        "y: is modelled as a mean of counts, and has decimals, such as 0.5"
      ])
  }
}
