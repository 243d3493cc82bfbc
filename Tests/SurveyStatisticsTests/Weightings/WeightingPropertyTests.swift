import SurveyData
import Testing
import VektTestSupport

@testable import SurveyStatistics

@Suite("What weights fitted to totals are like") struct WeightingPropertyTests {
  private func weighting(
    _ adjustment: WeightAdjustment, _ totals: PopulationTotals? = WeightingReferenceTests.totals
  ) throws -> Weighting {
    try WeightingReferenceTests.weighting(adjustment, totals)
  }

  @Test func `raking leaves alone what fits already`() throws {
    let once = try weighting(WeightAdjustment(.rake, by: ["sex", "g"]))
    var twice = once
    try twice.take(
      WeightingStep(
        WeightAdjustment(.rake, by: ["g", "sex"]), totals: WeightingReferenceTests.totals))
    expectClose(twice.weights, once.weights, tolerance: 1e-11)
  }

  @Test func `one margin is raked, calibrated and post-stratified to the same weights`() throws {
    let cells = try weighting(WeightAdjustment(.poststratify, by: ["g"])).weights
    for other in [
      WeightAdjustment(.rake, by: ["g"]), WeightAdjustment(.calibrate, formula: "factor(g)"),
      WeightAdjustment(.calibrate, formula: "factor(g)", method: .raking),
      WeightAdjustment(.calibrate, formula: "factor(g)", method: .logit, bounds: 0.2...4),
    ] {
      expectClose(try weighting(other).weights, cells, tolerance: 1e-10)
    }
  }

  @Test func `raking and calibrating by exponentials are one`() throws {
    expectClose(
      try weighting(WeightAdjustment(.rake, by: ["sex", "g"])).weights,
      try weighting(
        WeightAdjustment(.calibrate, formula: "factor(sex) + factor(g)", method: .raking)
      ).weights,
      tolerance: 1e-10)
  }

  @Test func `shares are taken of the weights, or of all where they are given`() throws {
    let shares = ["1", "2", "3"].map { PopulationTotals.Line("g", $0, $0 == "1" ? 0.4 : 0.3) }
    let own = try weighting(
      WeightAdjustment(.rake, by: ["g"]), PopulationTotals(shares, name: "t"))
    expectClose([own.weights.reduce(0, +)], [13957.95439], tolerance: 1e-12)
    let all = try weighting(
      WeightAdjustment(.rake, by: ["g"]),
      PopulationTotals(shares + [.init("(all)", "", 500)], name: "t"))
    expectClose([all.weights.reduce(0, +)], [500], tolerance: 1e-12)
    expectClose(all.lines.map(\.target), [200, 150, 150], tolerance: 1e-12)
  }

  @Test func `a mean is fitted by hand`() throws {
    // Weights 1, 1, 2 with x = 0, 1, 2: to Σw = 4 and Σwx = 6 with λ solving the normal equations.
    let survey = try Survey(
      Places.dataset(csv: "x,w\n0,1\n1,1\n2,2\n"),
      weight: WeightDeclaration("w", source: .variable("w")))
    let totals = PopulationTotals([.init("(all)", "", 4), .init("x", "", 6)], name: "t")
    let weighting = try WeightingReferenceTests.weighting(
      WeightAdjustment(.calibrate, formula: "x"), totals, of: survey)
    // Σw x = 5, Σw x² = 9: λ₁ = 4∕11, λ₀ = −5∕11.
    expectClose(weighting.weights, [6.0 / 11, 10.0 / 11, 28.0 / 11], tolerance: 1e-12)
  }

  @Test func `weights are normalized to n, N and a number`() throws {
    for (target, sum) in [("n", 308.0), ("N", 13957.95439), ("1000", 1000)] {
      let found = try weighting(WeightAdjustment(.normalize, target: target), nil)
      expectClose([found.weights.reduce(0, +)], [sum], tolerance: 1e-12)
    }
  }

  @Test func `Kish's design effect is that of hand`() {
    let summary = WeightFigures([1, 1, 2, 0])
    expectClose([summary.designEffect, summary.effectiveCount], [3.0 * 6 / 16, 16.0 / 6])
    #expect(WeightFigures([3, 3]).designEffect == 1)
  }

