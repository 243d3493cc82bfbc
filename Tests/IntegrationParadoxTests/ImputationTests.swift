import Foundation
import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics
import Testing
import VektTestSupport

/// An analysis over imputations as all its differences.
struct ImputedAnalysis: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// The differences and the tests, of imputed data combined.
  let of: @Sendable (Survey) throws -> (differences: [Difference], tests: [TestResult])

  private init<Result>(
    _ name: String, _ analysis: @escaping @Sendable (Survey) throws -> Result,
    _ parts: @escaping @Sendable (Result) -> (differences: [Difference], tests: [TestResult])
  ) {
    testDescription = name
    of = { parts(try analysis($0)) }
  }

  static let all: [ImputedAnalysis] =
    [
      ImputedAnalysis(
        "gap", { try $0.gap("integ", "accept", by: "gen", controls: ["female", "age"]) },
        {
          (
            $0.rows.map(\.difference) + $0.differences.map(\.difference)
              + $0.adjusted.map(\.difference),
            [$0.equality, $0.adjustedEquality].compactMap { $0 }
          )
        }),
      ImputedAnalysis(
        "discordance", { try $0.discordance("integ", "accept", by: "gen") },
        {
          (
            $0.rows.flatMap { $0.cells + [$0.shareAmongFirst, $0.logRatio, $0.kappa] }
              + $0.differences.map(\.difference), $0.tests
          )
        }),
      ImputedAnalysis(
        "discordance model",
        { try $0.discordanceModel("integ", "accept", by: "gen", controls: ["age"]) },
        { ($0.effects.rows.map(\.difference), $0.fit.tests) }),
      ImputedAnalysis(
        "prevalence", { try $0.prevalence(of: "discr", by: "gen") },
        { ($0.rows.map(\.share), [$0.equality].compactMap { $0 }) }),
      ImputedAnalysis(
        "gradient",
        { try $0.gradient(of: "discr", over: "edu", by: "gen", controls: ["female", "age"]) },
        { ($0.rows.map(\.estimate), $0.tests) }),
      ImputedAnalysis(
        "spline",
        { try $0.gradient(of: "discr", over: "age", spline: .values([25, 40, 55])) },
        { ($0.rows.map(\.estimate) + $0.curve.map(\.estimate), $0.tests) }),
      ImputedAnalysis(
        "KHB",
        {
          try $0.mediation(
            of: "discr", keys: ["edu"],
            blocks: [MediatorBlock("exposure", ["expo"]), MediatorBlock("awareness", ["aware"])],
            controls: ["female"], scale: .probability, by: "gen")
        },
        {
          (
            $0.rows.filter { $0.quantity != .share }.map(\.estimate)
              + $0.differences.map(\.difference)
              + $0.nested.flatMap { $0.rows.map(\.estimate) }, $0.tests
          )
        }),
      ImputedAnalysis(
        "decomposition",
        { try $0.decompose("discr", by: "gen", covariates: ["edu", "female", "age"]) },
        { ($0.rows.map(\.difference) + $0.means.map(\.difference), []) }),
      ImputedAnalysis(
        "tipping", { try $0.tipping("discr", over: "edu") },
        { ($0.levels.map(\.observed) + [$0.gradient], []) }),
    ] + tables + comparisons + models

  private static let tables: [ImputedAnalysis] = [
    ImputedAnalysis(
      "table", { try $0.tabulate("discr", by: "gen") },
      { ($0.rows.map(\.asDifference), []) }),
    ImputedAnalysis(
      "summary",
      {
        try $0.summarize("expo", by: "gen", statistics: [.mean, .total, .standardDeviation]).rows
          + $0.ratio("accept", over: "integ", by: ["gen"]).rows
      }, { ($0.map(\.asDifference), []) }),
    ImputedAnalysis(
      "scale", { try $0.scale(["integ", "accept", "discr"]) },
      { ($0.estimates.asDifferences, []) }),
  ]

  private static let comparisons: [ImputedAnalysis] = [
    ImputedAnalysis("comparison", { try $0.compare("discr", across: "gen") }, \.parts),
    ImputedAnalysis(
      "the rest",
      {
        try $0.compare(
          .shares(of: "discr"), across: ["gen"], against: .rest, measure: .difference)
      }, \.parts),
    ImputedAnalysis(
      "items", { try $0.compare(.mean(of: "integ"), with: "accept", by: ["gen"]) }, \.parts),
    ImputedAnalysis(
      "a value", { try $0.compare(.mean(of: "accept"), to: 0.5, by: ["gen"]) }, \.parts),
    ImputedAnalysis(
      "trend", { try $0.trend(of: .mean(of: "discr"), over: "edu") },
      { ($0.rows.map(\.difference), $0.tests) }),
    ImputedAnalysis(
      "ranks", { try $0.rankTest(of: "expo", across: "gen") },
      { ($0.scores.asDifferences, [$0.test]) }),
  ]

  private static let models: [ImputedAnalysis] = [
    ImputedAnalysis(
      "fit with margins, predictions and contrasts",
      FittedParts.init, { ($0.differences, $0.tests) }),
    ImputedAnalysis(
      "ordered answers", { try $0.fit("edu ~ factor(gen) + expo", categories: .ordinal) },
      { ($0.estimates.asDifferences, $0.tests) }),
  ]
}

