import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "Properties of the decomposition of Karlson, Holm and Breen")
struct MediationPropertyTests {
  private static let blocks = [
    MediatorBlock("exposure", ["expo"]), MediatorBlock("awareness", ["aware"]),
  ]

  private func mediation(
    _ survey: Survey, keys: [String] = ["edu", "gen"], blocks: [MediatorBlock] = blocks,
    controls: [String] = ["female", "age"], family: ModelFamily = .logistic
  ) throws -> Mediation {
    try survey.mediation(
      of: "discr", keys: keys, blocks: blocks, controls: controls, family: family)
  }

  private func compare(_ a: Mediation, _ b: Mediation, within tolerance: Double = 1e-9) {
    expect(
      a.rows.map(\.estimate.estimate), b.rows.map(\.estimate.estimate), within: tolerance)
    expect(
      a.rows.map(\.estimate.standardError), b.rows.map(\.estimate.standardError),
      within: tolerance)
  }

  @Test func `weights times a constant change nothing`() throws {
    compare(
      try mediation(ReferenceCase.survey()), try mediation(ReferenceCase.survey(weight: "7 * w")))
  }

  @Test func `names of units and the order of rows change nothing`() throws {
    var columns = try ReferenceCase.columns()
    for index in columns.indices {
      columns[index].values.reverse()
      if columns[index].name == "psu" {
        columns[index].values = columns[index].values.map { 100 - 7 * $0 }
      }
    }
    compare(try mediation(ReferenceCase.survey()), try mediation(ReferenceCase.survey(columns)))
  }

  @Test func `jackknife errors are within five percent of the linearized ones`() throws {
    let found = try mediation(ReferenceCase.survey()).rows.filter { $0.quantity == .difference }
    let jackknife = try ReferenceCase.jackknife { survey in
      try mediation(survey).rows.filter { $0.quantity == .difference }.map(\.estimate.estimate)
    }
    for (row, error) in zip(found, jackknife) {
      #expect(abs(error / row.estimate.standardError - 1) < 0.05)
    }
    let gap = try ReferenceCase.survey().gap("integ", "accept", by: "gen")
    let gapErrors = try ReferenceCase.jackknife {
      try $0.gap("integ", "accept", by: "gen").rows.map(\.difference.estimate)
    }
    for (row, error) in zip(gap.rows, gapErrors) {
      #expect(abs(error / row.difference.standardError - 1) < 0.05)
    }
  }

  @Test func `a mediator of pure noise explains nothing`() throws {
    var columns = try ReferenceCase.columns()
    var state = 20_240_604.0
    let noise = columns[0].values.map { _ in
      state = (state * 16_807).truncatingRemainder(dividingBy: 2_147_483_647)
      return state / 2_147_483_647
    }
    columns.append(("noise", noise))
    let found = try mediation(
      ReferenceCase.survey(columns), blocks: [MediatorBlock("nothing", ["noise"])])
    for row in found.rows where row.quantity == .difference {
      #expect(abs(row.estimate.estimate) < 0.02)
      #expect(abs(row.estimate.statistic) < 3)
    }
  }

