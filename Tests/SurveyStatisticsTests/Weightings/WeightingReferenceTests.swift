import SurveyData
import Testing
import VektTestSupport

@testable import SurveyStatistics

/// Weights against R survey 4.1 on the golden sample; the numbers without a name in golden.json are from
/// `calibrate`, `rake`, `postStratify`, `trimWeights` and `as.svrepdesign` of `svydesign(~psu, strata =
/// ~stratum, weights = ~w)`.
@Suite("Weights fitted to totals, as R has them") struct WeightingReferenceTests {
  static let totals = PopulationTotals(
    [
      .init("sex", "0", 9000), .init("sex", "1", 10000), .init("g", "1", 6000),
      .init("g", "2", 6500), .init("g", "3", 6500),
    ], name: "totals.csv")

  static func survey(_ design: DesignDeclaration? = nil) throws -> Survey {
    try Survey(
      Golden.dataset(), weight: WeightDeclaration("w", source: .variable("w")),
      design: design ?? DesignDeclaration(strata: "stratum", psu: ["psu"]))
  }

  static func weighting(
    _ adjustment: WeightAdjustment, _ totals: PopulationTotals? = totals,
    replicates plan: ReplicatePlan? = nil, of survey: Survey? = nil
  ) throws -> Weighting {
    var weighting = Weighting(try survey ?? self.survey())
    try weighting.take(WeightingStep(adjustment, totals: totals))
    if let plan { try weighting.replicate(plan) }
    return weighting
  }

  private static let steps: [(String, WeightAdjustment)] = [
    ("poststrat", WeightAdjustment(.poststratify, by: ["sex"])),
    ("rake", WeightAdjustment(.rake, by: ["sex", "g"])),
    ("calib_linear", WeightAdjustment(.calibrate, formula: "factor(sex) + factor(g)")),
    (
      "calib_raking",
      WeightAdjustment(.calibrate, formula: "factor(sex) + factor(g)", method: .raking)
    ),
    (
      "calib_logit",
      WeightAdjustment(
        .calibrate, formula: "factor(sex) + factor(g)", method: .logit, bounds: 0.5...2)
    ),
  ]

  @Test(arguments: steps) func `weights and means are R's`(
    _ name: String, _ step: WeightAdjustment
  ) throws {
    let weighting = try Self.weighting(step)
    // R's own end at a misfit of 1e-7, which is where the last digits of three come from.
    let tolerance = name.hasPrefix("calib_") && name != "calib_linear" ? 2e-8 : 1e-8
    expectClose(
      Array(weighting.weights.prefix(5)), try Golden.numbers("\(name).w1"), tolerance: tolerance)
    let x = try weighting.survey.dataset.numeric("x").values
    let sum = zip(weighting.weights, x).reduce(0) { $0 + $1.0 * $1.1 }
    expectClose(
      [sum / weighting.weights.reduce(0, +)], try Golden.numbers("\(name).est"), tolerance: 1e-7)
    for line in weighting.lines { expectClose([line.after], [line.target], tolerance: 1e-10) }
    // The codebook that is written tells the variance how the weights came about.
    let mean = try Survey(weighting.dataset(naming: "new")).summarize("x").rows[0]
    expectClose([mean.standardError], try Golden.numbers("\(name).se"), tolerance: 1e-7)
  }

  private static let numbers: [(String, WeightAdjustment, [Double])] = [
    (
      "a number beside factors",
      WeightAdjustment(.calibrate, formula: "~ factor(sex) + factor(g) + x"),
      [
        136.224593302472, 122.235614204627, 131.440292101188, 90.3040505802767, 79.3244957886102,
      ]
    ),
    (
      "the same by raking",
      WeightAdjustment(.calibrate, formula: "factor(sex) + factor(g) + x", method: .raking),
      [
        134.652000302667, 120.704239025714, 130.672005046523, 91.157316639479, 81.0879249896671,
      ]
    ),
    (
      "linear with bounds that bind",
      WeightAdjustment(
        .calibrate, formula: "factor(sex) + factor(g) + x", bounds: 0.9...1.7),
      [
        136.410951734305, 122.36050157219, 131.468452008111, 90.2157272883141, 79.0316802363366,
        149.261442795187, 91.1822175542043, 86.4187416265639,
      ]
    ),
  ]

  @Test(arguments: numbers) func `a formula with a number is R's`(
    _ name: String, _ step: WeightAdjustment, _ expected: [Double]
  ) throws {
    let totals = PopulationTotals(
      Self.totals.lines + [.init("x", "", -1500)], name: "totals.csv")
    let weighting = try Self.weighting(step, totals)
    expectClose(
      Array(weighting.weights.prefix(expected.count)), expected, tolerance: 1e-8, "\(name)")
  }

