import SurveyData
import SurveyModels
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "Margins and tests of models of several answers agree with R")
struct ChoiceReferenceTests {
  static let rows: [[String: String]] =
    (try? Places.reference("SurveyModelsTests/Reference/choices.csv")) ?? []

  static let models = rows.filter { $0["kind"] == "aic" }.map {
    ReferenceTests.Case(
      design: $0["design"] ?? "", family: $0["family"] ?? "", formula: $0["formula"] ?? "")
  }

  private func fit(_ model: ReferenceTests.Case) throws -> CategoryFit {
    try goldenSurvey(model.design).fit(
      model.formula, categories: try #require(CategoryFamily(rawValue: model.family)))
  }

  private func expected(_ model: ReferenceTests.Case, _ kinds: [String]) -> [[String: String]] {
    Self.rows.filter {
      $0["design"] == model.design && $0["family"] == model.family
        && $0["formula"] == model.formula && kinds.contains($0["kind"] ?? "")
    }
  }

  private func number(_ row: [String: String], _ column: String) throws -> Double {
    try #require(row[column].flatMap(Double.init), "\(row)")
  }

  @Test func `the table of reference values is there`() {
    #expect(Self.models.count == 4)
  }

  @Test(arguments: models, Covariates.allCases)
  func `effects, second differences and predictions`(
    _ model: ReferenceTests.Case, _ covariates: Covariates
  ) throws {
    let fit = try fit(model)
    var options = MarginOptions()
    options.covariates = covariates
    let suffix = covariates == .fixed ? "" : "-\(covariates.rawValue)"
    let expected = self.expected(
      model, ["effect\(suffix)", "prediction\(suffix)", "second-difference"])
    #expect(!expected.isEmpty)
    let groups = Set(expected.compactMap { $0["group"] }).filter { !$0.contains("-") }
    for group in [nil, groups.count > 1 ? "sex" : nil].prefix(groups.count > 1 ? 2 : 1) {
      let effects = try fit.margins(
        of: model.formula.contains("sex") ? ["x", "g", "sex"] : ["x", "g"], over: group,
        options: options)
      for row in expected where (row["group"] == "all") == (group == nil) {
        let (term, place) = (row["term"] ?? "", row["group"] ?? "")
        let outcome = row["outcome"]
        let found: Difference
        switch row["kind"] {
        case "effect\(suffix)":
          found = try #require(
            effects.rows.first {
              $0.term == term && $0.outcome?.code == outcome
                && ($0.place.group?.code ?? "all") == place
            }
          ).difference
        case "second-difference":
          guard covariates == .fixed else { continue }
          found = try #require(
            effects.differences.first {
              $0.effect.term == term && $0.effect.outcome?.code == outcome
            }
          ).difference
        default:
          let prediction = try #require(
            fit.predictions(at: term, over: group, options: options).rows.first {
              $0.outcome?.code == outcome && ($0.group?.code ?? "all") == place
            })
          found = Difference(
            prediction.estimate, standardError: prediction.standardError, degreesOfFreedom: 1,
            level: 0.95)
        }
        let what = "\(row["kind"] ?? "") \(term) \(place) \(outcome ?? "")"
        #expect(try abs(found.estimate - number(row, "estimate")) < 1e-8, "\(what)")
        expectClose(
          found.standardError, try number(row, "std_error"), tolerance: 1e-7, what)
      }
    }
  }

  @Test(arguments: models)
  func `tests of terms and figures of fit`(_ model: ReferenceTests.Case) throws {
    let fit = try fit(model)
    for test in TermTest.allCases where test != .wald {
      let found = try fit.termTests(test).filter { $0.test == test.rawValue }
      let expected = self.expected(model, [test.rawValue])
      #expect(found.count == expected.count && !found.isEmpty)
      for (result, row) in zip(found, expected) {
        #expect(result.term == row["term"])
        #expect(try result.df1 == number(row, "df1"))
        #expect(try result.df2 == number(row, "df2"))
        expectClose(
          result.statistic, try number(row, "estimate"), tolerance: 1e-7, test.rawValue)
        expectClose(result.pValue, try number(row, "p_value"), tolerance: 1e-6, test.rawValue)
      }
    }
    let statistics = try fit.statistics()
    for (kind, value) in [
      ("aic", statistics.aic), ("bic", statistics.bic), ("mcfadden", statistics.mcFadden),
      ("effective-parameters", statistics.effectiveParameters),
      ("cox-snell", statistics.coxSnell),
    ] {
      expectClose(
        value, try number(try #require(self.expected(model, [kind]).first), "estimate"),
        tolerance: 1e-7,
        kind)
    }
  }

  @Test(arguments: models)
  func `intervals from the likelihood`(_ model: ReferenceTests.Case) throws {
    let expected = self.expected(model, ["interval"])
    guard !expected.isEmpty else { return }
    let fit = try fit(model).withLikelihoodIntervals()
    #expect(fit.rows.count == expected.count)
    for (row, values) in zip(fit.rows, expected) {
      #expect(row.term == values["term"] && (row.outcome?.code ?? "") == values["outcome"])
      #expect(try abs(row.interval.low - number(values, "estimate")) < 1e-7, "\(row.term)")
      #expect(try abs(row.interval.high - number(values, "std_error")) < 1e-7, "\(row.term)")
    }
  }
}