/// A model and what is asked of it afterwards.
private struct FittedParts {
  let differences: [Difference]
  let tests: [TestResult]

  init(_ survey: Survey) throws {
    let fit = try survey.fit("discr ~ gen + expo", family: .logistic)
    let margins = try fit.margins(of: ["gen", "expo"])
    let contrasts = try fit.contrasts([fit.rows[1].term + " - expo", "exp(expo)"])
    differences =
      fit.estimates.asDifferences + margins.rows.map(\.difference)
      + (try fit.predictions(at: "expo=0,1").estimates.asDifferences)
      + contrasts.rows.map(\.difference)
    tests = fit.tests + margins.tests + contrasts.tests
  }
}

extension EstimateRow {
  /// The numbers that Rubin's rules combine.
  fileprivate var asDifference: Difference {
    var difference = Difference(
      estimate, standardError: standardError, degreesOfFreedom: degreesOfFreedom, level: 0.95)
    difference.missingInformation = missingInformation
    return difference
  }
}

extension Estimates {
  fileprivate var asDifferences: [Difference] {
    values.indices.map { difference($0, level: 0.95) }
  }
}

extension Comparison {
  fileprivate var parts: (differences: [Difference], tests: [TestResult]) {
    (rows.map(\.difference), tests)
  }
}

@Suite("Every analysis over imputations")
struct ImputationTests {
  /// Copies of the made-up survey in which every seventh judgement and outcome is drawn again.
  private func imputations(_ numbers: ClosedRange<Int>) throws -> Survey {
    try Survey(
      imputations:
        numbers.map { k in
          var columns = try ReferenceCase.columns()
          for (index, column) in columns.enumerated()
          where ["accept", "discr", "expo"].contains(column.name) {
            for row in stride(from: index, to: column.values.count, by: 7)
            where !column.values[row].isNaN {
              columns[index].values[row] = (row / 7 + k * (row % 5)) % 3 == 0 ? 1 : 0
            }
          }
          return try ReferenceCase.survey(columns)
        })
  }

  @Test(arguments: ImputedAnalysis.all)
  func `every number is combined by Rubin's rules`(_ analysis: ImputedAnalysis) throws {
    let all = try imputations(1...4)
    let pooled = try analysis.of(all)
    let each = try all.imputations.map { try analysis.of($0).differences }
    #expect(!pooled.differences.isEmpty)
    for (index, difference) in pooled.differences.enumerated() {
      let expected = PooledEstimate(
        each.map { $0[index].estimate }, standardErrors: each.map { $0[index].standardError },
        degreesOfFreedom: each.map { $0[index].degreesOfFreedom })
      for (found, value) in [
        (difference.estimate, expected.estimate),
        (difference.standardError, expected.standardError),
        (difference.degreesOfFreedom, expected.degreesOfFreedom),
      ] {
        #expect(abs(found - value) <= 1e-9 * max(1, abs(value)), "\(index)")
      }
      #expect(difference.missingInformation == expected.information)
    }
    #expect(pooled.differences.contains { ($0.missingInformation?.fraction ?? 0) > 0 })
    #expect(pooled.tests.allSatisfy { $0.pValue >= 0 && $0.pValue <= 1 })
  }

