import Foundation
import SurveyData
import SurveyModels
import SurveyNumerics
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "Imputed data combined agree with mitools")
struct ImputationReferenceTests {
  static let rows: [[String: String]] =
    ["imputations", "imputed-tests"].flatMap {
      (try? Places.reference("SurveyModelsTests/Reference/\($0).csv")) ?? []
    }

  let imputations: Survey

  init() throws {
    let surveys = try Golden.imputations().map {
      try Survey(
        $0, weight: WeightDeclaration("w", source: .variable("w")),
        design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
    }
    imputations = try Survey(imputations: surveys)
  }

  private func expect(
    _ kind: String, _ item: String, _ found: [Double], tolerance: Double = 1e-9,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let row = try #require(
      Self.rows.first { $0["kind"] == kind && $0["item"] == item }, "\(kind) \(item)")
    for (value, name) in zip(found, ["estimate", "std_error", "df", "fmi"]) {
      guard let expected = row[name].flatMap(Double.init) else {
        #expect(row[name] == "NA" && value.isNaN)
        continue
      }
      #expect(
        abs(value - expected) <= tolerance * max(abs(expected), 1e-3),
        "\(kind) \(item) \(name): \(value), not \(expected)", sourceLocation: sourceLocation)
    }
  }

  private func figures(_ row: EstimateRow) -> [Double] {
    [
      row.estimate, row.standardError, row.degreesOfFreedom,
      row.missingInformation?.fraction ?? .nan,
    ]
  }

  @Test func `means, totals and shares`() throws {
    let numbers = try imputations.summarize("xm", statistics: [.mean, .total])
    try expect("mean", "xm", figures(numbers.rows[0]))
    try expect("total", "xm", figures(numbers.rows[1]))
    let shares = try imputations.tabulate("y")
    for row in shares.rows { try expect("share", row.category?.code ?? "", figures(row)) }
    let grouped = try imputations.tabulate("z", by: ["sex"])
    for row in grouped.rows {
      try expect(
        "share by sex", "\(row.groups[0].code):\(row.category?.code ?? "")", figures(row))
    }
  }

  @Test func `differences follow from combined estimates`() throws {
    let summary = try imputations.summarize("xm", by: ["sex"])
    let estimates = try #require(summary.estimates["mean"])
    let difference = estimates.combined(
      Matrix([[-1, 1]]), labels: [Estimates.Label(variable: "difference")])
    try expect(
      "difference by sex", "xm",
      [
        difference.values[0], difference.standardErrors[0], difference.degreesOfFreedom[0],
        difference.missingInformation[0].fraction,
      ])
  }

  @Test func `comparisons are those of combined estimates`() throws {
    let comparison = try imputations.compare("xm", across: "sex")
    let row = try #require(comparison.rows.first)
    #expect(comparison.rows.count == 1)
    try expect(
      "difference by sex", "xm",
      [
        row.difference.estimate, row.difference.standardError, row.difference.degreesOfFreedom,
        row.difference.missingInformation?.fraction ?? .nan,
      ])
    // Of two groups the Wald test is the square of the t of the difference.
    let wald = try #require(comparison.tests.first { $0.test == "wald" })
    let t = row.difference.statistic
    #expect(abs(wald.statistic - t * t) < 1e-10)
    #expect(abs(wald.df2 - row.difference.degreesOfFreedom) < 1e-9)
    // A ratio and its inverse have the same test.
    let shares = try imputations.compare(
      .shares(of: "z"), across: ["sex"], against: .allPairs, measure: .oddsRatio,
      adjustment: .none)
    #expect(abs(shares.rows[0].difference.estimate * shares.rows[1].difference.estimate - 1) < 1e-9)
    #expect(abs(shares.rows[0].difference.pValue - shares.rows[1].difference.pValue) < 1e-9)
  }

  @Test func `margins, predictions and contrasts are made in every data set`() throws {
    let fit = try imputations.fit("xm ~ factor(g) + sex", family: .linear)
    // In a linear model the effect of a category is its coefficient.
    let margins = try fit.margins(of: "g")
    for (effect, row) in zip(margins.rows, fit.rows.filter { $0.variable == "g" }) {
      #expect(abs(effect.difference.estimate - row.estimate) < 1e-12)
      #expect(abs(effect.difference.standardError - row.standardError) < 1e-10)
      #expect((effect.difference.missingInformation?.fraction ?? 0) > 0)
    }
    #expect(margins.tests.count == 1 && margins.tests[0].pValue > 0)
    let contrasts = try fit.contrasts(["g=3 - g=2", "2 * sex"])
    let sex = try #require(fit.rows.first { $0.term == "sex" })
    #expect(abs(contrasts.rows[1].difference.estimate - 2 * sex.estimate) < 1e-12)
    #expect(
      abs(contrasts.rows[1].difference.degreesOfFreedom - sex.degreesOfFreedom) < 1e-9)
    let predictions = try fit.predictions(at: "sex=0,1")
    let difference = predictions.rows[1].estimate - predictions.rows[0].estimate
    #expect(abs(difference - sex.estimate) < 1e-12)
  }

  @Test func `models and the joint tests of their terms`() throws {
    let logistic = try imputations.fit("z ~ xm + factor(y) + sex")
    for row in logistic.rows {
      // R's iterations leave the eighth digit.
      try expect(
        "logistic", row.term,
        [
          row.estimate, row.standardError, row.degreesOfFreedom,
          row.missingInformation?.fraction ?? .nan,
        ], tolerance: 1e-7)
    }
    let y = try #require(logistic.tests.first)
    try expect("d1 logistic", "y", [y.statistic, y.df1, y.df2, y.pValue], tolerance: 1e-7)
    let linear = try imputations.fit("xm ~ factor(g) + sex", family: .linear)
    for row in linear.rows {
      try expect(
        "linear", row.term,
        [
          row.estimate, row.standardError, row.degreesOfFreedom,
          row.missingInformation?.fraction ?? .nan,
        ])
    }
    let g = try #require(linear.tests.first)
    try expect("d1 linear", "g", [g.statistic, g.df1, g.df2, g.pValue])
  }

  @Test(arguments: CategoryFamily.allCases)
  func `models of several answers and their margins`(family: CategoryFamily) throws {
    let fit = try imputations.fit("y ~ xm + sex", categories: family)
    for row in fit.rows {
      let name = (row.outcome.map { "\($0.code):" } ?? "") + row.term
      try expect(
        family.rawValue, name,
        [
          row.estimate, row.standardError, row.degreesOfFreedom,
          row.missingInformation?.fraction ?? .nan,
        ], tolerance: 1e-6)
    }
    for row in try fit.margins(of: "sex").rows {
      let difference = row.difference
      try expect(
        "\(family.rawValue) effect", row.outcome?.code ?? "",
        [
          difference.estimate, difference.standardError, difference.degreesOfFreedom,
          difference.missingInformation?.fraction ?? .nan,
        ], tolerance: 1e-6)
    }
    #expect(fit.tests.allSatisfy { $0.pValue >= 0 && $0.pValue <= 1 } && !fit.tests.isEmpty)
  }

  private func figures(_ test: TestResult) -> [Double] {
    [test.statistic, test.df1, test.df2, test.pValue]
  }

  @Test func `rank tests of two groups are combined by t, of more by D1`() throws {
    let two = try imputations.rankTest(of: "xm", across: "sex", ties: .file)
    try expect("rank", "wilcoxon", figures(two.test))
    #expect(two.scores.missingInformation.allSatisfy { $0.fraction > 0 })
    let several = try imputations.rankTest(.kruskalWallis, of: "xm", across: "g", ties: .file)
    try expect("rank", "kruskal-wallis", figures(several.test))
  }

  @Test func `tests that are no test of estimates are combined from their p-values`() throws {
    let fit = try imputations.fit("z ~ xm + factor(y) + sex")
    for form in [TermTest.likelihoodRatio, .workingWald] {
      let test = try #require(try fit.termTests(form).first)
      #expect(test.test == "d2-\(form.rawValue)")
      // The degrees of freedom magnify the last digits of the p-values.
      try expect("d2", form.rawValue, figures(test), tolerance: 1e-8)
    }
    let shares = ["1": 0.2, "2": 0.3, "3": 0.3, "4": 0.2]
    let fits = try imputations.goodnessOfFit(of: "y", toShares: shares)
    try expect("d2", "goodness-of-fit", figures(fits[0].test))
    #expect(fits[0].scale == 1)
    let table = try imputations.tabulate("y", by: ["sex"])
    for form in [IndependenceStatistic.chisq, .saddlepoint] {
      try expect("d2", form.testName, figures(try table.independenceTest(form)), tolerance: 1e-8)
    }
  }

  @Test func `tests of copies keep their p-values`() throws {
    let survey = imputations.first
    let copies = try Survey(imputations: Array(repeating: survey, count: 3))
    func expectSame(
      _ one: TestResult, _ three: TestResult, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      #expect(
        abs(one.pValue - three.pValue) <= 1e-9 * max(one.pValue, 1e-3),
        "\(one) \(three)", sourceLocation: sourceLocation)
    }
    for (test, group) in [
      (RankTest.wilcoxon, "sex"), (.median, "g"), (.vanDerWaerden, "g"),
    ] {
      let one = try survey.rankTest(test, of: "xm", across: group)
      let three = try copies.rankTest(test, of: "xm", across: group)
      expectSame(one.test, three.test)
      #expect(one.test.df1 == three.test.df1 && one.scores.values == three.scores.values)
    }
    let within = try copies.rankTests(of: "xm", across: "sex", within: "g")
    for (one, three) in zip(
      try survey.rankTests(of: "xm", across: "sex", within: "g"), within)
    {
      expectSame(one.test, three.test)
      #expect(one.test.term == three.test.term && one.stratum == three.stratum)
    }
    let fit = try survey.fit("z ~ xm + factor(y)")
    let fits = try copies.fit("z ~ xm + factor(y)")
    for form in TermTest.allCases {
      expectSame(try fit.termTests(form)[0], try fits.termTests(form)[0])
    }
    let shares = ["1": 0.2, "2": 0.3, "3": 0.3, "4": 0.2]
    expectSame(
      try survey.goodnessOfFit(of: "y", toShares: shares)[0].test,
      try copies.goodnessOfFit(of: "y", toShares: shares)[0].test)
    let (table, tables) = (
      try survey.tabulate("y", by: ["sex"]), try copies.tabulate("y", by: ["sex"])
    )
    for form in IndependenceStatistic.allCases where form != .f && form != .wald {
      expectSame(try table.independenceTest(form), try tables.independenceTest(form))
    }
  }

  @Test func `copies of one data set give what one gives`() throws {
    let survey = imputations.first
    let copies = try Survey(imputations: Array(repeating: survey, count: 3))
    let (one, three) = (
      try survey.tabulate("y", by: ["sex"]), try copies.tabulate("y", by: ["sex"])
    )
    for (a, b) in zip(one.rows + one.totals, three.rows + three.totals) {
      #expect(a.estimate == b.estimate && a.interval == b.interval && a.flags == b.flags)
      #expect(abs(a.standardError - b.standardError) < 1e-15)
      #expect(a.degreesOfFreedom == b.degreesOfFreedom && a.count == b.count)
      #expect(b.missingInformation?.fraction == 0)
      #expect(b.missingInformation?.relativeEfficiency == 1)
    }
    // The D1 of copies is their Wald test.
    let (wald, d1) = (try one.independenceTest(.wald), try three.independenceTest())
    #expect(d1.test == "d1")
    #expect(abs(wald.statistic - d1.statistic) < 1e-10 && wald.df2 == d1.df2)
    let fit = try survey.fit("z ~ xm + factor(y)")
    let fits = try copies.fit("z ~ xm + factor(y)")
    #expect(fit.rows.map(\.estimate) == fits.rows.map(\.estimate))
    #expect(fit.rows.map(\.degreesOfFreedom) == fits.rows.map(\.degreesOfFreedom))
    #expect(abs(fit.tests[0].statistic - fits.tests[0].statistic) < 1e-10)
    #expect(fit.tests[0].df2 == fits.tests[0].df2)
  }
}