  @Test func `an interaction is fitted cell by cell, as R has it`() throws {
    let cells = [
      ("0:1", 3000.0), ("0:2", 3100), ("0:3", 2900), ("1:1", 3000), ("1:2", 3400), ("1:3", 3600),
    ].map { PopulationTotals.Line("sex:g", $0.0, $0.1) }
    let totals = PopulationTotals(cells, name: "cells.csv")
    let linear = try Self.weighting(
      WeightAdjustment(.calibrate, formula: "factor(sex) * factor(g)"), totals)
    expectClose(
      Array(linear.weights.prefix(5)),
      [127.523900937848, 115.460552219601, 151.157912434327, 95.5322998226218, 89.5057631601532])
    let cellwise = try Self.weighting(
      WeightAdjustment(.poststratify, by: ["sex", "g"]), totals)
    expectClose(cellwise.weights, linear.weights, tolerance: 1e-12)
  }

  @Test func `trimmed weights are those of trimWeights with strict = TRUE`() throws {
    let weighting = try Self.weighting(WeightAdjustment(.trim, bounds: 0.5...1.5), nil)
    expectClose(
      [weighting.weights.min() ?? 0, weighting.weights.max() ?? 0], [19.8446505366371, 58.98717])
    expectClose([weighting.weights.reduce(0, +)], [13957.95439])
    #expect(weighting.notes.map(\.id) == ["weight.trimmed"])
  }

  @Test func `respondents carry their class, as postStratify of them to all has it`() throws {
    let weighting = try Self.weighting(
      WeightAdjustment(.nonresponse, by: ["g"], responded: "z == 1"), nil)
    expectClose(
      Array(weighting.weights.prefix(6)),
      [227.55589265825, 206.029840946842, 0, 0, 189.77203299535, 255.768066622228])
    expectClose(
      [weighting.weights.reduce(0, +)], [13957.95439], tolerance: 1e-12)
  }

  // MARK: Replicates

  private func check(
    _ weighting: Weighting, mean: Double, total: Double? = nil, df: Double? = nil,
    tolerance: Double = 1e-9
  ) throws {
    let survey = try Survey(weighting.dataset(naming: "new"))
    let found = try survey.summarize("x").rows[0]
    expectClose([found.standardError], [mean], tolerance: tolerance)
    if let total {
      let sum = try survey.summarize("z", statistics: [.total]).rows[0]
      expectClose([sum.standardError], [total], tolerance: tolerance)
    }
    if let df { #expect(found.degreesOfFreedom == df) }
  }

  private func made(_ plan: ReplicatePlan, _ design: DesignDeclaration? = nil) throws -> Weighting {
    var weighting = Weighting(try Self.survey(design))
    try weighting.replicate(plan)
    return weighting
  }

  @Test func `jackknives are those of as.svrepdesign, with and without population sizes`() throws {
    try check(made(ReplicatePlan(.jkn)), mean: 0.0850623635198118, df: 21)
    try check(
      made(ReplicatePlan(.jk1), DesignDeclaration(psu: ["psu"])), mean: 0.0848029592388944)
    try check(
      made(ReplicatePlan(.jkn), DesignDeclaration(strata: "stratum", psu: ["psu"], fpc: ["fpc1"])),
      mean: 0.079900786197742, total: 761.837117405489)
    try check(
      made(ReplicatePlan(.jkn), DesignDeclaration(strata: "stratum")), mean: 0.0657878748205679,
      total: 449.478230826756, df: 300)
  }

  @Test func `half-samples are those of as.svrepdesign`() throws {
    let dataset = try Golden.dataset()
    let two = try Survey(
      dataset, weight: WeightDeclaration("w", source: .expression("if(stratum in (3, 8), w, 0)")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
    #expect(throws: SurveyError.self) { try two.replicateFactors(ReplicatePlan(.brr)) }
    let csv = try String(
      contentsOf: Places.reference.appending(path: "golden.csv"), encoding: .utf8)
    let lines = csv.split(whereSeparator: \.isNewline).filter {
      ["stratum", "3", "8"].contains($0.split(separator: ",")[1])
    }
    let half = try Survey(
      Places.dataset(csv: lines.joined(separator: "\n") + "\n"),
      weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
    for (plan, error) in [
      (ReplicatePlan(.brr), 0.217424366088117),
      (ReplicatePlan(.fay, fayRho: 0.3), 0.215675148263545),
    ] {
      var weighting = Weighting(half)
      try weighting.replicate(plan)
      #expect(weighting.replicates.count == 4)
      try check(weighting, mean: error, total: 110.372655645175)
    }
  }

  @Test func `replicates are fitted again, as R's rake, postStratify and calibrate do`() throws {
    try check(
      Self.weighting(WeightAdjustment(.rake, by: ["sex", "g"]), replicates: ReplicatePlan(.jkn)),
      mean: 0.0852223621577571, total: 776.72677748181, df: 28, tolerance: 1e-8)
    try check(
      Self.weighting(
        WeightAdjustment(.poststratify, by: ["sex"]), replicates: ReplicatePlan(.jkn)),
      mean: 0.0858749226541446, total: 755.324356933042, df: 28)
    try check(
      Self.weighting(
        WeightAdjustment(.calibrate, formula: "factor(sex) + factor(g)"),
        replicates: ReplicatePlan(.jkn)), mean: 0.0850081234753763)
  }
}
