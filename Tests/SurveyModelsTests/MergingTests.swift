import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite("Merging respondents changes no model")
struct MergingTests {
  /// The sample with categorical answers, some of them missing, so often that rows are merged.
  private func survey(
    psu: [String], times: Int, subpopulation: String? = nil
  ) throws -> Survey {
    let sample = Answers.sample()
    func values(_ name: String) -> [Double] {
      guard case .numbers(let column)? = sample.first(where: { $0.name == name })?.column else {
        return []
      }
      return (0..<times).flatMap { _ in column.values }
    }
    let (g, sex, y, w) = (values("g"), values("sex"), values("y"), values("w"))
    let rows = g.indices
    return try Answers.survey(
      [
        ("g", Answers.codes(rows.map { $0 % 97 == 0 ? nil : "\(Int(g[$0]))" }, ["1", "2", "3"])),
        ("sex", Answers.codes(rows.map { "\(Int(sex[$0]))" }, ["1", "2"])),
        ("y", Answers.codes(rows.map { $0 % 89 == 0 ? nil : "\(Int(y[$0]))" }, ["0", "1"])),
        ("id", Answers.numbers(rows.map { Double($0) })),
        ("w", Answers.numbers(rows.map { w[$0] + Double($0 % 7) })),
        ("stratum", Answers.numbers(values("stratum"))), ("psu", Answers.numbers(values("psu"))),
      ],
      codebook: Answers.codebook([
        ("g", ["1", "2", "3"]), ("sex", ["1", "2"]), ("y", ["0", "1"]),
      ]),
      weight: "w", strata: "stratum", psu: psu,
      subpopulation: try subpopulation.map { try Expression($0) })
  }

  @Test(
    // With everybody a PSU, units and patterns are too many to add up.
    arguments: [["psu"], ["id"], []],
    ["y ~ g * sex", "y == 1 ~ g", "y ~ sex - 1", "y == 1 ~ sex + relevel(g, '3')"])
  func `merged and unmerged agree`(psu: [String], formula: String) throws {
    let survey = try survey(psu: psu, times: 100, subpopulation: "sex == 1 or g == 2")
    let merged = try survey.fit(formula)
    // A number of many values, which follows from the constant, keeps the rows apart.
    let apart = try survey.fit(formula + " + I(id * 0)")
    #expect(merged.accounting == apart.accounting)
    #expect(merged.count == apart.count)
    #expect(merged.rows.map(\.term) == apart.rows.map(\.term))
    for (a, b) in zip(merged.rows, apart.rows) {
      expectClose(a.estimate, b.estimate, tolerance: 1e-10, a.term)
      expectClose(a.standardError, b.standardError, tolerance: 1e-10, a.term)
      #expect(a.degreesOfFreedom == b.degreesOfFreedom)
    }
    expectClose(merged.deviance, apart.deviance, tolerance: 1e-11, "deviance")
    expectClose(merged.nullDeviance, apart.nullDeviance, tolerance: 1e-11, "null deviance")
    for (a, b) in zip(merged.tests, apart.tests) {
      expectClose(a.statistic, b.statistic, tolerance: 1e-9, a.term)
    }
  }

  @Test(arguments: [["psu"], []], CategoryFamily.allCases)
  func `merged and unmerged agree for several answers`(
    psu: [String], family: CategoryFamily
  ) throws {
    let survey = try survey(psu: psu, times: 100, subpopulation: "y <= 3")
    let merged = try survey.fit("g ~ y + sex", categories: family)
    let apart = try survey.fit("g ~ y + sex + I(id * 0)", categories: family)
    #expect(merged.accounting == apart.accounting)
    #expect(merged.rows.map(\.term) == apart.rows.map(\.term))
    for (a, b) in zip(merged.rows, apart.rows) {
      expectClose(a.estimate, b.estimate, tolerance: 1e-10, a.term)
      expectClose(a.standardError, b.standardError, tolerance: 1e-10, a.term)
    }
    expectClose(merged.deviance, apart.deviance, tolerance: 1e-11, "deviance")
    for (a, b) in zip(merged.tests, apart.tests) {
      expectClose(a.statistic, b.statistic, tolerance: 1e-9, a.term)
    }
  }
}
