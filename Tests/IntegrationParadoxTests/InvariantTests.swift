import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics
import Testing
import VektTestSupport

/// An analysis as all its numbers: estimates, then standard errors.
struct ParadoxNumbers: CustomTestStringConvertible, Sendable {
  let name: String
  let of: @Sendable (Survey) throws -> (estimates: [Double], errors: [Double])

  var testDescription: String { name }

  private init(_ name: String, _ found: @escaping @Sendable (Survey) throws -> [Difference]) {
    self.name = name
    of = { survey in
      let differences = try found(survey)
      return (differences.map(\.estimate), differences.map(\.standardError))
    }
  }

  static let blocks = [
    MediatorBlock("exposure", ["expo"]), MediatorBlock("awareness", ["aware"]),
  ]
  static let covariates = ["edu", "female", "age", "expo", "aware"]

  static let all: [ParadoxNumbers] = [
    ParadoxNumbers("gap") { survey in
      let gap = try survey.gap("integ", "accept", by: "gen", controls: ["female", "age"])
      return gap.rows.map(\.difference) + gap.differences.map(\.difference)
        + gap.adjusted.map(\.difference)
    },
    ParadoxNumbers("discordance") { survey in
      let found = try survey.discordance("integ", "accept", by: "gen")
      return found.rows.flatMap { $0.cells + [$0.shareAmongFirst, $0.logRatio, $0.kappa] }
        + found.differences.map(\.difference)
    },
    ParadoxNumbers("prevalence") { survey in
      try survey.prevalence(of: "discr", by: "gen").rows.map(\.share)
    },
    ParadoxNumbers("KHB difference") { survey in
      try survey.mediation(
        of: "discr", keys: ["edu", "gen"], blocks: blocks, controls: ["female", "age"]
      ).rows.filter { $0.quantity == .difference }.map(\.estimate)
    },
    ParadoxNumbers("KHB difference as chances") { survey in
      try survey.mediation(
        of: "discr", keys: ["edu"], blocks: blocks, controls: ["female", "age"],
        scale: .probability, by: "gen"
      ).differences.filter { $0.quantity == .difference }.map(\.difference)
    },
    ParadoxNumbers("gradient") { survey in
      try survey.gradient(of: "discr", over: "edu", by: "gen", controls: ["female", "age"]).rows
        .filter { $0.quantity != .trend }.map(\.estimate)
    },
    ParadoxNumbers("margins") { survey in
      try survey.fit("discr ~ factor(edu) * gen + female + age", family: .logistic)
        .margins(of: ["gen", "edu", "age"]).rows.map(\.difference)
    },
    ParadoxNumbers("decomposition") { survey in
      try survey.decompose("discr", by: "gen", covariates: covariates).rows
        .filter(\.variable.isEmpty).map(\.difference)
    },
    ParadoxNumbers("decomposition in three parts") { survey in
      var options = DecompositionOptions()
      options.method = .oaxaca
      options.isThreefold = true
      return try survey.decompose("discr", by: "gen", covariates: covariates, options: options).rows
        .filter { $0.variable.isEmpty || $0.component == .endowments }.map(\.difference)
    },
    ParadoxNumbers("tipping point") { survey in
      let found = try survey.tipping("discr", over: "edu")
      return [found.gradient] + found.ways.compactMap(\.point)
    },
  ]
}

@Suite(
  "What no analysis of the paradox depends on")
struct InvariantTests {
  private func compare(
    _ a: Survey, _ b: Survey, _ numbers: ParadoxNumbers, within tolerance: Double = 1e-9
  ) throws {
    let (x, y) = (try numbers.of(a), try numbers.of(b))
    #expect(!x.estimates.isEmpty)
    expect(x.estimates, y.estimates, within: tolerance)
    expect(x.errors, y.errors, within: tolerance)
  }

  @Test(arguments: ParadoxNumbers.all)
  func `weights times a constant change nothing`(_ numbers: ParadoxNumbers) throws {
    try compare(ReferenceCase.survey(), ReferenceCase.survey(weight: "7 * w"), numbers)
  }

  @Test(arguments: ParadoxNumbers.all)
  func `names of units and the order of rows change nothing`(_ numbers: ParadoxNumbers) throws {
    var columns = try ReferenceCase.columns()
    for index in columns.indices {
      columns[index].values.reverse()
      if columns[index].name == "psu" {
        columns[index].values = columns[index].values.map { 100 - 7 * $0 }
      }
    }
    try compare(ReferenceCase.survey(), ReferenceCase.survey(columns), numbers)
  }

  @Test(arguments: ParadoxNumbers.all)
  func `jackknife errors are within five percent of the linearized ones`(
    _ numbers: ParadoxNumbers
  ) throws {
    let found = try numbers.of(ReferenceCase.survey())
    let jackknife = try ReferenceCase.jackknife { try numbers.of($0).estimates }
    let isSmooth = !["discordance", "gradient"].contains(numbers.name)
    for (error, replicated) in zip(found.errors, jackknife) where error > 0 {
      #expect(abs(replicated / error - 1) < (isSmooth ? 0.05 : 0.1))
    }
  }

  @Test func `the gap's p is that of Wald's McNemar test`() throws {
    let survey = try ReferenceCase.survey()
    let gap = try survey.gap("integ", "accept", by: "gen")
    let tests = try survey.discordance("integ", "accept", by: "gen").tests
    for row in gap.rows {
      let wald = tests.first { $0.test == "wald" && $0.term == row.group?.code ?? "all" }
      expect([row.difference.pValue], [wald?.pValue ?? .nan], within: 1e-12)
    }
  }

  @Test func `explained with pooled coefficients is the linear difference through mediators`()
    throws
  {
    let survey = try ReferenceCase.survey()
    var options = DecompositionOptions()
    options.method = .oaxaca
    options.coefficients = .pooled
    let parts = try survey.decompose(
      "discr", by: "gen", covariates: ["expo", "aware"], options: options
    ).rows.filter { $0.component == .explained }.map(\.difference)
    let found = try survey.mediation(
      of: "discr", keys: ["gen"], blocks: ParadoxNumbers.blocks, family: .linear
    ).rows.filter { $0.quantity == .difference }
    for (name, part) in zip(["", "expo", "aware"], parts) {
      let difference = try #require(found.first { $0.mediator == name }).estimate
      expect([difference.estimate], [part.estimate], within: 1e-12)
      expect([difference.standardError], [part.standardError], within: 1e-12)
    }
  }

  @Test func `the reduced effect is the full one and what goes through each mediator`() throws {
    let found = try ReferenceCase.survey().mediation(
      of: "discr", keys: ["edu", "gen"], blocks: ParadoxNumbers.blocks, controls: ["female"])
    for key in Set(found.rows.map(\.key)) {
      func value(_ quantity: Mediation.Quantity, _ mediator: String = "") -> Double {
        found.rows.first {
          $0.key == key && $0.quantity == quantity && $0.mediator == mediator
        }?.estimate.estimate ?? .nan
      }
      expect(
        [value(.reduced)],
        [value(.full) + value(.difference, "expo") + value(.difference, "aware")], within: 1e-14)
    }
  }
}