  @Test(arguments: ImputedAnalysis.all)
  func `copies of one data set give what one gives`(_ analysis: ImputedAnalysis) throws {
    let survey = try ReferenceCase.survey()
    let one = try analysis.of(survey)
    let copies = try analysis.of(Survey(imputations: Array(repeating: survey, count: 3)))
    for (a, b) in zip(one.differences, copies.differences) {
      #expect(abs(a.estimate - b.estimate) <= 1e-12 && a.degreesOfFreedom == b.degreesOfFreedom)
      #expect(abs(a.standardError - b.standardError) <= 1e-12)
    }
    #expect(one.tests.count == copies.tests.count)
    for (a, b) in zip(one.tests, copies.tests) {
      #expect(
        a.test == b.test || "d2-\(a.test)" == b.test, "\(a.test) and \(b.test)")
      #expect(abs(a.pValue - b.pValue) <= 1e-8 * max(a.pValue, 1e-3), "\(a.test) \(a.term)")
    }
  }

  @Test func `the tipping point is that of the combined prevalences`() throws {
    var options = TippingOptions()
    options.levels = ["1", "3"]
    let tipping = try imputations(1...4).tipping("discr", over: "edu", options: options)
    let (first, last) = (tipping.levels[0].observed, tipping.levels[1].observed)
    #expect(tipping.ways.contains { $0.point != nil })
    let p = [first.estimate, last.estimate]
    for way in tipping.ways where way.point != nil {
      let delta = way.point?.estimate ?? .nan
      let isRising = p[1] > p[0]
      let (low, high) = isRising ? (p[0], p[1]) : (p[1], p[0])
      let expected =
        way.kind == .overReporting ? (high - low) / (1 - low) : 1 - low / high
      #expect(abs(delta - expected) < 1e-9)
    }
  }

  /// Estimate, standard error, degrees of freedom and missing information of R.
  private static let rows =
    (try? Places.reference("IntegrationParadoxTests/Reference/imputations.csv")) ?? []

  @Test func `discordance and odds agree with R`() throws {
    let imputations = try Survey(
      imputations:
        Golden.imputations().map {
          try Survey(
            $0, weight: WeightDeclaration("w", source: .variable("w")),
            design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
        })
    let discordance = try imputations.discordance("z == 1", "y >= 3")
    let gap = try imputations.gap("z == 1", "y >= 3")
    let odds = try #require(gap.rows[0].oddsRatio)
    let row = discordance.rows[0]
    let found: [String: [Double]] = [
      "share": figures(row.shareAmongFirst), "log_ratio": figures(row.logRatio),
      "kappa": figures(row.kappa), "gap": figures(gap.rows[0].difference),
      "odds": [
        log(odds.estimate), odds.standardError / odds.estimate, odds.degreesOfFreedom,
        odds.missingInformation?.fraction ?? .nan,
      ],
    ]
    #expect(Self.rows.count == found.count)
    for row in Self.rows {
      let values = try #require(found[row["item"] ?? ""])
      for (value, name) in zip(values, ["estimate", "std_error", "df", "fmi"]) {
        let expected = try #require(row[name].flatMap(Double.init))
        #expect(
          abs(value - expected) <= 1e-9 * max(abs(expected), 1e-3),
          "\(row["item"] ?? "") \(name): \(value), not \(expected)")
      }
    }
    // McNemar by design over imputations is the square of the gap's t.
    let wald = try #require(discordance.tests.first { $0.test == "wald" })
    let t = gap.rows[0].difference.statistic
    #expect(abs(wald.statistic - t * t) < 1e-9)
  }

  private func figures(_ difference: Difference) -> [Double] {
    [
      difference.estimate, difference.standardError, difference.degreesOfFreedom,
      difference.missingInformation?.fraction ?? .nan,
    ]
  }

  @Test func `a spline whose knots move asks for their values`() throws {
    let moved = try Survey(
      imputations: (1...2).map { k in
        var columns = try ReferenceCase.columns()
        for (index, column) in columns.enumerated() where column.name == "age" {
          columns[index].values = column.values.map { $0 + Double(k) }
        }
        return try ReferenceCase.survey(columns)
      })
    let error = #expect(throws: SurveyError.self) {
      try moved.gradient(of: "discr", over: "age", spline: .count(3))
    }
    #expect(error?.kind == .usage)
    #expect(error?.description.contains("bends elsewhere in some imputations") == true)
  }

  @Test func `where nobody gives only one judgement there is no ratio, and a note says so`() throws
  {
    var columns = try ReferenceCase.columns()
    let first = try #require(columns.first { $0.name == "integ" }).values
    for (index, column) in columns.enumerated() where column.name == "accept" {
      columns[index].values = zip(column.values, first).map { $1 == 0 ? 0 : $0 }
    }
    let found = try ReferenceCase.survey(columns).discordance("integ", "accept", by: "gen")
    for row in found.rows {
      #expect(row.onlySecond == 0 && row.onlyFirst > 0)
      #expect(row.logRatio.estimate.isNaN && row.logRatio.standardError.isNaN)
      #expect(row.shareAmongFirst.standardError > 0)
    }
    let notes = found.notes.filter { $0.id == "paradox.no-ratio" }
    #expect(notes.count == found.rows.count - 1)
    #expect(notes.allSatisfy { $0.text.contains("gives only B, so that") })
  }
}
