import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite("What margins must be")
struct MarginPropertyTests {
  private func survey(
    _ columns: [(name: String, column: Column)] = Answers.sample(), weight: String = "w",
    psu: [String] = ["psu"], subpopulation: Expression? = nil
  ) throws -> Survey {
    try Answers.survey(
      columns, weight: weight, strata: "stratum", psu: psu, subpopulation: subpopulation)
  }

  private static func options(_ covariates: Covariates) -> MarginOptions {
    var options = MarginOptions()
    options.covariates = covariates
    return options
  }

  @Test(arguments: [["psu"], []])
  func `effects in a linear model are its coefficients`(psu: [String]) throws {
    let fit = try survey(psu: psu).fit("score ~ x + factor(g) + factor(sex)")
    let effects = try fit.margins(of: ["x", "g", "sex"]).rows
    #expect(effects.map(\.term) == ["x", "g=2", "g=3", "sex=2"])
    for (effect, row) in zip(effects, fit.rows.dropFirst()) {
      expectClose(effect.difference.estimate, row.estimate, tolerance: 1e-11, row.term)
      expectClose(effect.difference.standardError, row.standardError, tolerance: 1e-9, row.term)
    }
  }

  @Test(arguments: [["psu"], []])
  func `effects of one factor are the differences of a table of shares`(psu: [String]) throws {
    let survey = try survey(psu: psu)
    let effects = try survey.fit("y ~ factor(g)").margins(of: "g").rows
    let shares = try survey.compare("y", across: "g", options: EstimationOptions()).rows
    #expect(effects.count == 2)
    for (effect, share) in zip(effects, shares) {
      let (a, b) = (effect.difference, share.difference)
      expectClose(a.estimate, b.estimate, tolerance: 1e-11, effect.term)
      expectClose(a.standardError, b.standardError, tolerance: 1e-9, effect.term)
    }
    let predictions = try survey.fit("y ~ factor(g)").predictions(at: "g=all").rows
    let means = try survey.summarize("y", by: ["g"]).rows
    for (prediction, mean) in zip(predictions, means) {
      expectClose(prediction.estimate, mean.estimate, tolerance: 1e-11, "mean")
      expectClose(prediction.standardError, mean.standardError, tolerance: 1e-9, "mean")
    }
  }

  @Test func `nothing depends on the order of the rows or the scale of the weights`() throws {
    let formula = "y ~ x * factor(g) + log(x + 3)"
    let settings = try Settings("x=-1,1; g=2")
    let plain = try survey().fit(formula)
    let others = [
      try survey(Answers.sample { $0 * 77 % 240 }).fit(formula),
      try survey(weight: "w * 1000").fit(formula),
    ]
    for covariates in Covariates.allCases {
      let options = Self.options(covariates)
      let expected = try plain.margins(of: ["x", "g"], over: "sex", options: options)
      let points = try plain.predictions(at: settings, options: options)
      for other in others {
        let found = try other.margins(of: ["x", "g"], over: "sex", options: options)
        for (a, b) in zip(found.estimates.values, expected.estimates.values) {
          expectClose(a, b, tolerance: 1e-9, "effect")
        }
        for (a, b) in zip(found.differences, expected.differences) {
          expectClose(
            a.difference.standardError, b.difference.standardError, tolerance: 1e-8, "difference")
        }
        for (a, b) in zip(
          try other.predictions(at: settings, options: options).rows, points.rows)
        {
          expectClose(a.standardError, b.standardError, tolerance: 1e-8, "prediction")
        }
      }
    }
  }

  @Test func `sampled covariates never make predictions surer`() throws {
    let fit = try survey().fit("y ~ x * factor(g)")
    let fixed = try fit.predictions(at: "g=1,2,3")
    let sampled = try fit.predictions(at: "g=1,2,3", options: Self.options(.sampled))
    for (a, b) in zip(fixed.rows, sampled.rows) {
      #expect(a.estimate == b.estimate)
      #expect(b.standardError >= a.standardError)
    }
  }

