import SurveyData
import SurveyModels
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "Margins agree with R")
struct MarginReferenceTests {
  /// The made-up sample of the integration paradox.
  static func paradoxSurvey() throws -> Survey {
    try Survey(
      try Places.dataset("paradox.csv"),
      weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
  }

  static func paradoxFit() throws -> ModelFit {
    try paradoxSurvey().fit("discr ~ factor(edu) * gen + female + age")
  }

  private func expect(
    _ difference: Difference, _ estimate: Double, _ error: Double, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs(difference.estimate - estimate) < 1e-8, "\(what): \(difference.estimate)",
      sourceLocation: sourceLocation)
    expectClose(
      difference.standardError, error, tolerance: 5e-8 / error + 1e-7, what,
      sourceLocation: sourceLocation)
    #expect(difference.degreesOfFreedom == 24, sourceLocation: sourceLocation)
  }

  @Test func `reference case 4: coefficients`() throws {
    let expected = [
      -1.156624466964, 0.170481820835, 0.804913522986, 0.974316308322, 0.734981160968,
      -0.259584637632, -0.002625692205, 0.016166525907, 0.329805305986, 0.792796890433,
    ]
    for (row, estimate) in zip(try Self.paradoxFit().rows, expected) {
      expectClose(row.estimate, estimate, tolerance: 1e-9, row.term)
    }
  }

  @Test func `reference case 4: average marginal effects`() throws {
    let fit = try Self.paradoxFit()
    let effects = try fit.margins(of: ["edu", "gen", "age"]).rows
    #expect(effects.map(\.term) == ["edu=1", "edu=2", "edu=3", "gen=1", "age"])
    #expect(effects.map(\.contrast) == ["1 - 0", "2 - 0", "3 - 0", "1 - 0", "dY/dX"])
    expect(effects[0].difference, 0.03494879, 0.04526244, "edu 1")
    expect(effects[1].difference, 0.20927909, 0.03400348, "edu 2")
    expect(effects[2].difference, 0.29045032, 0.04296873, "edu 3")
    expect(effects[3].difference, 0.22162796, 0.04505025, "gen")
    expect(effects[4].difference, -0.00053940, 0.00148045, "age")
    var options = MarginOptions()
    options.covariates = .joint
    let sampled = try fit.margins(of: ["edu", "gen", "age"], options: options).rows
    expect(sampled[2].difference, 0.29045032, 0.04232950, "edu 3")
    expect(sampled[3].difference, 0.22162796, 0.04525623, "gen")
    expect(sampled[4].difference, -0.00053940, 0.00148050, "age")
  }

  @Test func `reference case 4: effects by group and second differences`() throws {
    let fit = try Self.paradoxFit()
    let within = try fit.margins(of: "edu", over: "gen")
    expect(within.rows[4].difference, 0.19697187, 0.05995269, "edu 3 in gen 0")
    expect(within.rows[5].difference, 0.40869533, 0.06417237, "edu 3 in gen 1")
    #expect(within.rows[5].place.group?.code == "1")
    #expect(within.differences.count == 3)
    let difference = within.differences[2].difference.estimate
    expectClose(difference, 0.40869533 - 0.19697187, tolerance: 1e-7, "difference")
    var options = MarginOptions()
    options.covariates = .joint
    let sampled = try fit.margins(of: "edu", over: "gen", options: options)
    expect(sampled.rows[4].difference, 0.19697187, 0.05991807, "edu 3 in gen 0")
    expect(sampled.rows[5].difference, 0.40869533, 0.06425191, "edu 3 in gen 1")

    let set = try fit.margins(of: "edu", at: Settings("gen=0,1"))
    expect(set.differences[2].difference, 0.21136989, 0.08959526, "interaction contrast")
    expectClose(set.differences[2].difference.pValue, 0.0267935, tolerance: 1e-5, "p")
    #expect(set.tests.map(\.test) == ["second-differences"])
    #expect(set.tests[0].df1 == 3)
    let sampledSet = try fit.margins(of: "edu", at: Settings("gen=0,1"), options: options)
    expect(sampledSet.differences[2].difference, 0.21136989, 0.08967050, "interaction contrast")
    let product = try #require(fit.tests.first { $0.term == "edu:gen" })
    expectClose(product.statistic, 1.708951722, tolerance: 1e-7, "product terms")
  }

