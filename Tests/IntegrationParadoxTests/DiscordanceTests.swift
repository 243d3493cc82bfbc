import IntegrationParadox
import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "Discordance on the reference case of the integration paradox")
struct DiscordanceTests {
  let survey: Survey

  init() throws { survey = try ReferenceCase.survey() }

  @Test func `the four types, the share among the integrated and the log ratio`() throws {
    let rows = try survey.discordance("integ", "accept", by: "gen").rows
    #expect(rows.map(\.count) == [566, 455, 1021])
    expect(
      rows[2].cells.map(\.estimate), [0.482_261_63, 0.224_120_22, 0.155_133_11, 0.138_485_03])
    expect(
      rows[0].cells.map(\.estimate), [0.469_138_34, 0.164_295_70, 0.190_293_22, 0.176_272_74])
    expect(
      rows[1].cells.map(\.estimate), [0.499_085_03, 0.300_812_19, 0.110_059_66, 0.090_043_12])
    expect(rows[0].cells[1...2].map(\.standardError), [0.017_010_13, 0.021_215_54])
    expect(rows[1].cells[1...2].map(\.standardError), [0.016_427_53, 0.014_736_43])
    expect(
      rows.map(\.shareAmongFirst.estimate), [0.259_373_02, 0.376_063_55, 0.317_279_13])
    expect(
      rows.map(\.shareAmongFirst.standardError), [0.024_186_57, 0.019_356_64, 0.012_800_71])
    expect(rows.map(\.logRatio.estimate), [-0.146_898_27, 1.005_463_53, 0.367_899_07])
    expect(rows.map(\.logRatio.standardError), [0.178_039_45, 0.154_210_99, 0.125_301_31])
    expect([rows[2].kappa.estimate], [0.144_454_7], within: 6e-8)
    expect([rows[2].kappa.standardError], [0.028_71], within: 6e-6)
    #expect(rows.map(\.onlyFirst) == [97, 138, 235] && rows.map(\.onlySecond) == [110, 49, 159])
    expect(
      rows.prefix(2).map(\.unweightedMcNemar.statistic), [0.816_425, 42.358_289], within: 6e-7)
  }

  @Test func `tests of equal discordance and of the types by generation`() throws {
    let found = try survey.discordance("integ", "accept", by: "gen")
    func statistics(_ name: String) -> [Double] {
      found.tests.filter { $0.test == name }.map(\.statistic)
    }
    expect(statistics("wald"), [9.638_273, 0.671_355, 62.512_009], within: 6e-7)
    expect(statistics("rao-scott"), [9.517_323, 0.670_076, 56.975_988], within: 6e-7)
    #expect(found.tests.filter { $0.test == "wald" }.map(\.term) == ["all", "0", "1"])
    let typology = try #require(found.tests.first { $0.test == "typology" })
    expect([typology.statistic], [12.971_32], within: 6e-6)
    expect([typology.df1], [2.528_761_2], within: 6e-8)
    expect([typology.df2], [60.690_269_5], within: 6e-8)
    expect([typology.pValue], [4.266_609e-6], within: 6e-13)
    let difference = try #require(found.differences.first).difference
    expect([difference.estimate, difference.standardError], [0.116_690_53, 0.035_468_21])
    expect([difference.pValue], [0.003_086_25], within: 6e-9)
  }

  @Test func `as many only A as only B is the same hypothesis as no gap`() throws {
    let gap = try survey.gap("integ", "accept", by: "gen")
    let found = try survey.discordance("integ", "accept", by: "gen")
    for row in gap.rows {
      let wald = try #require(
        found.tests.first { $0.test == "wald" && $0.term == row.group?.code ?? "all" })
      #expect(abs(wald.pValue - row.difference.pValue) <= 1e-12)
    }
  }

  @Test func `every person a unit: the errors of the types by hand`() throws {
    // Four people of equal weight, one of each type: p = 1/4, V = p(1 − p) / 3.
    let dataset = Dataset(
      MemorySource([
        ("a", .numbers(NumericColumn(values: [1, 1, 0, 0], missing: [.system]))),
        ("b", .numbers(NumericColumn(values: [1, 0, 1, 0], missing: [.system]))),
      ]))
    let row = try #require(try Survey(dataset).discordance("a", "b").rows.first)
    expect(row.cells.map(\.estimate), [0.25, 0.25, 0.25, 0.25], within: 1e-15)
    expect(
      row.cells.map(\.standardError), Array(repeating: (0.25 * 0.75 / 3).squareRoot(), count: 4),
      within: 1e-15)
    expect([row.shareAmongFirst.estimate, row.kappa.estimate], [0.5, 0], within: 1e-15)
  }

  @Test func `the model of those without the second among those with the first`() throws {
    let found = try ReferenceCase.survey().discordanceModel(
      "integ", "accept", by: "gen", controls: ["female", "age"])
    // `svyglm(I(1 - accept) ~ factor(gen) + female + age, subset(d, integ == 1), quasibinomial)`.
    expect(
      found.fit.rows.map(\.estimate),
      [-1.155_843_593_020_23, 0.565_340_657_593_05, 0.031_023_720_820_67, 0.002_186_339_809_24],
      within: 1e-10)
    expect(
      found.fit.rows.map(\.standardError),
      [0.276_332_152_640_21, 0.159_893_351_279_82, 0.140_541_757_994_80, 0.006_974_876_645_65],
      within: 1e-10)
    let effect = try #require(found.effects.rows.first { $0.variable == "gen" })
    expect([effect.difference.estimate], [0.121_448_078_131], within: 1e-11)
    expect([effect.difference.standardError], [0.033_251_569_753_7], within: 1e-11)
    // With the group alone the effect is the difference of the shares.
    let alone = try ReferenceCase.survey().discordanceModel(
      "integ", "accept", by: "gen", controls: [])
    let share = try ReferenceCase.survey().discordance("integ", "accept", by: "gen").differences[0]
    expect(
      [alone.effects.rows[0].difference.estimate], [share.difference.estimate], within: 1e-12)
    #expect(throws: SurveyError.self) {
      try ReferenceCase.survey().discordanceModel("integ", "accept", by: nil, controls: [])
    }
  }

  @Test func `a judgement on a scale is not yes or no`() throws {
    let error = #expect(throws: SurveyError.self) { try survey.discordance("own", "accept") }
    #expect(error?.place == "own")
    #expect(error?.problem.contains("not yes or no") == true)
    #expect(error?.remedy?.contains("own >=") == true)
  }

  @Test func `a group with one respondent is said, not hidden`() throws {
    var columns = try ReferenceCase.columns()
    let index = try #require(columns.firstIndex { $0.name == "gen" })
    columns[index].values[3] = 2
    let found = try ReferenceCase.survey(columns).discordance("integ", "accept", by: "gen")
    #expect(found.rows.map(\.count)[2] == 1)
    #expect(found.notes.map(\.id) == ["paradox.lonely-group"])
    #expect(found.notes[0].text.contains("'2' has one respondent"))
    // The others are what they are without that group.
    #expect(found.rows[2].shareAmongFirst.interval.low.isNaN)
  }
}