  @Test func `at one point sampled covariates add nothing`() throws {
    let fit = try survey().fit("y ~ x + factor(g)")
    let points = try Covariates.allCases.map {
      try fit.predictions(at: "g=2; x=0.5", options: Self.options($0)).rows[0].standardError
    }
    expectClose(points[1], points[0], tolerance: 1e-10, "sampled")
    expectClose(points[2], points[0], tolerance: 1e-10, "joint")
  }

  @Test func `effects are differences of predictions`() throws {
    let fit = try survey().fit("y ~ x * factor(g) + factor(sex)")
    let effects = try fit.margins(of: "g", over: "sex").rows
    let predictions = try fit.predictions(at: "g=1,2,3", over: "sex").estimates.values
    for (index, effect) in effects.enumerated() {
      let (level, group) = (index / 2 + 1, index % 2)
      expectClose(
        effect.difference.estimate, predictions[level * 2 + group] - predictions[group],
        tolerance: 1e-11, effect.term)
    }
  }

  @Test func `pairwise and sequential contrasts are differences of those with the reference`()
    throws
  {
    let fit = try survey().fit("y ~ x + factor(g)")
    let reference = try fit.margins(of: "g").rows.map(\.difference.estimate)
    var options = MarginOptions()
    options.contrasts = .pairwise
    let pairwise = try fit.margins(of: "g", options: options)
    #expect(pairwise.rows.map(\.contrast) == ["2 - 1", "3 - 1", "3 - 2"])
    expectClose(
      pairwise.rows[2].difference.estimate, reference[1] - reference[0], tolerance: 1e-12, "3 - 2")
    #expect(pairwise.tests[0].df1 == 2)
    options.contrasts = .sequential
    let sequential = try fit.margins(of: "g", options: options)
    #expect(sequential.rows.map(\.contrast) == ["2 - 1", "3 - 2"])
    expectClose(
      sequential.tests[0].statistic, pairwise.tests[0].statistic, tolerance: 1e-8, "joint test")
  }

  @Test func `a variable that others are derived from takes them along`() throws {
    let dataset = try Dataset(MemorySource(Answers.sample())).deriving([
      DerivedVariable(Variable("square"), rule: .expression("x * x / 2"))
    ])
    let survey = try Survey(
      dataset, weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
    let derived = try survey.fit("y ~ x + square")
    let written = try survey.fit("y ~ x + I(x ^ 2 / 2)")
    for settings in ["x=0.5", "x=min,mean,max"] {
      let (a, b) = (
        try derived.predictions(at: settings).rows, try written.predictions(at: settings).rows
      )
      for (first, second) in zip(a, b) {
        expectClose(first.estimate, second.estimate, tolerance: 1e-10, settings)
      }
    }
    let (a, b) = (try derived.margins(of: "x").rows[0], try written.margins(of: "x").rows[0])
    expectClose(a.difference.estimate, b.difference.estimate, tolerance: 1e-10, "slope")
    expectClose(a.difference.standardError, b.difference.standardError, tolerance: 1e-9, "error")
  }

  @Test func `words stand for weighted summaries of the respondents`() throws {
    let survey = try Answers.survey(
      [
        ("y", Answers.numbers([1, 2, 4, 3, 9, 7])), ("x", Answers.numbers([1, 2, 3, 5, 8, 5])),
        ("g", Answers.codes(["a", "b", "b", "a", "b", "a"], ["a", "b"])),
        ("w", Answers.numbers([1, 1, 1, 1, 4, 1])),
      ], codebook: Answers.codebook([("g", ["a", "b"])]), weight: "w")
    let fit = try survey.fit("y ~ x + g")
    func answers(_ settings: String) throws -> [String] {
      try fit.predictions(at: settings).rows.map { row in
        row.answers.map(\.answer.text).joined(separator: " ")
      }
    }
    #expect(try answers("x=min,max,median,mode") == ["1", "8", "5", "8"])
    #expect(
      try answers("x=mean").first.flatMap(Double.init).map { abs($0 - 48.0 / 9) < 1e-12 } == true)
    #expect(try answers("g=mode; x=1,2") == ["b 1", "b 2"])
    #expect(try answers("g=all") == ["a", "b"])
    #expect(try answers("`g`='a' ; x = 4") == ["a 4"])
  }

