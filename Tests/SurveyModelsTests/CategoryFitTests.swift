import Foundation
import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite("Models of several answers")
struct CategoryFitTests {
  private func survey(order: (Int) -> Int = { $0 }, weight: String = "w") throws -> Survey {
    try Answers.survey(
      Answers.sample(order: order), weight: weight, strata: "stratum", psu: ["psu"])
  }

  static let models: [(String, CategoryFamily)] = [
    ("g ~ x + factor(sex)", .ordinal), ("g ~ x * y", .ordinal),
    ("g ~ x + factor(sex)", .multinomial),
    ("g ~ factor(sex):x - 1", .multinomial),
  ]

  private func expectSame(
    _ a: CategoryFit, _ b: CategoryFit, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(a.rows.map(\.term) == b.rows.map(\.term), sourceLocation: sourceLocation)
    for (found, expected) in zip(a.rows, b.rows) {
      expectClose(
        found.estimate, expected.estimate, tolerance: 1e-8, found.term,
        sourceLocation: sourceLocation)
      expectClose(
        found.standardError, expected.standardError, tolerance: 1e-8, found.term,
        sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: models)
  func `neither the order of rows nor the unit of weights matters`(
    formula: String, family: CategoryFamily
  ) throws {
    let fit = try survey().fit(formula, categories: family)
    expectSame(fit, try survey(order: { $0 * 77 % 240 }).fit(formula, categories: family))
    expectSame(fit, try survey(weight: "w * 1000").fit(formula, categories: family))
  }

  @Test(arguments: models)
  func `a subpopulation is a weight of zero`(formula: String, family: CategoryFamily) throws {
    expectSame(
      try survey().restricted(to: Expression("y == 1 or x > 0")).fit(formula, categories: family),
      try survey(weight: "if(y == 1 or x > 0, w, 0)").fit(formula, categories: family))
  }

  @Test(arguments: CategoryFamily.allCases)
  func `two answers make a logistic model`(family: CategoryFamily) throws {
    let fit = try survey().fit("y ~ x + factor(g)", categories: family)
    let logit = try survey().fit("y ~ x + factor(g)")
    for row in logit.rows {
      let found = try #require(
        fit.rows.first { $0.term == (row.term == "(Intercept)" ? "0|1" : row.term) }
          ?? fit.rows.first { $0.term == row.term })
      // A cut point has the sign of the side below it.
      let sign: Double = found.term == "0|1" ? -1 : 1
      expectClose(sign * found.estimate, row.estimate, tolerance: 1e-8, row.term)
      expectClose(found.standardError, row.standardError, tolerance: 1e-8, row.term)
      #expect(found.degreesOfFreedom == row.degreesOfFreedom)
    }
    expectClose(fit.deviance, logit.deviance, tolerance: 1e-10, "deviance")
    expectClose(fit.nullDeviance, logit.nullDeviance, tolerance: 1e-10, "null deviance")
  }

  /// Shares 2/8, 5/8, 1/8: cut points ln(2/6) and ln(7/1), constants ln(5/2) and ln(1/2).
  @Test func `without terms a model is the shares of the answers`() throws {
    let survey = try Answers.survey([("v", Answers.numbers([1, 2, 2, 1, 2, 3, 2, 2]))])
    let ordinal = try survey.fit("v ~ 1", categories: .ordinal)
    #expect(ordinal.rows.map(\.term) == ["1|2", "2|3"])
    for (row, expected) in zip(ordinal.rows, [log(2.0 / 6), log(7.0)]) {
      expectClose(row.estimate, expected, tolerance: 1e-12, row.term)
    }
    let multinomial = try survey.fit("v ~ 1", categories: .multinomial)
    #expect(multinomial.rows.map { $0.outcome?.code } == ["2", "3"])
    for (row, expected) in zip(multinomial.rows, [log(5.0 / 2), log(1.0 / 2)]) {
      expectClose(row.estimate, expected, tolerance: 1e-12, row.term)
    }
  }

  /// A multinomial model of a factor gives the weighted shares within its categories.
  @Test func `a saturated model gives the observed shares`() throws {
    let survey = try survey()
    let fit = try survey.fit("g ~ factor(sex)", categories: .multinomial)
    let shares = try survey.tabulate("g", by: ["sex"]).rows
    let chances = try fit.predictions(at: "sex=1,2").rows
    #expect(chances.count == shares.count)
    for (found, share) in zip(chances, shares) {
      #expect(found.outcome?.code == share.category?.code)
      expectClose(found.estimate, share.estimate, tolerance: 1e-10, "share")
    }
  }

  @Test func `the base is the codebook's reference`() throws {
    let columns = [
      (
        "met",
        Answers.codes(["no", "yes", "no", "some", "yes", "some", "no"], ["no", "some", "yes"])
      ),
      ("x", Answers.numbers([1, 2, 3, 1, 5, 2, 4])),
    ]
    let codebook = Answers.codebook([("met", ["no", "some", "yes"])], reference: "some")
    let fit = try Answers.survey(columns, codebook: codebook)
      .fit("met ~ x", categories: .multinomial)
    #expect(fit.categories.map(\.code) == ["some", "no", "yes"])
    #expect(
      fit.rows.map { "\($0.outcome?.code ?? "") \($0.term)" } == [
        "no (Intercept)", "no x", "yes (Intercept)", "yes x",
      ])
    let ordinal = try Answers.survey(columns, codebook: codebook)
      .fit("met ~ x", categories: .ordinal)
    #expect(ordinal.rows.map(\.term) == ["x", "no|some", "some|yes"])
    #expect(ordinal.notes.map(\.id) == ["model.nominal-outcome"])
  }

  @Test func `answers that nobody gave are named`() throws {
    let survey = try Answers.survey(
      [
        ("v", Answers.codes(["a", "c", "a", "c", "d", "d"], ["a", "b", "c", "d"])),
        ("x", Answers.numbers([1, 2, 3, 1, 3, 2])),
      ], codebook: Answers.codebook([("v", ["a", "b", "c", "d"])]))
    let fit = try survey.fit("v ~ x", categories: .multinomial)
    #expect(fit.categories.map(\.code) == ["a", "c", "d"])
    #expect(
      fit.notes.map(\.description) == [
        "v: nobody in the model answered b, so it is left out of the outcome"
      ])
  }
}
