import SurveyData
import Testing

@testable import SurveyStatistics

/// Calibrated weights change the variance of every number of every analysis.
@Suite("All analyses with calibrated weights") struct CalibratedAnalysesTests {
  /// What is far from linear differs more between the two, with 24 degrees of freedom.
  private static let rough = [
    "mediation", "other mediation", "decompose", "linear with functions", "compare means",
  ]

  @Test(arguments: OwnCellsTests.analyses)
  func `errors are nearly those of replicates that were raked again`(
    analysis: NamedAnalysis
  ) throws {
    let (dataset, design) = try Self.raked()
    var linear = design
    linear.variance = .linearization
    let linearized = Flat(try analysis.run(Survey(dataset, design: linear))).leaves
    let replicated = Flat(try analysis.run(Survey(dataset, design: design))).leaves
    try #require(linearized.count == replicated.count && !linearized.isEmpty)
    for (a, b) in zip(linearized, replicated) {
      guard let x = a.number, let y = b.number else { continue }
      if a.path.hasSuffix("rror") {
        let isFar = Self.rough.contains(analysis.testDescription)
        // What the totals settle, replicates vary by as much as raking leaves.
        #expect(x.isNaN && y.isNaN || isFar || abs(x - y) <= 0.06 * x + 1e-8, "\(a) | \(b)")
      } else if a.path.hasSuffix("estimate") || a.path.hasSuffix("ount") {
        #expect(a.agrees(with: b, to: 1e-10), "\(a) | \(b)")
      }
    }
  }

  /// The people of the other tests, raked to totals of two variables, with a jackknife that is raked again.
  private static func raked() throws -> (dataset: Dataset, design: DesignDeclaration) {
    let design = DesignDeclaration(strata: "stratum", psu: ["psu"])
    let plain = try OwnCellsTests.survey(design)
    let survey = try Survey(
      plain.dataset, weight: WeightDeclaration("w", source: .variable("w")), design: design)
    let size = survey.weights.values.reduce(0, +)
    var lines: [PopulationTotals.Line] = []
    for name in ["gen", "edu"] {
      let table = try survey.tabulate(name)
      let shares = table.rows.enumerated().map { place, row in
        row.estimate * (place % 2 == 0 ? 1.1 : 0.9)
      }
      let whole = shares.reduce(0, +)
      lines += zip(table.rows, shares).map { row, share in
        .init(name, row.category?.code ?? "", size * share / whole)
      }
    }
    var weighting = Weighting(survey)
    try weighting.take(
      WeightingStep(
        WeightAdjustment(.rake, by: ["gen", "edu"]),
        totals: PopulationTotals(lines, name: "totals")))
    try weighting.replicate(ReplicatePlan(.jkn))
    let dataset = try weighting.dataset(naming: "cw")
    guard case .declared(let made) = dataset.codebook.design else { return (dataset, design) }
    return (dataset, made)
  }
}
