import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "Scales and correlations agree with svyvar of R's survey")
struct ScaleReferenceTests {
  static let rows: [[String: String]] =
    (try? Places.reference("SurveyStatisticsTests/Reference/scales.csv")) ?? []

  static let cases = Set(
    rows.map {
      Case(design: $0["design"] ?? "", group: $0["group"] ?? "", items: $0["items"] ?? "")
    }
  ).sorted { $0.testDescription < $1.testDescription }

  struct Case: Hashable, CustomTestStringConvertible {
    let design: String
    let group: String
    let items: String

    var testDescription: String { "\(items) (\(design)) \(group)" }
    var names: [String] { items.split(separator: "+").map(String.init) }
  }

  private func survey(_ design: String) throws -> Survey {
    try Survey(
      try Golden.dataset(), weight: WeightDeclaration("w", source: .variable("w")),
      design: design == "rows"
        ? DesignDeclaration()
        : DesignDeclaration(
          strata: "stratum", psu: ["psu"], fpc: design == "population" ? ["fpc1"] : []))
  }

  @Test func `the table of reference values is there`() {
    #expect(Self.cases.count == 13)
  }

  @Test(arguments: cases)
  func `alpha, alpha without, item–rest and correlations`(_ asked: Case) throws {
    let survey = try survey(asked.design)
    let groups = asked.group.isEmpty ? [] : ["sex"]
    let scale = try survey.scale(
      asked.names, reversing: asked.items == "x+y+z+o" ? ["y"] : [], by: groups)
    let correlations = try survey.correlations(asked.names, by: groups)
    for row in Self.rows
    where row["design"] == asked.design && row["items"] == asked.items
      && row["group"] == asked.group
    {
      let found: EstimateRow
      if row["statistic"] == "correlation" {
        found = try #require(
          correlations.rows.first {
            $0.estimate.variable == row["variable"] && $0.other == row["with"]
              && $0.estimate.groups.map(\.code).joined() == asked.group
          }
        ).estimate
      } else {
        found = try #require(
          scale.rows.first {
            $0.statistic == row["statistic"] && $0.variable == row["variable"]
              && $0.groups.map(\.code).joined() == asked.group
          })
      }
      let expected = try ["estimate", "std_error"].map {
        try #require(row[$0].flatMap(Double.init))
      }
      // The errors come from a numerical derivative.
      expectClose([found.estimate], [expected[0]], tolerance: 1e-9)
      expectClose([found.standardError], [expected[1]], tolerance: 1e-8)
    }
  }
}

