import IntegrationParadox
import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "Shares by group and gaps with controls held constant")
struct PrevalenceTests {
  let survey: Survey

  init() throws { survey = try ReferenceCase.survey() }

  @Test func `shares by group, each on those who answered it`() throws {
    // svyby(~integ, ~gen, des, svymean) and svymean(~discr, des) of R's survey 4.1-1.
    let rows = try survey.prevalence(of: "integ", by: "gen").rows
    expect(
      rows.prefix(2).map(\.share.estimate), [0.631_400_274_677_45, 0.795_468_447_967_90],
      within: 1e-12)
    expect(
      rows.prefix(2).map(\.share.standardError), [0.022_770_028_287_382, 0.013_201_388_508_293],
      within: 1e-12)
    let all = try #require(try survey.prevalence(of: "discr", by: "gen").rows.last)
    #expect(all.group == nil && all.count == 1042)
    expect([all.share.estimate], [0.396_781_755_72], within: 1e-11)
    #expect(all.interval.low < all.share.estimate && all.share.estimate < all.interval.high)
  }

  @Test func `gaps compared with controls held constant`() throws {
    // svyglm(D ~ gen + female + age + edu, subset(des, !is.na(D))) of R's survey 4.1-1.
    let gap = try survey.gap("integ", "accept", by: "gen", controls: ["female", "age", "edu"])
    let adjusted = try #require(gap.adjusted.first)
    #expect(adjusted.group.code == "1" && adjusted.reference.code == "0")
    expect(
      [adjusted.difference.estimate, adjusted.difference.standardError],
      [0.196_191_226_619_690_8, 0.041_116_864_761_785_9], within: 1e-12)
    // 24 + 1 − 5 coefficients.
    #expect(adjusted.difference.degreesOfFreedom == 20)
    let other = try survey.gap(
      "integ", "accept", by: "gen", reference: "1", controls: ["female", "age", "edu"])
    expect(
      [try #require(other.adjusted.first).difference.estimate], [-adjusted.difference.estimate],
      within: 1e-12)
  }

  @Test func `a control that says nothing changes nothing`() throws {
    var columns = try ReferenceCase.columns()
    columns.append(("same", columns[0].values.map { _ in 1 }))
    let gap = try ReferenceCase.survey(columns).gap(
      "integ", "accept", by: "gen", controls: ["same"])
    expect(
      gap.adjusted.map(\.difference.estimate), gap.differences.map(\.difference.estimate),
      within: 1e-12)
    expect(
      gap.adjusted.map(\.difference.standardError),
      gap.differences.map(\.difference.standardError), within: 1e-12)
  }

  @Test func `controls without groups, the group as a control`() throws {
    let alone = #expect(throws: SurveyError.self) {
      try survey.gap("integ", "accept", controls: ["age"])
    }
    #expect(alone?.kind == .usage)
    let twice = #expect(throws: SurveyError.self) {
      try survey.gap("integ", "accept", by: "gen", controls: ["gen"])
    }
    #expect(twice?.problem == "is both the group and a control")
  }
}