  @Test func `a million rows of few patterns are fitted as their patterns`() throws {
    let weighting = try weighting(WeightAdjustment(.rake, by: ["sex", "g"]))
    let frame = try CalibrationFrame.margins(
      of: ["sex", "g"], in: weighting.survey.dataset, weights: weighting.survey.weights.values)
    #expect(frame.patterns.count == 6)
    #expect(frame.columns.count == 5)
  }

  // MARK: Where a codebook says how weights came about

  @Test func `the codebook names the weight before every step`() throws {
    var weighting = Weighting(try WeightingReferenceTests.survey())
    for step in [
      WeightAdjustment(.nonresponse, by: ["g"], responded: "z == 1"),
      WeightAdjustment(.rake, by: ["sex", "g"], totals: "t.csv"),
      WeightAdjustment(.trim, bounds: 0.2...4),
    ] {
      try weighting.take(WeightingStep(step, totals: WeightingReferenceTests.totals))
    }
    let dataset = try weighting.dataset(naming: "new")
    let weight = try #require(dataset.codebook.defaultWeight)
    #expect(weight.adjustments.map(\.before) == ["w", "new_step2", ""])
    #expect(weight.adjustments.map(\.step) == [.nonresponse, .rake, .trim])
    let before = try dataset.numeric("new_step2").values
    expectClose([before.reduce(0, +)], [13957.95439], tolerance: 1e-12)
    #expect(before.count { $0 == 0 } > 100)
    #expect(try dataset.numeric("new").values == weighting.weights)
    var again = Weighting(try Survey(dataset))
    #expect(throws: SurveyError.self) { try again.replicate(ReplicatePlan(.jkn)) }
  }

  @Test func `replicates of a first stage of which much was drawn say what they leave out`() throws
  {
    let stages = DesignDeclaration(
      strata: "stratum", psu: ["psu", "ssu"], fpc: ["fpc1", "fpc2"])
    for (design, ids) in [
      (stages, ["weight.first-stage"]),
      (DesignDeclaration(strata: "stratum", psu: ["psu"]), []),
    ] {
      var weighting = Weighting(try WeightingReferenceTests.survey(design))
      try weighting.replicate(ReplicatePlan(.jkn))
      #expect(weighting.notes.map(\.id) == ids)
    }
  }

  @Test func `rows without any weight begin with one each`() throws {
    let survey = try Survey(Places.dataset(csv: "a\n1\n1\n2\n"))
    let totals = PopulationTotals([.init("a", "1", 30), .init("a", "2", 70)], name: "t")
    let weighting = try WeightingReferenceTests.weighting(
      WeightAdjustment(.rake, by: ["a"]), totals, of: survey)
    expectClose(weighting.weights, [15, 15, 70], tolerance: 1e-12)
    let dataset = try weighting.dataset(naming: "new")
    #expect(dataset.codebook.defaultWeight?.adjustments[0].before == "new_step1")
    #expect(try dataset.numeric("new_step1").values == [1, 1, 1])
  }

  // MARK: Bad input

  private func problem(
    _ adjustment: WeightAdjustment, _ lines: [PopulationTotals.Line]? = nil
  ) -> String {
    do {
      _ = try weighting(
        adjustment,
        lines.map { PopulationTotals($0, name: "totals.csv") } ?? WeightingReferenceTests.totals)
      return ""
    } catch { return "\(error)" }
  }