  @Test func `reference case 4: adjusted predictions`() throws {
    let fit = try Self.paradoxFit()
    let expected = [
      (0.20040433, 0.03506401, 0.03532009), (0.34269284, 0.07495252, 0.07501954),
      (0.22903006, 0.03391905, 0.03392887), (0.38569786, 0.05089024, 0.05076760),
      (0.35854927, 0.04484107, 0.04467612), (0.61740072, 0.04877159, 0.04892660),
      (0.39820070, 0.05858865, 0.05879190), (0.75185909, 0.05436822, 0.05423226),
    ]
    var options = MarginOptions()
    options.covariates = .joint
    let fixed = try fit.predictions(at: "edu=0,1,2,3; gen=0,1").rows
    let sampled = try fit.predictions(at: "edu=0,1,2,3; gen=0,1", options: options).rows
    for (index, (estimate, error, wide)) in expected.enumerated() {
      #expect(abs(fixed[index].estimate - estimate) < 1e-8)
      expectClose(fixed[index].standardError, error, tolerance: 3e-7, "fixed \(index)")
      expectClose(sampled[index].standardError, wide, tolerance: 3e-7, "sampled \(index)")
    }
    let point = try #require(
      try fit.predictions(at: "edu=3; gen=1; female=0; age=40").rows.first)
    #expect(abs(point.estimate - 0.77564098) < 1e-8)
    expectClose(point.standardError, 0.05202503, tolerance: 2e-7, "point")
    #expect(abs(point.interval.low - 0.65099740) < 1e-8)
    #expect(abs(point.interval.high - 0.86500040) < 1e-8)
  }

  @Test func `predictive margins of R survey 4.5 on the golden sample`() throws {
    var options = MarginOptions()
    options.covariates = .sampled
    let rows = try goldenSurvey().fit("z ~ x + sex + factor(g)")
      .predictions(at: "g=1,2,3", options: options).rows
    // R's fit stops early, so its coefficients are right to the seventh digit and its information
    // matrix to the fifth.
    for (row, value) in zip(rows, try Golden.numbers("predmeans.est")) {
      expectClose(row.estimate, value, tolerance: 1e-7, "estimate")
    }
    for (row, value) in zip(rows, try Golden.numbers("predmeans.se")) {
      expectClose(row.standardError, value, tolerance: 1e-5, "error")
    }
  }

  static let cases: [[String: String]] =
    (try? Places.reference("SurveyModelsTests/Reference/margins.csv")) ?? []

  static let models = Array(
    Set(
      cases.map {
        Case(
          design: $0["design"] ?? "", family: $0["family"] ?? "",
          formula: $0["formula"] ?? "")
      })
  ).sorted { $0.testDescription < $1.testDescription }

  struct Case: Hashable, CustomTestStringConvertible {
    let design: String
    let family: String
    let formula: String

    var testDescription: String { "\(formula) (\(family), \(design))" }
  }

  @Test func `the table of reference values is there`() { #expect(!Self.models.isEmpty) }

  @Test(arguments: models)
  func `effects and predictions after products and expressions`(_ model: Case) throws {
    // A comma would end a field of the table.
    let fit = try goldenSurvey(model.design).fit(
      model.formula.replacing(";", with: ","), family: ModelFamily(rawValue: model.family))
    let expected = Self.cases.filter {
      $0["design"] == model.design && $0["family"] == model.family
        && $0["formula"] == model.formula
    }
    let over = expected.first?["over"].flatMap { $0.isEmpty ? nil : $0 }
    for row in expected {
      let term = row["term"] ?? ""
      let kind = row["kind"] ?? ""
      let variable = String(term.split(separator: "=")[0])
      var options = MarginOptions()
      options.covariates =
        kind.hasSuffix("joint") ? .joint : kind.hasSuffix("sampled") ? .sampled : .fixed
      let estimate = try #require(row["estimate"].flatMap(Double.init))
      let error = try #require(row["std_error"].flatMap(Double.init))
      if kind.hasPrefix("effect") {
        let found = try #require(
          try fit.margins(of: variable, over: over, options: options).rows.first {
            $0.term == term && ($0.place.group?.code ?? "all") == row["group"]
          })
        expectClose(found.difference.estimate, estimate, tolerance: 1e-8, "\(kind) \(term)")
        expectClose(found.difference.standardError, error, tolerance: 1e-7, "\(kind) \(term)")
      } else {
        let found = try #require(
          try fit.predictions(at: Settings(term), over: over, options: options).rows.first {
            ($0.group?.code ?? "all") == row["group"]
          })
        expectClose(found.estimate, estimate, tolerance: 1e-8, "\(kind) \(term)")
        expectClose(found.standardError, error, tolerance: 1e-7, "\(kind) \(term)")
      }
    }
  }
}
