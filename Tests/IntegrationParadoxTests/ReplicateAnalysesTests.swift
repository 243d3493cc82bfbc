import Foundation
import SurveyData
import Testing

@testable import SurveyStatistics

/// Replicate weights give every number of every analysis a variance.
@Suite("All analyses with replicate weights") struct ReplicateAnalysesTests {
  /// Numbers of which not all is made anew with each replicate's weights, by the analysis and the
  /// beginnings of their places: what is a function of model coefficients at the respondents as they
  /// are has the delta method's error, a quantile that of the share below it.
  private static let byDelta: [String: [String]] = [
    "summarize": [".0.4", ".0.5", ".0.6", ".0.7", ".0.8", ".0.9"],
    "scale": [".0.22", ".0.23", ".0.24", ".0.25", ".0.26", ".0.27", ".0.28", ".0.29"],
    "compare means": [".2"], "compare shares": [".2"], "logit": [".3", ".4", ".5"],
    "margins of sampled people": [".0"], "ordinal and multinomial": [".3"],
    "linear with functions": [".0"], "gap": [".0", ".3"], "discordance model": [".1"],
    "mediation": [""], "other mediation": [""], "decompose": [""], "gradient": [""],
    "tipping": [""],
  ]

  @Test(arguments: OwnCellsTests.analyses)
  func `errors are what the analysis says with each replicate's weights`(
    analysis: NamedAnalysis
  ) throws {
    let survey = try OwnCellsTests.survey(2)
    var replicated = survey
    let replicates = try Self.replicates(of: survey)
    replicated.weights.replicates = replicates
    replicated.roster = Roster(
      survey.roster.declaration, replicates, of: survey.weights, inside: nil)
    let found = Flat(try analysis.run(replicated)).leaves
    let made = try replicates.columns.map { column in
      var other = survey
      other.weights = try SurveyWeights(
        NumericColumn(values: column, missing: [.system]), name: "r")
      return Flat(try analysis.run(other)).leaves
    }
    let places = Dictionary(
      found.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    for leaf in found where leaf.path.hasSuffix(".standardError") {
      let path = leaf.path.dropLast("standardError".count) + "estimate"
      guard let place = places[String(path)], let error = leaf.number, !error.isNaN else {
        continue
      }
      if (Self.byDelta[analysis.testDescription] ?? []).contains(where: leaf.path.hasPrefix) {
        continue
      }
      let values = try made.map { try #require($0[place].number) }
      let centre = values.reduce(0, +) / Double(values.count)
      let variance = zip(values, replicates.rule.factors).reduce(0) {
        $0 + $1.1 * ($1.0 - centre) * ($1.0 - centre)
      }
      #expect(
        abs(variance.squareRoot() - error) <= 1e-8 * max(error, 1e-3),
        "\(leaf.path): \(error), by hand \(variance.squareRoot())")
    }
  }

  @Test(arguments: OwnCellsTests.analyses)
  func `a jackknife gives nearly the errors of the linearization`(
    analysis: NamedAnalysis
  ) throws {
    let survey = try OwnCellsTests.survey(2)
    let linearized = Flat(try analysis.run(survey)).leaves
    let replicated = Flat(try analysis.run(survey.jackknifed())).leaves
    try #require(linearized.count == replicated.count && !linearized.isEmpty)
    for (a, b) in zip(linearized, replicated) {
      #expect(a.path == b.path)
      guard let x = a.number, let y = b.number else { continue }
      if a.path.hasSuffix("rror") {
        // Of 24 degrees of freedom what is far from linear differs more.
        let isFar = Self.rough.contains { $0 == analysis.testDescription }
        #expect(x.isNaN && y.isNaN || isFar || abs(x - y) <= 0.05 * x, "\(a) | \(b)")
      } else if a.path.hasSuffix("estimate") || a.path.hasSuffix("ount") {
        #expect(a.agrees(with: b, to: 1e-10), "\(a) | \(b)")
      }
    }
  }

  private static let rough = [
    "mediation", "other mediation", "decompose", "linear with functions", "compare means",
  ]

  /// Six replicates that give every sampling unit a factor between a half and three halves.
  private static func replicates(of survey: Survey) throws -> ReplicateWeights {
    let count = 6
    let columns = (0..<count).map { r in
      survey.weights.values.indices.map { row in
        let mixed = (survey.roster.unitOfRow[row] + 1) * (r + 3) * 7919 % 101
        return survey.weights.values[row] * (0.5 + Double(mixed) / 101)
      }
    }
    return ReplicateWeights(
      columns: columns,
      rule: try ReplicateRule(ReplicateDeclaration([], method: .other, scale: 0.2), count: count))
  }
}
