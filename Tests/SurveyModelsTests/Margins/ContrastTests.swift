import SurveyData
import SurveyModels
import SurveyStatistics
import Testing
import VektTestSupport

@Suite("Written-out contrasts")
struct ContrastTests {
  @Test func `combinations of coefficients as svycontrast has them`() throws {
    let fit = try goldenSurvey().fit("z ~ x * factor(g) + sex")
    let expected = try Places.reference("SurveyModelsTests/Reference/contrasts.csv")
    #expect(expected.count == 7)
    let contrasts = try fit.contrasts(expected.compactMap { $0["contrast"] })
    for (found, row) in zip(contrasts.rows, expected) {
      let estimate = try #require(row["estimate"].flatMap(Double.init))
      let error = try #require(row["std_error"].flatMap(Double.init))
      expectClose(found.difference.estimate, estimate, tolerance: 1e-8, found.contrast)
      expectClose(found.difference.standardError, error, tolerance: 1e-7, found.contrast)
      #expect(found.difference.degreesOfFreedom == fit.rows[0].degreesOfFreedom)
    }
  }

  private func fit() throws -> ModelFit {
    try Answers.survey(Answers.sample(), weight: "w", strata: "stratum", psu: ["psu"])
      .fit("score ~ x + factor(g) + factor(sex)")
  }

  @Test func `two contrasts are tested together as their term is`() throws {
    let fit = try fit()
    let contrasts = try fit.contrasts(["g=2", "g=3 - g=2"])
    let term = try #require(fit.tests.first { $0.term == "g" })
    expectClose(contrasts.tests[0].statistic, term.statistic, tolerance: 1e-9, "F")
    #expect(contrasts.tests[0].df2 == term.df2)
    #expect(contrasts.rows[0].difference.interval == fit.rows[2].interval)
    #expect(try fit.contrasts(["g=2"]).tests.isEmpty)
  }

  @Test(arguments: [
    ("g=4", "there is no coefficient 'g=4'"), ("g=2 -", "a coefficient is missing at the end"),
    ("exp(g=2", "a ')' is missing"), ("g=2 g=3", "'g' stands where an operator"),
    ("sqr(x)", "there is no coefficient 'sqr'"), ("`g=2", "never closed"),
    ("", "a coefficient is missing"), ("log(-1 * exp(x))", "has no finite value"),
    ("g=22", "there is no coefficient 'g=22'"),
  ])
  func `a fault is shown where it is`(text: String, problem: String) throws {
    let fit = try fit()
    let error = #expect(throws: SurveyError.self) { try fit.contrasts([text]) }
    #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
  }

  @Test func `margins say what cannot be`() throws {
    let fit = try fit()
    func problem(_ body: () throws -> Void) -> String {
      do {
        try body()
        return ""
      } catch { return "\(error)" }
    }
    #expect(
      problem { _ = try fit.margins(of: "y") }.contains("is not among the model's predictors"))
    #expect(problem { _ = try fit.margins(of: "zz") }.contains("no variable 'zz'"))
    #expect(problem { _ = try fit.predictions(at: "g=7") }.contains("has no code '7'"))
    #expect(problem { _ = try fit.predictions(at: "x=big") }.contains("'big' is none"))
    #expect(problem { _ = try fit.predictions(at: "x") }.contains("sets nothing"))
    #expect(problem { _ = try fit.predictions(at: "x=1; x=2") }.contains("sets 'x' twice"))
    #expect(problem { _ = try fit.predictions(at: "") }.contains("no variable is set"))
    #expect(
      problem { _ = try fit.margins(of: "g", at: Settings("g=1")) }.contains("cannot be set"))
  }

  @Test func `a number that counts in steps has no slope`() throws {
    let survey = try Answers.survey(Answers.sample(), weight: "w")
    let fit = try survey.fit("score ~ I(x > 0) + log(x + 3)")
    #expect(try fit.margins(of: "x").rows.count == 1)
    let steps = try survey.fit("score ~ I(x > 0)")
    let error = #expect(throws: SurveyError.self) { try steps.margins(of: "x") }
    #expect(error?.problem == "is in the model in steps only, so it has no slope")
    let outside = #expect(throws: SurveyError.self) { try fit.predictions(at: "x=-5") }
    #expect(outside?.description.contains("log(x + 3): has no value where x=-5") == true)
  }
}
