import SurveyData
import SurveyModels
import SurveyStatistics
import Testing
import VektTestSupport

/// Compares numbers relatively, as the tables of reference values ask.
func expectClose(
  _ found: Double, _ expected: Double, tolerance: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    abs(found - expected) <= tolerance * max(abs(expected), 1e-3),
    "\(what): \(found) should be \(expected)", sourceLocation: sourceLocation)
}

/// Designs of the golden sample by the names in the tables of reference values.
func goldenSurvey(_ design: String = "clusters") throws -> Survey {
  try Survey(
    try Golden.dataset(), weight: WeightDeclaration("w", source: .variable("w")),
    design: DesignDeclaration(
      strata: "stratum", psu: design == "rows" ? [] : ["psu"],
      fpc: design == "population" ? ["fpc1"] : []))
}

@Suite(
  "Models agree with svyglm of R's survey")
struct ReferenceTests {
  static let rows: [[String: String]] =
    ((try? Places.reference("SurveyModelsTests/Reference/svyglm.csv")) ?? [])
    .map { $0.mapValues { $0.replacing("; ", with: ", ") } }

  static let models = rows.filter { $0["kind"] == "deviance" }.map {
    Case(
      design: $0["design"] ?? "", family: $0["family"] ?? "", formula: $0["formula"] ?? "")
  }

  struct Case: Hashable, CustomTestStringConvertible {
    let design: String
    let family: String
    let formula: String

    var testDescription: String { "\(formula) (\(family), \(design))" }
  }

  @Test func `the table of reference values is there`() {
    #expect(Self.models.count == 24)
  }

  @Test(arguments: models)
  func `coefficients, errors, tests and deviances`(_ model: Case) throws {
    let fit = try goldenSurvey(model.design).fit(
      model.formula, family: ModelFamily(rawValue: model.family))
    let expected = Self.rows.filter {
      $0["design"] == model.design && $0["family"] == model.family
        && $0["formula"] == model.formula
    }
    // Closed forms to the ninth digit; R's own iterations leave the seventh.
    // A link that is not the family's own leaves R's matrix a step behind its coefficients.
    let isOwn = ["logistic", "poisson"].contains(model.family)
    let tolerance = model.family == "linear" ? 1e-9 : isOwn ? 1e-8 : 1e-7
    #expect(fit.rows.count == expected.count { $0["kind"] == "coefficient" })
    #expect(fit.tests.count == expected.count { $0["kind"] == "test" })
    for row in expected {
      let term = row["term"] ?? ""
      func number(_ column: String) throws -> Double {
        try #require(row[column].flatMap(Double.init))
      }
      switch row["kind"] {
      case "coefficient":
        let found = try #require(fit.rows.first { $0.term == term }, "no term \(term)")
        expectClose(found.estimate, try number("estimate"), tolerance: tolerance, term)
        expectClose(found.standardError, try number("std_error"), tolerance: tolerance, term)
        expectClose(found.pValue, try number("p_value"), tolerance: tolerance * 10, term)
        #expect(try found.degreesOfFreedom == number("df"))
      case "test":
        let found = try #require(fit.tests.first { $0.term == term }, "no test of \(term)")
        expectClose(found.statistic, try number("estimate"), tolerance: tolerance * 10, term)
        expectClose(found.pValue, try number("p_value"), tolerance: tolerance * 10, term)
        #expect(try found.df1 == number("df1"))
        #expect(try found.df2 == number("df"))
      default:
        expectClose(fit.deviance, try number("estimate"), tolerance: 1e-9, "deviance")
        expectClose(fit.nullDeviance, try number("null_deviance"), tolerance: 1e-9, "null")
        #expect(try fit.count == Int(number("df")))
      }
    }
  }

  @Test func `results of R survey 4.5 on the golden sample`() throws {
    let fit = try goldenSurvey().fit("z ~ x + factor(g) + sex")
    #expect(fit.family == .logistic)
    for (row, estimate) in zip(fit.rows, try Golden.numbers("glm_logit.est")) {
      expectClose(row.estimate, estimate, tolerance: 1e-7, row.term)
    }
    let covariance = fit.estimates.covariance().elements
    // R stops early, which leaves the information matrix a step (2e-5) behind.
    for (found, value) in zip(covariance, try Golden.numbers("glm_logit.vcov")) {
      expectClose(found, value, tolerance: 2e-5, "covariance")
    }
    let linear = try goldenSurvey().fit("x ~ factor(g) + sex")
    #expect(linear.family == .linear)
    let expected = try zip(Golden.numbers("glm_gauss.est"), Golden.numbers("glm_gauss.se"))
    for (row, (estimate, error)) in zip(linear.rows, expected) {
      expectClose(row.estimate, estimate, tolerance: 1e-9, row.term)
      expectClose(row.standardError, error, tolerance: 1e-9, row.term)
    }
  }
}
