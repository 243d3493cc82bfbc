import IntegrationParadox
import SurveyData
import SurveyStatistics
import Testing

/// Typologies of many groups, whose shares are brought together group by group.
@Suite struct ManyGroupsTests {
  /// Two judgements and the four types that they make, in groups, strata and sampling units; one
  /// stratum has one unit.
  private static func survey(_ design: DesignDeclaration?, groups: Int) throws -> Survey {
    var state: UInt64 = 11
    func next(_ count: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % count)
    }
    let rows = 1500
    let answers = (0..<rows).map { _ in (next(2), next(2)) }
    func codes(_ values: [Int], _ count: Int) -> Column {
      .codes(
        CategoricalColumn(
          positions: Positions(values, valueCount: count + 1),
          categories: (0..<count).map { Category("\($0)") }, missing: [.system]))
    }
    let strata = (0..<rows).map { $0 == 0 ? 8 : next(8) }
    return try Survey(
      Dataset(
        MemorySource([
          ("a", codes(answers.map(\.0), 2)), ("b", codes(answers.map(\.1), 2)),
          ("type", codes(answers.map { 2 * $0.0 + $0.1 }, 4)),
          ("g", codes((0..<rows).map { _ in next(UInt64(groups)) }, groups)),
          ("s", codes(strata, 9)), ("p", codes((0..<rows).map { _ in next(5) }, 5)),
          (
            "w",
            .numbers(
              NumericColumn(
                values: (0..<rows).map { _ in Double(next(900) + 100) / 300 }, missing: [.system]))
          ),
        ])), weight: WeightDeclaration("w", source: .variable("w")), design: design)
  }

  private static let designs: [DesignDeclaration?] =
    [nil, DesignDeclaration(psu: ["p"])]
    + [LonelyPSU.adjust, .average, .certainty, .remove].flatMap { rule in
      [[], ["p"]].map { psu in
        var design = DesignDeclaration(strata: "s", psu: psu)
        design.lonelyPSU = rule
        return design
      }
    }

  @Test(arguments: designs.indices)
  func `the test of the types by the groups is that of a table of both`(place: Int) throws {
    let survey = try Self.survey(Self.designs[place], groups: 23)
    let found = try survey.discordance("a == 1", "b == 1", by: "g").tests
    let typology = try #require(found.first { $0.test == "typology" })
    let table = try survey.tabulate("type", by: ["g"]).independenceTest()
    func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * abs(b) }
    #expect(isClose(typology.statistic, table.statistic))
    #expect(isClose(typology.df1, table.df1))
    #expect(isClose(typology.df2, table.df2))
    #expect(isClose(typology.pValue, table.pValue))
  }
}