  @Test func `a linear model's difference between groups is what Oaxaca and Blinder explain`()
    throws
  {
    // With coefficients of the pooled model that has the group, explained = Σ γ (x̄₁ − x̄₀).
    let survey = try ReferenceCase.survey()
    let found = try mediation(survey, keys: ["gen"], controls: [], family: .linear)
    let columns = try ReferenceCase.columns()
    func column(_ name: String) throws -> [Double] {
      try #require(columns.first { $0.name == name }).values
    }
    let (w, gen) = (try column("w"), try column("gen"))
    let pooled = try survey.fit("discr ~ gen + expo + aware", family: .linear)
    let explained = try ["expo", "aware"].enumerated().map { place, name in
      let values = try column(name)
      func mean(_ group: Double) -> Double {
        let rows = gen.indices.filter { gen[$0] == group }
        return rows.reduce(0) { $0 + w[$1] * values[$1] } / rows.reduce(0) { $0 + w[$1] }
      }
      return pooled.rows[2 + place].estimate * (mean(1) - mean(0))
    }
    let difference = try #require(
      found.rows.first { $0.quantity == .difference && $0.mediator.isEmpty })
    expect([difference.estimate.estimate], [explained.reduce(0, +)], within: 1e-12)
    // A linear model needs no rescaling.
    let rescaling = try #require(found.rows.first { $0.quantity == .rescaling })
    expect([rescaling.estimate.estimate], [1], within: 1e-12)
  }

  @Test func `mediators that hide an effect have no share of it`() throws {
    var columns = try ReferenceCase.columns()
    let (edu, y) = (
      try #require(columns.first { $0.name == "edu" }).values,
      try #require(columns.first { $0.name == "discr" }).values
    )
    // What falls with education and raises the outcome hides part of education's effect.
    columns.append(("hiding", edu.indices.map { y[$0] - 0.4 * edu[$0] + Double($0 % 5) }))
    let found = try mediation(
      ReferenceCase.survey(columns), keys: ["edu"], blocks: [MediatorBlock("h", ["hiding"])])
    let share = try #require(found.rows.first { $0.quantity == .share })
    #expect(share.estimate.estimate.isNaN)
    #expect(found.notes.contains { $0.id == "paradox.suppression" && $0.place == "edu" })
  }

  @Test func `a mediator of categories counts all of them together`() throws {
    let survey = try ReferenceCase.survey()
    let found = try mediation(
      survey, keys: ["edu"], blocks: [MediatorBlock("awareness", ["aware"])])
    #expect(found.rows.count { $0.quantity == .difference } == 3)
    let factor = try survey.mediation(
      of: "discr", keys: ["factor(edu)"], blocks: [MediatorBlock("news", ["factor(aware)"])],
      controls: ["female"])
    #expect(
      factor.rows.filter { $0.quantity == .reduced }.map(\.key.name) == ["edu=1", "edu=2", "edu=3"])
    let fixed = try survey.mediation(
      of: "discr", keys: ["factor(edu)"], blocks: [MediatorBlock("news", ["factor(aware)"])],
      controls: ["female"], errors: .fixed)
    expect(
      fixed.rows.filter { $0.quantity == .reduced }.map(\.estimate.estimate),
      factor.rows.filter { $0.quantity == .reduced }.map(\.estimate.estimate), within: 1e-10)
  }

  /// The fourth class is the third group's alone, so that nothing goes through it between the first two.
  ///
  /// In linear models the effect without mediators is the coefficient of a model without them, with its error.
  @Test(arguments: [0, 1, 2])
  func `a class of a mediator that two groups lack takes nothing through it`(turn: Int) throws {
    let places = (0..<60).map { turn == 0 ? $0 : turn == 1 ? 59 - $0 : ($0 * 17 + 5) % 60 }
    let columns: [(String, (Int) -> Double)] = [
      ("g", { Double($0 % 3) }),
      ("m", { Double($0 % 3 == 2 ? ($0 / 3) % 4 : ($0 / 3) % 3) }),
      ("y", { Double(($0 * $0 * 7 + $0 / 3) % 23) / 7 }), ("w", { 0.7 + Double($0 % 7) / 9 }),
      ("unit", { Double($0 % 13) }),
    ]
    let survey = try Survey(
      Dataset(
        MemorySource(
          columns.map { name, value in
            (name, .numbers(NumericColumn(values: places.map(value), missing: [.system])))
          })), weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(psu: ["unit"]))
    let found = try survey.mediation(
      of: "y", keys: ["factor(g)"], blocks: [MediatorBlock("m", ["factor(m)"])], family: .linear)
    let plain = try survey.fit("y ~ factor(g)", family: .linear).rows.suffix(2)
    let reduced = found.rows.filter { $0.quantity == .reduced }.map(\.estimate)
    for (a, b) in zip(reduced, plain) {
      #expect(abs(a.estimate - b.estimate) < 1e-12)
      #expect(abs(a.standardError - b.standardError) < 1e-12, "\(a) \(b)")
    }
    let through = found.rows.filter { $0.quantity == .difference }
    #expect(through.allSatisfy { $0.estimate.standardError > 0 })
  }
}