@Suite("Scales and correlations")
struct ScaleTests {
  /// Four people, weights 1, a = 1 2 3 4 and b = 1 2 4 3: variances 5/3, covariance 4/3.
  ///
  /// α = 2 (1 − (10/3)/6) = 8/9 and r = 0.8. With the sums of deviations −3, −1, 2, 2 and of their
  /// squares 4.5, 0.5, 2.5, 2.5 the influence of α is ⅔ (9, 1, −5, −5)/108, so that
  /// V = 4/3 · 4/9 · 132/108² = 2112/314928.
  @Test func `four people by hand`() throws {
    let survey = try small([[1, 2, 3, 4], [1, 2, 4, 3]])
    let scale = try survey.scale(["a", "b"])
    let alpha = try #require(scale.rows.first { $0.statistic == "alpha" })
    expectClose([alpha.estimate], [8.0 / 9], tolerance: 1e-14)
    let variance = 2112.0 / 314_928.0
    expectClose([alpha.standardError * alpha.standardError], [variance], tolerance: 1e-13)
    #expect(alpha.variable == "a+b" && alpha.degreesOfFreedom == 3)
    // Of two items the one is the other's rest, and there is no alpha of one.
    let rest = scale.rows.filter { $0.statistic == "item_rest" }
    expectClose(rest.map(\.estimate), [0.8, 0.8], tolerance: 1e-14)
    #expect(!scale.rows.contains { $0.statistic == "alpha_without" })
    let correlation = try #require(try survey.correlations(["a", "b"]).rows.first).estimate
    expectClose(
      [correlation.estimate, correlation.standardError],
      [rest[0].estimate, rest[0].standardError], tolerance: 1e-14)
    let score = try #require(
      scale.rows.first { $0.statistic == "mean" && $0.variable == "a+b" })
    #expect(score.estimate == 2.5)
  }

  private func small(_ columns: [[Double]]) throws -> Survey {
    try Survey(
      Dataset(
        MemorySource(
          zip(["a", "b", "c"], columns).map { name, values in
            (name, .numbers(NumericColumn(values: values, missing: [.system])))
          })))
  }

  let sample = MadeUpSurvey(rows: 600)

  @Test(arguments: [true, false])
  func `turning every item changes nothing but the means`(clusters: Bool) throws {
    let survey = try sample.survey(clusters: clusters)
    let items = ["answer", "group", "number"]
    let (a, b) = (try survey.scale(items), try survey.scale(items, reversing: items))
    expectClose(a.estimates.values, b.estimates.values, tolerance: 1e-10)
    expectClose(a.estimates.standardErrors, b.estimates.standardErrors, tolerance: 1e-10)
    #expect(b.notes.count { $0.id == "scale.reversed" } == 3)
    let means = (a.rows + b.rows).filter { $0.statistic == "mean" && $0.variable == "answer" }
    let sum = means.reduce(0) { $0 + $1.estimate }
    expectClose([sum], [3], tolerance: 1e-12)
  }

  @Test(arguments: [true, false])
  func `a group gives what its subpopulation gives`(clusters: Bool) throws {
    let survey = try sample.survey(clusters: clusters)
    let inside = try survey.restricted(to: Expression("group == 1"))
    let whole = try survey.scale(["answer", "number", "weight"], by: ["group"])
    let part = try inside.scale(["answer", "number", "weight"])
    let rows = whole.rows.filter { $0.groups.map(\.code) == ["1"] }
    #expect(rows.map(\.statistic) == part.rows.map(\.statistic))
    expectClose(rows.map(\.estimate), part.rows.map(\.estimate), tolerance: 1e-12)
    expectClose(rows.map(\.standardError), part.rows.map(\.standardError), tolerance: 1e-10)
    let pairs = try survey.correlations(["answer", "number"], by: ["group"])
    let pair = try inside.correlations(["answer", "number"])
    expectClose(
      [pairs.rows[1].estimate.standardError], [pair.rows[0].estimate.standardError],
      tolerance: 1e-10)
    #expect(pairs.rows[1].pValue.isFinite)
  }

  @Test func `units, weights and the order of variables change no correlation`() throws {
    let data = try sample.survey(factor: 1000).dataset.deriving([
      DerivedVariable(parsing: "far = 3 * number - 7")
    ])
    let survey = try Survey(
      data, weight: WeightDeclaration("weight", source: .variable("weight")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
    let moved = try survey.correlations(["far", "answer"])
    let plain = try sample.survey().correlations(["answer", "number"])
    expectClose(moved.estimates.values, plain.estimates.values, tolerance: 1e-12)
    expectClose(moved.estimates.standardErrors, plain.estimates.standardErrors, tolerance: 1e-12)
    let row = try #require(plain.rows.first)
    let excludesZero = row.estimate.interval.low > 0 || row.estimate.interval.high < 0
    #expect(excludesZero == (row.pValue < 0.05))
    let joint = try sample.survey().correlations(["answer", "group", "number"]).estimates
    expectClose(
      joint.covariance().diagonal.map { $0.squareRoot() }, joint.standardErrors, tolerance: 1e-12)
  }

  @Test func `what cannot be answered is said`() throws {
    let survey = try small([[1, 2, 3, 4], [2, 2, 2, 2]])
    // Of one item that varies and one that does not, the sum varies as the one: alpha is 2 (1 − 1).
    #expect(try survey.scale(["a", "b"]).rows.first?.estimate == 0)
    let none = try small([[1, 1, 1, 1], [2, 2, 2, 2]])
    let constant = #expect(throws: SurveyError.self) { try none.scale(["a", "b"]) }
    #expect(constant?.description.contains("a: has the same value for everybody") == true)
    let single = #expect(throws: SurveyError.self) { try survey.scale(["a"]) }
    #expect(single?.description.contains("needs two different items") == true)
    let twice = #expect(throws: SurveyError.self) { try survey.correlations(["a", "a"]) }
    #expect(twice?.kind == .usage)
    let stranger = #expect(throws: SurveyError.self) {
      try survey.scale(["a", "b"], reversing: ["x"])
    }
    #expect(stranger?.description.contains("it is no item of the scale") == true)
  }
}
