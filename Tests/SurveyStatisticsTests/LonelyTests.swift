import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

/// The golden sample without all but one PSU of stratum 3.
private func lonelySample() throws -> Dataset {
  let data = try Golden.dataset()
  let strata = try data.numeric("stratum").values
  let psu = try data.numeric("psu").values
  let first = zip(strata, psu).filter { $0.0 == 3 }.map(\.1).min()
  let kept = strata.indices.filter { strata[$0] != 3 || psu[$0] == first }
  let columns = try ["stratum", "psu", "w", "x"].map { name in
    let values = try data.numeric(name).values
    return (
      name, Column.numbers(NumericColumn(values: kept.map { values[$0] }, missing: [.system]))
    )
  }
  return Dataset(MemorySource(columns))
}

private func survey(
  _ data: Dataset, _ rule: LonelyPSU, inDomains: Bool = false
) throws -> Survey {
  var design = DesignDeclaration(strata: "stratum", psu: ["psu"], lonelyPSU: rule)
  design.lonelyInDomains = inDomains
  return try Survey(
    data, weight: WeightDeclaration("w", source: .variable("w")), design: design)
}

@Suite(
  "Strata with one sampling unit")
struct LonelyTests {
  @Test(arguments: [LonelyPSU.remove, .certainty, .adjust, .average])
  func `each rule agrees with R survey 4.5`(_ rule: LonelyPSU) throws {
    let summary = try survey(lonelySample(), rule).summarize("x", statistics: [.mean, .total])
    let name = "lonely_\(rule.rawValue)"
    expectClose([summary.rows[0].estimate], try Golden.numbers("\(name).est"))
    expectClose([summary.rows[0].standardError], try Golden.numbers("\(name).se"))
    expectClose([summary.rows[1].standardError], try Golden.numbers("\(name).total_se"))
    expectClose([summary.rows[0].degreesOfFreedom], try Golden.numbers("\(name).degf"))
  }

  @Test func `without a rule the stratum is named and the choices offered`() throws {
    let error = #expect(throws: SurveyError.self) {
      try survey(lonelySample(), .fail).summarize("x")
    }
    #expect(error?.kind == .noAnswer)
    #expect(
      error?.description == """
        stratum: stratum '3' has one PSU, so its variance is unknown
              Choose --lonely-psu certainty, remove, adjust or average, or merge strata.
        """)
  }
}

/// Ten people in three strata, of which the first has one sampling unit; the values are those of R's
/// survey 4.1 with `options(survey.lonely.psu = "average")`.
@Suite("The mean of the other strata for lonely ones")
struct LonelyAverageTests {
  private func survey() throws -> Survey {
    let columns: [(String, [Double])] = [
      ("st", [1, 1, 2, 2, 2, 2, 3, 3, 3, 3]), ("ps", [1, 1, 1, 1, 2, 2, 1, 1, 2, 2]),
      ("w", [2, 2, 1, 1, 1, 1, 1, 1, 1, 1]), ("g", [1, 2, 1, 2, 1, 2, 3, 2, 3, 2]),
      ("y", [4, 6, 3, 8, 7, 5, 2, 9, 6, 4]), ("one", [0, 1, 0, 1, 0, 1, 1, 1, 0, 1]),
    ]
    let data = Dataset(
      MemorySource(
        columns.map { ($0.0, .numbers(NumericColumn(values: $0.1, missing: [.system]))) }))
    return try Survey(
      data, weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "st", psu: ["ps"], lonelyPSU: .average))
  }

  @Test func `the strata that count are those with somebody in the domain`() throws {
    let survey = try survey()
    expectClose(
      try survey.summarize("y", by: "g").rows.map(\.standardError),
      [1.414_213_562_373_095, 1.190_238_071_423_809, 2])
    let strata = try survey.summarize("y", by: "st").rows.map(\.standardError)
    #expect(strata[0].isNaN)
    expectClose(Array(strata.dropFirst()), [0.25, 0.25])
    expectClose(try survey.summarize("y").rows.map(\.standardError), [0.144_337_567_297_406_44])
  }

  /// `svycontrast(svyby(~y, ~g, design, svymean, covmat = TRUE), c(-1, 1, 0))`.
  @Test func `a covariance has the strata of all groups`() throws {
    let found = try survey().compare("y", across: "g").rows[0].difference
    expectClose(
      [found.estimate, found.standardError], [1.833_333_333_333_333, 2.101_587_5], tolerance: 1e-5)
  }

  @Test func `a domain of one lonely stratum has no variance, and no test`() throws {
    let survey = try survey()
    let table = try survey.tabulate("one", by: ["st"]).rows
    #expect(table[0].standardError.isNaN)
    let found = try survey.compare("y", across: "st", to: "1")
    #expect(found.rows.allSatisfy { $0.difference.pValue.isNaN })
    #expect(found.tests.allSatisfy { $0.pValue.isNaN })
  }
}

