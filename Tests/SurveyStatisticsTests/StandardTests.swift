import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

/// Standardised numbers against R's survey 4.1 on the golden sample: `svystandardize(design, by = ~o, over
/// = ~g, population = c(0.2, 0.5, 0.3))`.
@Suite("Direct standardisation") struct StandardTests {
  private let standard: StandardPopulation

  init() throws {
    standard = try StandardPopulation(["o"], [(["1"], 0.2), (["2"], 0.5), (["3"], 0.3)])
  }

  private func plain(where condition: String? = nil) throws -> Survey {
    try Survey(
      Golden.dataset(), weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]),
      subpopulation: condition.map { try Expression($0) })
  }

  private func survey(where condition: String? = nil) throws -> Survey {
    try plain(where: condition).standardized(to: standard)
  }

  /// `excluding.missing = ~xm`.
  @Test func `means and totals of those who answered`() throws {
    let rows = try survey().summarize("xm", by: "g", statistics: [.mean, .total]).rows
    expectClose(
      rows.map(\.estimate),
      [
        0.00276659361503747, 0.071488581500196, -0.15406700726764, 12.1415013178656,
        302.388110392762, -681.339942815166,
      ])
    expectClose(
      rows.map(\.standardError),
      [
        0.136320598990665, 0.145612077960373, 0.105400432114149, 598.257988922218,
        615.921594481213, 466.118773012814,
      ])
    #expect(rows.prefix(3).map(\.degreesOfFreedom) == [20, 21, 20])
    let all = try survey().summarize("xm").rows[0]
    expectClose(
      [all.estimate, all.standardError, all.designEffect],
      [-0.0306816823838493, 0.0936340342941373, 2.2982387124904])
    #expect(all.count == 290)
  }

  @Test func `shares in groups and in all, their intervals and their test`() throws {
    let table = try survey().tabulate("y", by: "g")
    func column(_ code: String) -> [EstimateRow] { table.rows.filter { $0.category?.code == code } }
    expectClose(
      column("1").map(\.estimate), [0.171740294862244, 0.118545799179218, 0.123049863194876])
    expectClose(
      column("1").map(\.standardError),
      [0.0230839384960849, 0.0126929364832027, 0.0181836821408232])
    expectClose(
      column("4").map(\.standardError),
      [0.0348428838443208, 0.0194159278423552, 0.0186739696847006])
    expectClose(
      [column("1")[0].interval.low, column("1")[0].interval.high],
      [0.128772226225305, 0.225337464144997])
    expectClose(
      table.totals.map(\.estimate),
      [0.138286652842569, 0.356919886912026, 0.301957074179388, 0.202836386066017])
    expectClose(
      table.totals.map(\.standardError),
      [0.0121243080236613, 0.0251981622738186, 0.0229075955310374, 0.0144617584925905])
    let test = try table.independenceTest()
    expectClose(
      [test.statistic, test.df1, test.df2, test.pValue],
      [0.895436954947924, 2.58821155513587, 54.3524426578533, 0.436989033006567])
  }

  @Test func `ratios, medians and standard deviations`() throws {
    let sample = try survey()
    let summary = try sample.summarize(
      "x", by: "g", statistics: [.standardDeviation, .quantile(0.5)]
    ).rows
    expectClose(
      summary.prefix(3).map { $0.estimate * $0.estimate },
      [1.01218467442751, 1.2873852273878, 1.17060239309405])
    expectClose(
      summary.prefix(3).map { 2 * $0.estimate * $0.standardError },
      [0.162797700339329, 0.23026915316426, 0.17609789217803])
    #expect(summary.suffix(3).map(\.estimate) == [-0.1452, 0.0922, 0.0212])
  }

  /// `svyglm(x ~ g, …)` and `svyranktest(x ~ g, …, test = "KruskalWallis")` of the standardised design.
  @Test func `differences between groups, and ranks`() throws {
    let rows = try survey().compare("x", across: "g").rows
    expectClose(
      rows.map(\.difference.estimate), [0.169837339293812, 0.0256016193836314], tolerance: 1e-8)
    expectClose(
      rows.map(\.difference.standardError), [0.193406784080699, 0.134408332405222],
      tolerance: 1e-8)
    let ranks = try survey().rankTest(.kruskalWallis, of: "x", across: "g", ties: .file)
    expectClose([ranks.test.statistic * 2], [1.2305638639246], tolerance: 1e-8)
  }

  @Test func `categories of two variables crossed`() throws {
    let crossed = try StandardPopulation(
      ["sex", "o"],
      [
        (["0", "1"], 10), (["1", "1"], 20), (["0", "2"], 15), (["1", "2"], 25), (["0", "3"], 10),
        (["1", "3"], 20),
      ])
    let row = try plain().standardized(to: crossed).summarize("x").rows[0]
    expectClose([row.estimate, row.standardError], [-0.112517080875513, 0.0789958745798686])
  }

  @Test func `replicates are each standardised again`() throws {
    let rows = try plain().jackknifed().standardized(to: standard).summarize("x", by: "g").rows
    expectClose(
      rows.map(\.estimate), [-0.0869692032644726, 0.0828681360293396, -0.0613675838808412])
    expectClose(
      rows.map(\.standardError), [0.137188102675522, 0.155597524969483, 0.0912362817878016])
    let shares = try plain().jackknifed().standardized(to: standard).tabulate("y", by: "g").rows
    expectClose([shares[0].estimate], [0.171740294862244])
    #expect(abs(shares[0].standardError / 0.0230839384960849 - 1) < 0.1)
  }

  @Test func `a subpopulation is standardised by itself`() throws {
    let rows = try survey(where: "sex == 1").summarize("x", by: "g").rows
    expectClose(
      rows.map(\.estimate), [-0.216040794309837, 0.0218882083546032, -0.148449386039863])
    expectClose(
      rows.map(\.standardError), [0.157862376483295, 0.119015142353433, 0.166478973814031])
    let narrowed = try survey().restricted(to: Expression("sex == 1")).summarize("x", by: "g").rows
    #expect(narrowed.map(\.standardError) == rows.map(\.standardError))
  }

  @Test func `people merged by their answers give what their rows give`() throws {
    let sample = try survey()
    for merging in [Survey.Merging.byUnit, .always] {
      let merged = try sample.merged(over: [("z", .numbers), ("g", .codes)], merging)
      #expect(merged.weights.rowCount < 308)
      let rows = try [sample, merged].map { try $0.summarize("z", by: "g").rows }
      expectClose(rows[1].map(\.estimate), rows[0].map(\.estimate), tolerance: 1e-12)
      expectClose(rows[1].map(\.standardError), rows[0].map(\.standardError), tolerance: 1e-12)
    }
  }

  @Test func `a standard that the groups have changes nothing but what is known of it`() throws {
    let own = try plain().tabulate("o").rows
    let same = try StandardPopulation(
      ["o"], own.map { ([$0.category?.code ?? ""], $0.estimate) })
    let (before, after) = (
      try plain().summarize("x").rows[0], try plain().standardized(to: same).summarize("x").rows[0]
    )
    expectClose([after.estimate], [before.estimate], tolerance: 1e-12)
    let shares = try plain().standardized(to: same).tabulate("o")
    #expect(shares.rows.allSatisfy { !($0.standardError > 1e-9) })
  }

  // MARK: Faults

  private func message(_ work: () throws -> Void) -> String {
    do { try work() } catch let error as SurveyError { return error.problem } catch {}
    return ""
  }

  @Test func `every fault of a standard has its sentence`() throws {
    #expect(
      message { _ = try StandardPopulation(["o"], [(["1"], 0.2), (["2"], 0.5)]) }
        == "the shares of the standard add up to 0.7, not to 1")
    #expect(
      message { _ = try StandardPopulation(["o"], [(["1"], 1), (["2"], 0)]) }
        == "the share of '2' is 0; it is above 0")
    #expect(
      message { _ = try StandardPopulation(["o"], [(["1"], 0.5), (["1"], 0.5)]) }
        == "'1' has two shares")
    let unknown = try StandardPopulation(["o"], [(["1"], 0.2), (["7"], 0.8)])
    #expect(
      message { _ = try plain().standardized(to: unknown) }
        == "has no category '7' among '1', '2', '3', and the standard has")
    let lacking = try StandardPopulation(["o"], [(["1"], 0.2), (["2"], 0.8)])
    #expect(
      message { _ = try plain().standardized(to: lacking).summarize("x") }
        == "somebody is '3', and the standard has no share of it")
    #expect(
      message { _ = try survey(where: "not (g == 2 and o == 3)").summarize("x", by: "g") }
        == "nobody in the group '2' is '3', of which the standard has a share, so that the group "
        + "cannot be standardised")
    #expect(
      message { _ = try survey(where: "not (g == 2 and o == 3)").tabulate("y", by: "g") }
        == "nobody in the group '2' is '3', of which the standard has a share, so that the group "
        + "cannot be standardised")
    #expect(
      message { _ = try survey(where: "o < 3").summarize("x") }
        == "nobody is '3', of which the standard has a share, so that nothing can be standardised")
    #expect(
      message { _ = try survey().summarize(nil, statistics: [.total]) }
        == "a number of people cannot be standardised")
    #expect(
      message { _ = try survey().tabulate("y", by: "g", percentages: .column) }
        == "percentages of columns or of all cannot be standardised")
  }
}
