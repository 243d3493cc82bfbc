import SurveyData
import SurveyModels
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "Models of several answers agree with a likelihood by hand and with svyolr of R's survey")
struct CategoryReferenceTests {
  static let rows: [[String: String]] =
    (try? Places.reference("SurveyModelsTests/Reference/categories.csv")) ?? []

  static let models = rows.filter { $0["kind"] == "deviance" }.map {
    ReferenceTests.Case(
      design: $0["design"] ?? "", family: $0["family"] ?? "", formula: $0["formula"] ?? "")
  }

  @Test func `the table of reference values is there`() {
    #expect(Self.models.count == 12)
  }

  @Test(arguments: models)
  func `coefficients, cut points, errors and tests`(_ model: ReferenceTests.Case) throws {
    let fit = try goldenSurvey(model.design).fit(
      model.formula, categories: try #require(CategoryFamily(rawValue: model.family)))
    let expected = Self.rows.filter {
      $0["design"] == model.design && $0["family"] == model.family
        && $0["formula"] == model.formula
    }
    #expect(fit.rows.count == expected.count { $0["kind"] == "coefficient" })
    for row in expected {
      let (term, outcome) = (row["term"] ?? "", row["outcome"] ?? "")
      let kind = row["kind"] ?? ""
      func number(_ column: String) throws -> Double {
        try #require(row[column].flatMap(Double.init))
      }
      switch kind {
      case "coefficient":
        let found = try #require(
          fit.rows.first { $0.term == term && ($0.outcome?.code ?? "") == outcome }, "no \(term)")
        expectClose(found.estimate, try number("estimate"), tolerance: 1e-7, term)
        expectClose(found.standardError, try number("std_error"), tolerance: 1e-7, term)
        expectClose(found.pValue, try number("p_value"), tolerance: 1e-6, term)
        #expect(try found.degreesOfFreedom == number("df"))
      case "deviance":
        expectClose(fit.deviance, try number("estimate"), tolerance: 1e-9, kind)
      default:
        let found = try #require(fit.tests.first { $0.test == kind && $0.term == term })
        expectClose(found.statistic, try number("estimate"), tolerance: 1e-6, kind)
        expectClose(found.pValue, try number("p_value"), tolerance: 1e-6, kind)
        #expect(try found.df1 == number("df1"))
        #expect(try found.df2 == number("df"))
      }
    }
  }

  /// R stops its search early: its coefficients are up to 1e-5 from the maximum.
  @Test func `the ordered logit of R survey 4.5`() throws {
    let fit = try goldenSurvey().fit("o ~ x + factor(g)", categories: .ordinal)
    let expected = try zip(Golden.numbers("olr.coef"), Golden.numbers("olr.se"))
    for (row, (estimate, error)) in zip(fit.rows, expected) {
      #expect(abs(row.estimate - estimate) < 1e-5, "\(row.term)")
      #expect(abs(row.standardError - error) < 1e-5, "\(row.term)")
    }
    #expect(try fit.rows.map(\.degreesOfFreedom) == Golden.numbers("olr.df") + [18, 18, 18, 18])
  }

  /// Part (6) of the specification of the integration paradox, whose numbers are those of R's early
  /// stop; `svyolr(…, control = list(reltol = 1e-16))` finds the maximum.
  @Test func `the ordered logit of the paradox sample`() throws {
    let survey = try Survey(
      try Places.dataset("paradox.csv"),
      weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
    let fit = try survey.fit("seen ~ edu + gen + discr", categories: .ordinal)
    let maximum = [
      -0.05636913413, 0.01362236227, -0.68043847206, -3.16870332178, -0.97798720768, 0.72422496630,
      2.87139145489,
    ]
    let published = [
      -0.05638177, 0.01361375, -0.68050793, -3.1687939, -0.9780170, 0.7242222, 2.8713689,
    ]
    for (row, (exact, early)) in zip(fit.rows, zip(maximum, published)) {
      #expect(abs(row.estimate - exact) < 2e-8, "\(row.term)")
      #expect(abs(row.estimate - early) < 1e-4, "\(row.term)")
    }
    for (row, expected) in zip(fit.rows, [0.05523394, 0.13159553, 0.11556302]) {
      #expect(abs(row.standardError - expected) < 1e-5, "\(row.term)")
    }
  }
}
