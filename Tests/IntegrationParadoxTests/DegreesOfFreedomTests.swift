import Foundation
import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

/// 120 people in 3 strata of 5 units.
@Suite("One coefficient has one interval")
struct DegreesOfFreedomTests {
  private func survey() throws -> Survey {
    func numbers(_ value: (Int) -> Double) -> Column {
      .numbers(NumericColumn(values: (0..<120).map(value), missing: [.system]))
    }
    func noise(_ i: Int, _ a: Int, _ m: Int) -> Double { Double(i * a % m) / Double(m) }
    return try Survey(
      Dataset(
        MemorySource([
          ("y", numbers { noise($0, 29, 31) < 0.3 + 0.1 * Double($0 % 4) ? 1 : 0 }),
          ("z", numbers { noise($0, 17, 37) < 0.6 ? 1 : 0 }),
          ("edu", numbers { Double($0 % 4) + noise($0, 11, 13) }),
          ("m1", numbers { Double($0 % 4) * 0.4 + noise($0, 43, 47) }),
          ("year", numbers { 2010 + Double($0 * 7 % 11) }),
          ("date", numbers { 20_240_101 + Double($0 * 5 % 28) }),
          ("twice", numbers { 2 * (2010 + Double($0 * 7 % 11)) }),
          ("g", numbers { Double($0 % 3) }), ("st", numbers { Double($0 / 40) }),
          ("ps", numbers { Double($0 / 8) }), ("w", numbers { 1 + Double($0 % 5) / 4 }),
        ])), weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "st", psu: ["ps"]))
  }

  private func expectSame(
    _ a: Difference, _ b: Difference, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let pairs = [
      (a.estimate, b.estimate), (a.standardError, b.standardError),
      (a.degreesOfFreedom, b.degreesOfFreedom), (a.pValue, b.pValue),
      (a.interval.low, b.interval.low), (a.interval.high, b.interval.high),
    ]
    for (x, y) in pairs {
      #expect(x == y || abs(x - y) <= 1e-7 * max(1, abs(y)), sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [false, true])
  func `effects beside and without mediators are the models' coefficients`(
    _ isOrdered: Bool
  ) throws {
    let found = try survey().mediation(
      of: "y", keys: ["edu"], blocks: [MediatorBlock("m", ["m1"])], controls: ["z"],
      isOrdered: isOrdered)
    func row(_ quantity: Mediation.Quantity) throws -> Difference {
      try #require(found.rows.first { $0.quantity == quantity && $0.mediator.isEmpty }).estimate
    }
    func coefficient(_ model: Int) throws -> Difference {
      try #require(found.nested[model].rows.first { $0.column.name == "edu" }).estimate
    }
    expectSame(try row(.naive), try coefficient(0))
    expectSame(try row(.full), try coefficient(1))
    // 15 units − 3 strata + 1 − 4 coefficients.
    #expect(try row(.difference).degreesOfFreedom == 9)
    #expect(found.tests.map(\.df2) == [9, 9])
  }

  @Test func `gaps with controls held constant have their model's, other gaps the design's`() throws
  {
    let survey = try survey()
    let gap = try survey.gap("y == 1", "z == 1", by: "g", controls: ["edu"])
    let fit = try survey.fit("I((y == 1) - (z == 1)) ~ factor(g) + edu", family: .linear)
    for (difference, row) in zip(gap.adjusted, fit.rows.dropFirst()) {
      expectSame(
        difference.difference,
        Difference(
          row.estimate, standardError: row.standardError, degreesOfFreedom: row.degreesOfFreedom,
          level: 0.95))
    }
    #expect(gap.adjustedEquality?.df2 == 9 && gap.equality?.df2 == 12)
    let items = try survey.compare(.mean(of: "y"), with: "z")
    expectSame(
      items.rows[0].difference, try survey.gap("y == 1", "z == 1").rows[0].difference)
    let mean = try survey.summarize("y").rows[0]
    let value = try survey.compare(.mean(of: "y"), to: 0)
    #expect(value.rows[0].difference.degreesOfFreedom == 12)
    #expect(abs(value.rows[0].difference.interval.low - mean.interval.low) < 1e-12)
  }

  @Test func `a control that follows from others is left out and named`() throws {
    let survey = try survey()
    let gap = try survey.gap("y == 1", "z == 1", by: "g", controls: ["year", "twice"])
    #expect(gap.notes.filter { $0.id == "model.dependent-column" }.map(\.place) == ["twice"])
    let plain = try survey.gap("y == 1", "z == 1", by: "g", controls: ["year"])
    #expect(plain.notes.isEmpty)
    expectSame(gap.adjusted[0].difference, plain.adjusted[0].difference)
  }

  @Test func `years and dates are controls like others`() throws {
    let survey = try survey()
    let (raw, centred) = (
      ["year", "I(year^2)", "date"],
      ["I(year - 2015)", "I((year - 2015)^2)", "I(date - 20240115)"]
    )
    func same(_ a: [Difference], _ b: [Difference]) {
      #expect(a.count == b.count && !a.isEmpty)
      for (x, y) in zip(a, b) where !y.estimate.isNaN { expectSame(x, y) }
    }
    let gaps = try [raw, centred].map {
      try survey.gap("y == 1", "z == 1", by: "g", controls: $0)
    }
    #expect(gaps[0].notes.isEmpty)
    same(gaps[0].adjusted.map(\.difference), gaps[1].adjusted.map(\.difference))
    for isOrdered in [false, true] {
      let mediated = try [raw, centred].map {
        try survey.mediation(
          of: "y", keys: ["edu"], blocks: [MediatorBlock("m", ["m1"])], controls: $0,
          isOrdered: isOrdered)
      }
      same(mediated[0].rows.map(\.estimate), mediated[1].rows.map(\.estimate))
    }
    let gradients = try [raw, centred].map {
      try survey.gradient(of: "y", over: "g", controls: $0)
    }
    same(gradients[0].rows.map(\.estimate), gradients[1].rows.map(\.estimate))
    let parts = try [["year", "date"], ["I(year - 2015)", "I(date - 20240115)"]].map {
      try survey.within("g < 2").decompose("y", by: "g", covariates: $0)
    }
    // How the unexplained part is shared out depends on where numbers have their zero.
    func explained(_ found: Decomposition) -> [Difference] {
      found.rows.filter { $0.component != .unexplained }.map(\.difference)
    }
    same(explained(parts[0]), explained(parts[1]))
  }

  @Test func `a control that status and group tell already is left out of a gradient`() throws {
    let found = try survey().gradient(of: "y", over: "g", controls: ["edu", "I(3 * g + 1)"])
    #expect(found.notes.map(\.id).contains("model.dependent-column"))
    #expect(found.rows.contains { $0.quantity == .level && $0.estimate.estimate.isFinite })
  }

  @Test func `years moderate as years since a year do`() throws {
    func pool(_ zero: Double, cluster: Bool) throws -> Pool {
      var options = PoolingOptions()
      options.moderators = ["year", "square"]
      return try Pool(
        (0..<12).map { i in
          let year = 2008 + Double(i) - zero
          return StudyEstimate(
            "s\(i)", estimate: 0.1 * Double(i * 5 % 7), standardError: 0.1 + 0.01 * Double(i % 4),
            moderators: [year, year * year], cluster: cluster ? "c\(i / 2)" : nil)
        }, options: options)
    }
    for cluster in [false, true] {
      let (raw, centred) = (try pool(0, cluster: cluster), try pool(2014, cluster: cluster))
      expectSame(raw.terms[2].difference, centred.terms[2].difference)
      #expect(abs(raw.heterogeneity.q - centred.heterogeneity.q) < 1e-8)
      #expect(abs(raw.heterogeneity.tau2 - centred.heterogeneity.tau2) < 1e-8)
      #expect(abs(raw.tests[0].statistic - centred.tests[0].statistic) < 1e-4)
    }
  }

  @Test func `a name with a hyphen is a name`() throws {
    func numbers(_ value: (Int) -> Double) -> Column {
      .numbers(NumericColumn(values: (0..<60).map(value), missing: [.system]))
    }
    let survey = try Survey(
      Dataset(
        MemorySource([
          ("the-answer", numbers { Double($0 * 7 % 11 / 6) }),
          ("a-key", numbers { Double($0 * 5 % 13) }), ("a-way", numbers { Double($0 * 3 % 17) }),
          ("a-group", numbers { Double($0 % 2) }),
        ])))
    let found = try survey.mediation(
      of: "the-answer", keys: ["a-key"], blocks: [MediatorBlock("m", ["a-way"])])
    #expect(found.rows[0].key.name == "a-key")
    let parts = try survey.decompose("the-answer", by: "a-group", covariates: ["a-key"])
    #expect(parts.rows.contains { $0.variable == "a-key" })
    #expect(
      try !survey.gradient(of: "the-answer", over: "a-group", controls: ["a-key"]).rows.isEmpty)
  }
}