  @Test func `every fault of totals has its sentence`() throws {
    let rake = WeightAdjustment(.rake, by: ["sex", "g"])
    let lines = WeightingReferenceTests.totals.lines
    #expect(
      problem(rake, lines.map { $0.variable == "g" ? .init("g", $0.category, $0.total + 1) : $0 })
        .contains(
          "the totals contradict each other: those of 'g' add up to 19003, those of 'sex' to 19000")
    )
    #expect(
      problem(rake, lines.filter { $0.category != "3" }).contains(
        "totals.csv: has no total of '3' of 'g', which the sample has"))
    #expect(
      problem(rake, lines + [.init("g", "4", 10, place: "totals.csv: row 6")]).contains(
        "totals.csv: row 6: 'g' has no code '4'"))
    #expect(problem(rake, lines + [.init("g", "4", 0)]).isEmpty)
    let survey = try Survey(
      Places.dataset(csv: "a,w\n1,1\n2,0\n"),
      weight: WeightDeclaration("w", source: .variable("w")))
    let absent = #expect(throws: SurveyError.self) {
      try WeightingReferenceTests.weighting(
        WeightAdjustment(.rake, by: ["a"]),
        PopulationTotals([.init("a", "1", 1), .init("a", "2", 3)], name: "t"), of: survey)
    }
    #expect(
      absent?.problem == "nobody in the sample with a weight is in '2' of 'a', and its total is 3")
    #expect(
      problem(rake, lines.filter { $0.variable != "g" }).contains(
        "totals.csv: has no totals of 'g'"))
    #expect(
      problem(WeightAdjustment(.calibrate, formula: "g"), lines).contains(
        "has no total of everybody, which the formula needs"))
    #expect(
      problem(WeightAdjustment(.calibrate, formula: "g - 1"), lines).contains(
        "has totals of the categories of 'g', which is a number here"))
    #expect(
      problem(WeightAdjustment(.calibrate, formula: "factor(g) + nothing"), lines).contains(
        "no variable 'nothing'"))
    #expect(
      problem(WeightAdjustment(.rake, by: ["xm"]), lines).contains("'xm' is missing"))
  }

  @Test func `bounds without room and margins that do not settle are said`() throws {
    let formula = "factor(sex) + factor(g)"
    #expect(
      problem(
        WeightAdjustment(.calibrate, formula: formula, method: .logit, bounds: 0.9...1.2)
      ).contains("no factors from 0.9 to 1.2 meet the totals: "))
    #expect(
      problem(WeightAdjustment(.calibrate, formula: formula, method: .logit)).contains(
        "the method logit has its factors between bounds"))
    #expect(
      problem(WeightAdjustment(.calibrate, formula: formula, bounds: 2...3)).contains(
        "the bounds of factors lie on both sides of 1"))
    #expect(
      problem(WeightAdjustment(.trim, bounds: 0.999...1.001)).contains(
        "no weights from 0.999 to 1.001 medians have the same sum"))
    let survey = try Survey(Places.dataset(csv: "a,b\n1,1\n2,2\n"))
    let totals = PopulationTotals(
      [.init("a", "1", 1), .init("a", "2", 3), .init("b", "1", 2), .init("b", "2", 2)], name: "t")
    let error = #expect(throws: SurveyError.self) {
      try WeightingReferenceTests.weighting(
        WeightAdjustment(.rake, by: ["a", "b"]), totals, of: survey)
    }
    #expect(error?.problem.contains("the margins do not settle in 1000 rounds") == true)
  }

  @Test func `negative weights of a linear calibration are counted and said`() throws {
    let survey = try Survey(Places.dataset(csv: "x\n0\n1\n2\n3\n"))
    let totals = PopulationTotals([.init("(all)", "", 4), .init("x", "", 12)], name: "t")
    let weighting = try WeightingReferenceTests.weighting(
      WeightAdjustment(.calibrate, formula: "x"), totals, of: survey)
    #expect(weighting.notes.map(\.id) == ["weight.negative"])
    #expect(weighting.notes[0].values == ["1", "-0.8", "1"])
    #expect(weighting.notes[0].text.hasSuffix("give --bounds 0,inf, or --method raking"))
  }

  @Test func `negative weights in replicates alone are said too`() throws {
    let survey = try Survey(Places.dataset(csv: "x\n0\n1\n2\n3\n"))
    let totals = PopulationTotals([.init("(all)", "", 4), .init("x", "", 8.4)], name: "t")
    var weighting = try WeightingReferenceTests.weighting(
      WeightAdjustment(.calibrate, formula: "x"), totals, of: survey)
    #expect(weighting.notes.isEmpty)
    try weighting.replicate(ReplicatePlan(.jk1))
    #expect(weighting.notes.map(\.id) == ["weight.negative-replicates"])
  }

  @Test func `a class in which nobody answered is said`() throws {
    let survey = try Survey(Places.dataset(csv: "c,r\n1,1\n1,0\n2,0\n"))
    let error = #expect(throws: SurveyError.self) {
      try WeightingReferenceTests.weighting(
        WeightAdjustment(.nonresponse, by: ["c"], responded: "r == 1"), nil, of: survey)
    }
    #expect(
      error?.problem.hasPrefix("nobody answered in '2'") == true)
  }
}
