import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

/// Nobody has `g = c` and `h = q`, so that the effect of h in c is unknown: a value for it depends on
/// which coefficient is left out.
@Suite("What the respondents do not tell is not given")
struct EstimabilityTests {
  private func survey(reference: String? = nil) throws -> Survey {
    let g = ["a", "a", "a", "a", "b", "b", "b", "b", "c", "c"] + ["a", "a", "b", "b", "c"]
    let h = ["p", "p", "q", "q", "p", "p", "q", "q", "p", "p"] + ["p", "q", "p", "q", "p"]
    return try Answers.survey(
      [
        ("y", Answers.numbers([1, 2, 3, 2, 5, 4, 1, 2, 3, 4, 2, 2, 4, 3, 5])),
        ("z", Answers.numbers([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 1])),
        ("k", Answers.numbers([1, 2, 3, 2, 1, 2, 3, 1, 2, 3, 3, 1, 2, 2, 1])),
        ("x", Answers.numbers((1...15).map(Double.init))),
        ("double", Answers.numbers((1...15).map { 2 * Double($0) })),
        ("g", Answers.codes(g, ["a", "b", "c"])), ("h", Answers.codes(h, ["p", "q"])),
      ],
      codebook: Answers.codebook(
        [("g", ["a", "b", "c"]), ("h", ["p", "q"])], reference: reference))
  }

  @Test(arguments: [ModelFamily.linear, .logistic])
  func `an effect that rests on an empty combination is unknown, whatever the reference`(
    _ family: ModelFamily
  ) throws {
    for reference in ["a", "b", "c"] {
      let outcome = family == .linear ? "y" : "z"
      let fit = try survey(reference: reference).fit("\(outcome) ~ g * h", family: family)
      let effects = try fit.margins(of: ["h", "g"])
      let h = try #require(effects.rows.first { $0.variable == "h" })
      #expect(h.difference.estimate.isNaN && h.difference.standardError.isNaN)
      #expect(h.difference.pValue.isNaN && h.difference.interval.low.isNaN)
      // Between a and b there is nothing that is not known.
      let known = effects.rows.filter { $0.variable == "g" && !$0.difference.estimate.isNaN }
      #expect(known.count == (reference == "c" ? 0 : 1))
      #expect(effects.notes.map(\.id) == ["margins.not-estimable"])
    }
  }

  @Test func `groups, settings and second differences say so for themselves`() throws {
    let fit = try survey().fit("y ~ g * h", family: .linear)
    let effects = try fit.margins(of: "h", over: "g")
    #expect(effects.rows.map(\.difference.estimate.isNaN) == [false, false, true])
    #expect(effects.differences.map(\.difference.estimate.isNaN) == [false, true])
    // The joint test is of what is known.
    #expect(effects.tests[0].df1 == 1 && effects.tests[0].statistic.isFinite)
    let means = try fit.predictions(at: "g=a,b,c; h=p,q")
    #expect(means.rows.map(\.estimate.isNaN) == [false, false, false, false, false, true])
    let cells = [5.0 / 3, 7.0 / 3, 13.0 / 3, 2, 4]
    for (row, mean) in zip(means.rows, cells) {
      expectClose(row.estimate, mean, tolerance: 1e-12, "the mean of the cell")
    }
    #expect(means.notes.map(\.id) == ["margins.not-estimable"])
    var options = MarginOptions()
    options.covariates = .joint
    #expect(
      try fit.predictions(at: "h=q", options: options).rows[0].estimate.isNaN
        && fit.predictions(at: "h=p", options: options).rows[0].estimate.isFinite)
  }

  @Test(arguments: CategoryFamily.allCases)
  func `models of several answers too`(_ family: CategoryFamily) throws {
    let fit = try survey().fit("k ~ g + x + double", categories: family)
    #expect(fit.notes.contains { $0.id == "model.dependent-column" })
    let effects = try fit.margins(of: ["g", "x"])
    #expect(
      effects.rows.filter { $0.variable == "g" }.allSatisfy { $0.difference.estimate.isFinite })
    #expect(effects.rows.filter { $0.variable == "x" }.allSatisfy { $0.difference.estimate.isNaN })
    let means = try fit.predictions(at: "x=3; double=6")
    #expect(means.rows.allSatisfy { $0.estimate.isFinite })
    #expect(try fit.predictions(at: "x=3; double=7").rows.allSatisfy { $0.estimate.isNaN })
    let name = family == .ordinal ? "" : "2:"
    let contrasts = try fit.contrasts(["\(name)g=b", "\(name)x"])
    #expect(contrasts.rows.map(\.difference.estimate.isNaN) == [false, true])
    #expect(contrasts.tests[0].df1 == 1 && contrasts.notes.map(\.id) == ["margins.not-estimable"])
  }

  @Test func `a combination of coefficients must not depend on what was left out`() throws {
    let fit = try survey().fit("y ~ x + double + g", family: .linear)
    let contrasts = try fit.contrasts(["x", "g=b - g=c", "x * 2 + g=b"])
    #expect(contrasts.rows.map(\.difference.estimate.isNaN) == [true, false, true])
    let empty = try survey().fit("y ~ g * h", family: .linear).contrasts(["h=q", "g=b:h=q"])
    #expect(empty.rows.allSatisfy { $0.difference.estimate.isFinite } && empty.notes.isEmpty)
  }
}
