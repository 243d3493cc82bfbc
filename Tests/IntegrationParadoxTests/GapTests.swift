import Foundation
import IntegrationParadox
import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

/// Gaps, their differences and the test of their equality on made-up judgements.
@Suite(
  "The gap on the reference case of the integration paradox")
struct GapTests {
  let survey: Survey

  init() throws {
    survey = try Survey(
      Places.dataset("paradox.csv"),
      weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
  }

  @Test func `gaps by generation and for all`() throws {
    let gap = try survey.gap("integ", "accept", by: "gen")
    #expect(gap.rows.map(\.count) == [566, 455, 1021])
    expect(gap.rows.map(\.first), [0.633_434_04, 0.799_897_22, 0.706_381_86])
    expect(gap.rows.map(\.second), [0.659_431_55, 0.609_144_69, 0.637_394_75])
    expect(gap.rows.map(\.difference.estimate), [-0.025_997_52, 0.190_752_53, 0.068_987_11])
    expect(gap.rows.map(\.difference.standardError), [0.031_728_95, 0.024_126_18, 0.022_221_24])
    expect(gap.rows.map(\.firstError), [0.022_238_63, 0.013_489_43, 0.015_535_91])
    expect(gap.rows.map(\.secondError), [0.023_840_85, 0.020_472_42, 0.015_386_24])
    expect(gap.rows.map(\.correlation), [0.053_016, 0.034_422, -0.032_803], within: 6e-7)
    expect(gap.rows.map(\.difference.statistic), [-0.819_36, 7.906_45, 3.104_56], within: 6e-6)
    expect(gap.rows.map(\.difference.pValue), [0.420_642, 3.883_98e-8, 0.004_834_36], within: 6e-7)
  }

  @Test func `the difference of gaps knows that groups share sampling units`() throws {
    let gap = try survey.gap("integ", "accept", by: "gen")
    let difference = try #require(gap.differences.first).difference
    expect([difference.estimate, difference.standardError], [0.216_750_05, 0.038_230_54])
    expect([difference.statistic], [5.669_55], within: 6e-6)
    // With two groups the test of equality is the square of the t.
    let equality = try #require(gap.equality)
    expect([equality.statistic], [difference.statistic * difference.statistic], within: 1e-9)
    expect([equality.pValue], [difference.pValue], within: 1e-12)
  }

  @Test func `odds ratios are the coefficients of a stacked logit`() throws {
    let gap = try survey.gap("integ", "accept", by: "gen")
    // `svyglm(y ~ item * gen, stacked, quasibinomial)` and within generation 1, R's survey 4.1.
    let ratios = gap.rows.compactMap(\.oddsRatio)
    expect(
      ratios.map { Foundation.log($0.estimate) },
      [-0.113_784_675_331, 0.941_933_737_350, 0.313_801_494_993], within: 1e-10)
    expect(
      ratios.map { $0.standardError / $0.estimate },
      [0.139_155_150_196, 0.118_310_565_771, 0.101_832_228_526], within: 1e-10)
    expect(
      gap.oddsRatios.map { Foundation.log($0.difference.estimate) }, [1.055_718_412_681],
      within: 1e-10)
    expect(
      gap.oddsRatios.map { $0.difference.standardError / $0.difference.estimate },
      [0.175_020_577_913], within: 1e-10)
    #expect(try survey.gap("own", "seen", by: "gen").oddsRatios.isEmpty)
  }

  @Test func `judgements on a scale`() throws {
    let gap = try survey.gap("own", "seen", by: "gen")
    expect(gap.rows.prefix(2).map(\.difference.estimate), [0.403_292_26, 1.021_495_51])
    expect(gap.rows.prefix(2).map(\.difference.standardError), [0.056_742_43, 0.066_695_10])
    expect(gap.differences.map(\.difference.estimate), [0.618_203_25])
    expect(gap.differences.map(\.difference.standardError), [0.082_39], within: 6e-6)
  }

  @Test func `a condition gives what its variable gives`() throws {
    let (a, b) = (try survey.gap("integ", "accept"), try survey.gap("integ == 1", "accept == 1"))
    #expect(a.rows[0].difference.estimate == b.rows[0].difference.estimate)
    #expect(a.rows[0].difference.standardError == b.rows[0].difference.standardError)
  }

  @Test func `an unknown group is an error with the nearest`() throws {
    let error = #expect(throws: SurveyError.self) {
      try survey.gap("integ", "accept", by: "gen", reference: "2")
    }
    #expect(error?.kind == .usage)
    #expect(error?.problem == "has no group '2' among those with answers: '0', '1'")
  }
}
