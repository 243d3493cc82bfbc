import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite("Margins of several answers")
struct ChoiceMarginTests {
  private func survey(answers: Int, reversed: Bool = false) throws -> Survey {
    let sample = Answers.sample()
    func values(_ name: String) -> [Double] {
      guard case .numbers(let column)? = sample.first(where: { $0.name == name })?.column else {
        return []
      }
      return column.values
    }
    let (y, score) = (values("y"), values("score"))
    // Answers that lean on y and the score, so that all categories occur.
    let answer = y.indices.map { row in
      answers == 2 ? y[row] + 1 : y[row] + (score[row] > 1.5 ? 2 : 1)
    }.map { reversed ? Double(answers) + 1 - $0 : $0 }
    return try Answers.survey(
      sample + [("a", Answers.numbers(answer))], weight: "w", strata: "stratum", psu: ["psu"])
  }

  private static func options(_ covariates: Covariates) -> MarginOptions {
    var options = MarginOptions()
    options.covariates = covariates
    return options
  }

  private func expectSame(
    _ a: [MarginalEffects.Row], _ b: [MarginalEffects.Row], tolerance: Double = 1e-9,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(a.count == b.count, sourceLocation: sourceLocation)
    for (first, second) in zip(a, b) {
      expectClose(
        first.difference.estimate, second.difference.estimate, tolerance: tolerance, first.term,
        sourceLocation: sourceLocation)
      expectClose(
        first.difference.standardError, second.difference.standardError, tolerance: tolerance,
        first.term, sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: CategoryFamily.allCases, Covariates.allCases)
  func `two answers have the margins of a logistic model`(
    family: CategoryFamily, covariates: Covariates
  ) throws {
    let survey = try survey(answers: 2)
    let options = Self.options(covariates)
    let formula = "a ~ x * factor(g) + I(x ^ 2)"
    let chosen = try survey.fit(formula, categories: family)
      .margins(of: ["x", "g"], over: "sex", options: options).rows
    let logistic = try survey.fit(formula.replacing("a ~", with: "a == 2 ~")).margins(
      of: ["x", "g"], over: "sex", options: options)
    expectSame(chosen.filter { $0.outcome?.code == "2" }, logistic.rows)
  }

  @Test(arguments: CategoryFamily.allCases, Covariates.allCases)
  func `the order of the answers changes no effect`(
    family: CategoryFamily, covariates: Covariates
  ) throws {
    let formula = "a ~ x * factor(g)"
    let options = Self.options(covariates)
    let fits = try [false, true].map {
      try survey(answers: 3, reversed: $0).fit(formula, categories: family)
        .margins(of: ["x", "g"], options: options).rows
    }
    for answer in ["1", "2", "3"] {
      let other = "\(4 - (Int(answer) ?? 0))"
      expectSame(
        fits[0].filter { $0.outcome?.code == answer }, fits[1].filter { $0.outcome?.code == other })
    }
    for term in ["x", "g=2"] {
      let sum = fits[0].filter { $0.term == term }.reduce(0) { $0 + $1.difference.estimate }
      #expect(abs(sum) < 1e-12)
    }
  }

  @Test(arguments: CategoryFamily.allCases)
  func `merged respondents have the same margins`(family: CategoryFamily) throws {
    let survey = try MarginPropertyTests.manySurvey(psu: ["psu"])
    let options = Self.options(.joint)
    let merged = try survey.fit("g ~ y + sex", categories: family)
    let apart = try survey.fit("g ~ y + sex + zero", categories: family)
    for group in [nil, "stratum"] {
      expectSame(
        try merged.margins(of: "y", over: group, options: options).rows,
        try apart.margins(of: "y", over: group, options: options).rows, tolerance: 1e-8)
    }
  }

  @Test(arguments: CategoryFamily.allCases)
  func `slopes are those of the predicted chances, and points have the errors of their gradient`(
    family: CategoryFamily
  ) throws {
    let fit = try survey(answers: 3).fit("a ~ x + factor(g)", categories: family)
    let h = 1e-4
    func chances(_ x: Double) throws -> [Predictions.Row] {
      try fit.predictions(at: Settings("x=\(x); g=2")).rows
    }
    let (above, below, here) = (try chances(0.5 + h), try chances(0.5 - h), try chances(0.5))
    let slopes = try fit.margins(of: ["x"], at: Settings("x=0.5; g=2")).rows
    for index in slopes.indices {
      expectClose(
        slopes[index].difference.estimate,
        (above[index].estimate - below[index].estimate) / (2 * h), tolerance: 1e-6, "slope")
    }
    #expect(abs(here.reduce(0) { $0 + $1.estimate } - 1) < 1e-12)
  }

  @Test(arguments: CategoryFamily.allCases)
  func `combinations know cut points, answers and what is zero`(family: CategoryFamily) throws {
    let fit = try survey(answers: 3).fit("a ~ x * factor(g)", categories: family)
    func parameter(_ term: String, _ outcome: String? = nil) throws -> Double {
      try #require(fit.rows.first { $0.term == term && $0.outcome?.code == outcome }).estimate
    }
    if family == .ordinal {
      let contrasts = try fit.contrasts(["2|3 - 1|2", "g=3 - g=1", "2 * g=2:x"]).rows
      let expected = try [
        parameter("2|3") - parameter("1|2"), parameter("g=3"), 2 * parameter("x:g=2"),
      ]
      for (row, value) in zip(contrasts, expected) {
        expectClose(row.difference.estimate, value, tolerance: 1e-12, row.contrast)
      }
    } else {
      let contrasts = try fit.contrasts(["3:x - 2:x", "2:g=3 - 1:g=3", "3:g=1 + 3:g=2:x"]).rows
      let expected = try [
        parameter("x", "3") - parameter("x", "2"), parameter("g=3", "2"), parameter("x:g=2", "3"),
      ]
      for (row, value) in zip(contrasts, expected) {
        expectClose(row.difference.estimate, value, tolerance: 1e-12, row.contrast)
      }
      #expect(throws: SurveyError.self) { try fit.contrasts(["x"]) }
    }
  }
}
