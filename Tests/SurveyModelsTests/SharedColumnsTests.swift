import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

/// A factor's columns are added up by patterns of categories, the same columns as numbers one by one.
@Suite("A factor is its indicators")
struct SharedColumnsTests {
  private func survey(psu: [String], times: Int, subpopulation: String?) throws -> Survey {
    let sample = Answers.sample()
    func values(_ name: String) -> [Double] {
      guard case .numbers(let column)? = sample.first(where: { $0.name == name })?.column else {
        return []
      }
      return (0..<times).flatMap { _ in column.values }
    }
    let (groups, sexes, x, w) = (values("g"), values("sex"), values("x"), values("w"))
    let rows = groups.indices
    let g = rows.map { $0 % 97 == 0 ? nil : Int(groups[$0]) }
    func indicator(_ code: Int) -> Column {
      Answers.numbers(g.map { $0.map { $0 == code ? 1 : 0 } })
    }
    return try Answers.survey(
      [
        ("g", Answers.codes(g.map { $0.map { "\($0)" } }, ["1", "2", "3"])),
        ("g1", indicator(1)), ("g2", indicator(2)), ("g3", indicator(3)),
        ("sex", Answers.codes(sexes.map { "\(Int($0))" }, ["1", "2"])),
        ("s2", Answers.numbers(sexes.map { $0 - 1 })),
        ("x", Answers.numbers(rows.map { $0 % 83 == 0 ? nil : x[$0] + Double($0 % 5) / 10 })),
        ("y", Answers.numbers(values("y"))), ("id", Answers.numbers(rows.map { Double($0) })),
        ("w", Answers.numbers(rows.map { w[$0] + Double($0 % 7) })),
        ("stratum", Answers.numbers(values("stratum"))), ("psu", Answers.numbers(values("psu"))),
      ],
      codebook: Answers.codebook([("g", ["1", "2", "3"]), ("sex", ["1", "2"])]),
      weight: "w", strata: "stratum", psu: psu,
      subpopulation: try subpopulation.map { try Expression($0) })
  }

  private func expectSame(_ a: ModelFit, _ b: ModelFit) {
    #expect(a.accounting.used == b.accounting.used)
    #expect(a.rows.count == b.rows.count)
    for row in a.rows {
      let name = row.term.replacing("g=", with: "g").replacing("sex=", with: "s")
      guard let other = b.rows.first(where: { $0.term == name }) else {
        Issue.record("no \(name) among \(b.rows.map(\.term))")
        continue
      }
      expectClose(row.estimate, other.estimate, tolerance: 1e-10, row.term)
      expectClose(row.standardError, other.standardError, tolerance: 1e-10, row.term)
    }
    expectClose(a.deviance, b.deviance, tolerance: 1e-11, "deviance")
    expectClose(a.nullDeviance, b.nullDeviance, tolerance: 1e-11, "null deviance")
  }

  @Test(
    arguments: [["psu"], ["id"], []],
    [
      ("y ~ x + g", "y ~ x + g2 + g3"), ("y ~ x + g - 1", "y ~ x + g1 + g2 + g3 - 1"),
      ("y ~ g + sex + offset(x)", "y ~ g2 + g3 + s2 + offset(x)"),
      ("y ~ x * g", "y ~ x + g2 + g3 + x:g2 + x:g3"),
      (
        "y ~ poly(x, 2) + g * sex * x",
        "y ~ poly(x, 2) + g2 + g3 + s2 + x + g2:s2 + g3:s2 + g2:x + g3:x + s2:x + g2:s2:x + g3:s2:x"
      ),
    ])
  func `sharing patterns changes no model`(
    psu: [String], formulas: (factors: String, numbers: String)
  ) throws {
    for subpopulation in [nil, "sex == 2 or x > 0"] {
      let survey = try survey(psu: psu, times: 5, subpopulation: subpopulation)
      for family in [ModelFamily.logistic, .probit, .linear, .poisson] {
        expectSame(
          try survey.fit(formulas.factors, family: family),
          try survey.fit(formulas.numbers, family: family))
      }
    }
  }

  @Test func `units and patterns that are too many are added up by rows`() throws {
    let survey = try survey(psu: ["id"], times: 125, subpopulation: nil)
    expectSame(
      try survey.fit("y ~ poly(x, 5) + g * sex", family: .linear),
      try survey.fit("y ~ poly(x, 5) + g2 + g3 + s2 + g2:s2 + g3:s2", family: .linear))
  }

  @Test func `predictions and intervals of the likelihood are the same too`() throws {
    let survey = try survey(psu: ["psu"], times: 4, subpopulation: nil)
    let (a, b) = (try survey.fit("y ~ x * g"), try survey.fit("y ~ x + g2 + g3 + x:g2 + x:g3"))
    let (first, second) = (
      try a.withLikelihoodIntervals(level: 0.9), try b.withLikelihoodIntervals(level: 0.9)
    )
    for (p, q) in zip(first.rows, second.rows) {
      expectClose(p.interval.low, q.interval.low, tolerance: 1e-9, p.term)
      expectClose(p.interval.high, q.interval.high, tolerance: 1e-9, p.term)
    }
    let (s, t) = (try a.statistics(), try b.statistics())
    expectClose(s.rocArea, t.rocArea, tolerance: 1e-12, "area")
    expectClose(s.aic, t.aic, tolerance: 1e-10, "AIC")
  }
}
