import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

@Suite("Comparisons of groups")
struct ComparisonTests {
  @Test func `a difference of means agrees with R survey 4.5`() throws {
    let survey = try Survey(
      Golden.dataset(), weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
    let rows = try survey.compare("x", across: "g", to: "1").rows
    let difference = try #require(rows.first).difference
    expectClose([difference.estimate], try Golden.numbers("svyby_contrast_2_1.est"))
    expectClose([difference.standardError], try Golden.numbers("svyby_contrast_2_1.se"))
    #expect(difference.degreesOfFreedom == 21)
  }

  /// p.adjust of R 4.2: c(0.01, 0.02, 0.03, 0.04, 0.05).
  @Test func `p-values are adjusted as R adjusts them`() {
    let p = [0.03, 0.01, 0.05, 0.02, 0.04]
    expectClose(Adjustment.holm.adjusted(p), [0.09, 0.05, 0.09, 0.08, 0.09])
    expectClose(Adjustment.bonferroni.adjusted(p), [0.15, 0.05, 0.25, 0.1, 0.2])
    expectClose(Adjustment.bh.adjusted(p), [0.05, 0.05, 0.05, 0.05, 0.05])
    #expect(Adjustment.none.adjusted(p) == p)
  }

  @Test func `one group cannot be compared`() throws {
    let survey = try MadeUpSurvey(rows: 100).survey().restricted(to: Expression("group == 1"))
    let error = #expect(throws: SurveyError.self) {
      try survey.compare("number", across: "group")
    }
    #expect(error?.description == "group: a comparison needs two groups, and there is 1")
  }
}