  @Test func `a slope by hand`() throws {
    // y = x² exactly, so that the slope is 2x, 6 on average over the weights.
    let survey = try Answers.survey(
      [
        ("y", Answers.numbers([1, 4, 9, 16])), ("x", Answers.numbers([1, 2, 3, 4])),
        ("w", Answers.numbers([1, 1, 1, 3])),
      ], weight: "w")
    let fit = try survey.fit("y ~ I(x ^ 2)")
    let slope = try fit.margins(of: "x").rows[0]
    expectClose(slope.difference.estimate, 6, tolerance: 1e-10, "slope")
    let at = try fit.margins(of: "x", at: Settings("x=10")).rows[0]
    expectClose(at.difference.estimate, 20, tolerance: 1e-10, "slope at 10")
  }

  /// The sample 90 times over, with categories, so that respondents are merged.
  static func manySurvey(psu: [String]) throws -> Survey {
    let sample = Answers.sample()
    func values(_ name: String) -> [Double] {
      guard case .numbers(let column)? = sample.first(where: { $0.name == name })?.column else {
        return []
      }
      return (0..<90).flatMap { _ in column.values }
    }
    func codes(_ name: String, _ categories: [String]) -> Column {
      Answers.codes(values(name).map { "\(Int($0))" }, categories)
    }
    return try Answers.survey(
      [
        ("g", codes("g", ["1", "2", "3"])), ("sex", codes("sex", ["1", "2"])),
        ("y", codes("y", ["0", "1"])), ("zero", Answers.numbers(values("y").map { _ in 0 })),
        ("w", Answers.numbers(values("w").enumerated().map { $1 + Double($0 % 7) })),
        ("stratum", Answers.numbers(values("stratum"))), ("psu", Answers.numbers(values("psu"))),
      ],
      codebook: Answers.codebook([
        ("g", ["1", "2", "3"]), ("sex", ["1", "2"]), ("y", ["0", "1"]),
      ]), weight: "w", strata: "stratum", psu: psu)
  }

  @Test(arguments: [["psu"], []])
  func `merged respondents have the same margins`(psu: [String]) throws {
    let survey = try Self.manySurvey(psu: psu)
    let merged = try survey.fit("y ~ g * sex")
    let apart = try survey.fit("y ~ g * sex + zero")
    for covariates in Covariates.allCases {
      let options = Self.options(covariates)
      // The model itself does not know the strata, so that rows take the place of patterns.
      for group in ["sex", "stratum"] {
        let (a, b) = (
          try merged.margins(of: "g", over: group, options: options),
          try apart.margins(of: "g", over: group, options: options)
        )
        #expect(a.rows.map(\.count) == b.rows.map(\.count))
        for (first, second) in zip(a.estimates.values, b.estimates.values) {
          expectClose(first, second, tolerance: 1e-9, "estimate")
        }
        for (first, second) in zip(a.estimates.standardErrors, b.estimates.standardErrors) {
          expectClose(first, second, tolerance: 1e-8, "error")
        }
      }
    }
    #expect(try merged.predictions(at: "g=mode; sex=all").rows.count == 2)
  }

  @Test(arguments: ["spline(x, 6)", "poly(x, 4)", "x + I(x ^ 3 / 10)", "exp(x / 2) + log(x + 9)"])
  func `slopes are those of the curve, beyond the data too`(term: String) throws {
    let fit = try survey().fit("score ~ \(term) + factor(g)")
    let h = 0.01
    // -3 and 3 lie outside the data, where the cubics of the ends go on.
    for x in [-3, -0.3, 1.1, 3] {
      func curve(_ steps: Double) throws -> Double {
        try fit.predictions(at: "x=\(x + steps * h)").rows[0].estimate
      }
      let expected = try (8 * (curve(1) - curve(-1)) - (curve(2) - curve(-2))) / (12 * h)
      let slope = try fit.margins(of: "x", at: Settings("x=\(x)")).rows[0].difference.estimate
      expectClose(slope, expected, tolerance: 1e-7, "\(term) at \(x)")
    }
  }
}