/// R's `options(survey.adjust.domain.lonely = TRUE)`.
@Suite("Strata of which a subpopulation has one sampling unit")
struct LonelyDomainTests {
  @Test(arguments: [LonelyPSU.adjust, .average])
  func `they are treated as lonely ones, as R survey 4.5 does`(_ rule: LonelyPSU) throws {
    func row(_ inDomains: Bool) throws -> EstimateRow {
      try survey(Golden.dataset(), rule, inDomains: inDomains)
        .restricted(to: Expression("psu != 8")).summarize("x").rows[0]
    }
    expectClose(
      [try row(true).estimate, try row(true).standardError],
      try Golden.numbers("domlonely_\(rule.rawValue).est")
        + Golden.numbers("domlonely_\(rule.rawValue).se"))
    expectClose([try row(false).standardError], try Golden.numbers("domlonely_off.se"))
    expectClose(
      [try row(true).degreesOfFreedom], try Golden.numbers("domlonely_\(rule.rawValue).degf"))
  }

  /// Two strata of two units; group a has both units of the first and one of the second.
  private func small(_ rule: LonelyPSU, psu: [String]) throws -> Survey {
    let columns: [(String, [Double])] = [
      ("st", [1, 1, 2, 2]), ("ps", [1, 2, 1, 2]), ("w", [1, 1, 2, 2]), ("a", [1, 1, 1, 0]),
      ("y", [4, 7, 3, 8]),
    ]
    var design = DesignDeclaration(strata: "st", psu: psu, lonelyPSU: rule)
    design.lonelyInDomains = true
    return try Survey(
      Dataset(
        MemorySource(
          columns.map { ($0.0, .numbers(NumericColumn(values: $0.1, missing: [.system]))) })),
      weight: WeightDeclaration("w", source: .variable("w")), design: design,
      subpopulation: Expression("a == 1"))
  }

  /// The sums are 4 and 7, and 6 and 0; their mean is 17∕4.
  @Test(arguments: [["ps"], []])
  func `by hand: totals, of clusters and of people`(_ psu: [String]) throws {
    func variance(_ rule: LonelyPSU) throws -> Double {
      let error = try small(rule, psu: psu).summarize("y", statistics: [.total]).rows[0]
        .standardError
      return error * error
    }
    let first = 2 * (1.5 * 1.5 + 1.5 * 1.5)
    let mean = 17.0 / 4
    expectClose([try variance(.average)], [first * 2], tolerance: 1e-12)
    expectClose(
      [try variance(.adjust)],
      [first + 2 * ((6 - mean) * (6 - mean) + mean * mean)], tolerance: 1e-12)
  }

  @Test func `people of their own units are counted as clusters of one are`() throws {
    let errors = try [["ps"], []].map { psu in
      try small(.adjust, psu: psu).summarize("y", statistics: [.mean, .total]).rows.map(
        \.standardError)
    }
    expectClose(errors[0], errors[1], tolerance: 1e-12)
  }

  @Test func `a rule that says nothing of it is refused`() throws {
    let error = #expect(throws: SurveyError.self) { try small(.remove, psu: ["ps"]) }
    #expect(error?.problem.contains("'remove' says nothing") ?? false)
  }
}

@Suite(
  "Subpopulations keep the roster")
struct SubpopulationTests {
  let condition = "stratum <= 6 and psu != 1 and sex == 1"

  @Test func `means of a domain agree with R survey 4.5`() throws {
    let whole = try survey(Golden.dataset(), .fail)
    let row = try whole.restricted(to: Expression(condition)).summarize("x").rows[0]
    expectClose([row.estimate], try Golden.numbers("domain_mean_x.est"))
    expectClose([row.standardError], try Golden.numbers("domain_mean_x.se"))
    expectClose([row.degreesOfFreedom], try Golden.numbers("domain_mean_x.degf"))
  }

  @Test(arguments: [ProportionIntervalMethod.logit, .beta, .wilson])
  func `intervals in a domain agree with R survey 4.5`(
    _ method: ProportionIntervalMethod
  ) throws {
    var options = EstimationOptions()
    options.interval = method
    let domain = try survey(Golden.dataset(), .fail).restricted(to: Expression(condition))
    let row = try domain.tabulate("z", options: options).rows[1]
    expectClose(
      [row.interval.low, row.interval.high], try Golden.numbers("ciprop_dom_\(method.rawValue).ci")
    )
  }

  @Test func `a domain is weight zero`() throws {
    let data = try Golden.dataset()
    let inside = try Expression(condition).condition(on: data).bytes
    let weights = try data.numeric("w").values
    let names = ["stratum", "psu", "x", "y"]
    let columns =
      try names.map { ($0, Column.numbers(try data.numeric($0))) }
      + [
        (
          "w",
          .numbers(
            NumericColumn(
              values: zip(weights, inside).map { $1 == 1 ? $0 : 0 }, missing: [.system]))
        )
      ]
    let zeroed = try survey(Dataset(MemorySource(columns)), .fail)
    let domain = try survey(data, .fail).restricted(to: Expression(condition))
    let (a, b) = (try zeroed.tabulate("y").estimates, try domain.tabulate("y").estimates)
    #expect(a.values == b.values)
    #expect(a.standardErrors == b.standardErrors)
    #expect(a.degreesOfFreedom == b.degreesOfFreedom)
  }

  @Test func `nobody in the subpopulation is an error`() throws {
    let whole = try survey(Golden.dataset(), .fail)
    let error = #expect(throws: SurveyError.self) {
      try whole.restricted(to: Expression("x > 1000"))
    }
    #expect(error?.kind == .noAnswer)
  }
}
