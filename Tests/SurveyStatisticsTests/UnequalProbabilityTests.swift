import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

/// Unequal probabilities without replacement; numbers without a derivation are those of R's survey 4.1
/// with `svydesign(…, pps = "brewer" | "overton")`.
@Suite("Unequal probabilities without replacement") struct UnequalProbabilityTests {
  private static let people = """
    y,p,h,w
    3,0.2,1,5
    5,0.5,1,2
    2,0.3,1,3.3333333333333335
    8,0.9,1,1.1111111111111112
    7,0.6,2,1.6666666666666667
    1,0.1,2,10
    4,0.4,2,2.5
    """

  private func survey(
    _ csv: String = people, strata: String? = nil, psu: [String] = [], fpc: [String] = ["p"],
    _ method: UnequalProbabilityMethod, where condition: String? = nil
  ) throws -> Survey {
    var design = DesignDeclaration(strata: strata, psu: psu, fpc: fpc)
    design.pps = method
    return try Survey(
      Places.dataset(csv: csv), weight: WeightDeclaration("w", source: .variable("w")),
      design: design, subpopulation: condition.map { try Expression($0) })
  }

  private func variances(_ survey: Survey) throws -> [Double] {
    try survey.summarize("y", statistics: [.total, .mean]).rows.map {
      $0.standardError * $0.standardError
    }
  }

  private static let found: [(UnequalProbabilityMethod, String?, [Double])] = [
    (.brewer, nil, [32.6719576719577, 0.607289510827431]),
    (.brewer, "h", [38.1147119341564, 0.665027149551021]),
    (.overton, nil, [44.1358024691359, 0.607289510827431]),
    (.overton, "h", [49.0432098765433, 0.694827153522182]),
  ]

  @Test(arguments: found)
  func `totals and means of people, as R has them`(
    method: UnequalProbabilityMethod, strata: String?, expected: [Double]
  ) throws {
    expectClose(try variances(survey(strata: strata, method)), expected)
    #expect(
      try survey(strata: strata, method).summarize("y").rows[0].degreesOfFreedom
        == (strata == nil ? 6 : 5))
  }

  @Test(arguments: [
    (UnequalProbabilityMethod.brewer, 176.20811287478), (.overton, 146.666666666667),
  ])
  func `who is outside a subpopulation keeps a place`(
    method: UnequalProbabilityMethod, expected: Double
  ) throws {
    expectClose([try variances(survey(Self.people, method, where: "y > 2"))[0]], [expected])
  }

  private static let clusters = """
    c,u,p,f,w,y
    1,1,0.2,0.5,10,1
    1,2,0.2,0.5,10,3
    2,1,0.5,0.25,8,4
    2,2,0.5,0.25,8,6
    3,1,0.4,0.1,25,2
    3,2,0.4,0.1,25,7
    """

  /// R has no second stage with Overton's, and weighs by the probabilities alone.
  @Test func `sampling units, with a second stage and without`() throws {
    let stages = try survey(Self.clusters, psu: ["c", "u"], fpc: ["p", "f"], .brewer)
    expectClose([try variances(stages)[0]], [24319.75])
    let first = try survey(Self.clusters, psu: ["c"], fpc: ["p"], .brewer)
    expectClose([try variances(first)[0]], [18558.75])
    let plain = Self.clusters.replacing(",10,", with: ",5,").replacing(",8,", with: ",2,")
      .replacing(",25,", with: ",2.5,")
    let overton = try survey(plain, psu: ["c"], fpc: ["p"], .overton)
    expectClose([try variances(overton)[0]], [1.25])
  }

  /// Of two people both are short.
  ///
  /// Two units: Brewer gives `(c₁ + c₂)∕2 (T₁ − T₂)²`, Overton `2 (c₁T₁² + c₂T₂²) − (T₁ + T₂)(c₁T₁ + c₂T₂)`,
  /// here with T = 10 and 18, c = 0.8 and 0.5. With 12 Overton's is below 0, and then not known.
  @Test func `by hand: two people`() throws {
    let csv = "y,p,w\n2,0.2,5\n9,0.5,2\n"
    expectClose([try variances(survey(csv, .brewer))[0]], [1.3 / 2 * 64])
    expectClose([try variances(survey(csv, .overton))[0]], [2 * (80 + 162) - 28 * 17])
    #expect(try variances(survey(csv.replacing("9,", with: "6,"), .overton))[0].isNaN)
  }

  @Test(arguments: UnequalProbabilityMethod.allCases)
  func `equal probabilities give the finite population correction`(
    method: UnequalProbabilityMethod
  ) throws {
    let csv = "y,p,w\n2,0.4,2.5\n6,0.4,2.5\n5,0.4,2.5\n9,0.4,2.5\n"
    let plain = try Survey(
      Places.dataset(csv: csv), weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(fpc: ["p"]))
    expectClose(try variances(survey(csv, method)), try variances(plain))
    // Of everybody nothing is left to chance.
    let all = try survey(csv.replacing("0.4,2.5", with: "1,1"), method)
    #expect(try all.summarize("y").rows[0].standardError == 0)
  }

  @Test func `every fault has its own sentence`() throws {
    func message(_ csv: String, psu: [String] = [], fpc: [String] = ["p"]) -> String {
      do {
        _ = try survey(csv, psu: psu, fpc: fpc, .brewer)
        return ""
      } catch { return "\(error)" }
    }
    #expect(
      message(Self.people, fpc: [])
        .hasPrefix("unequal probabilities of sampling (pps) need the probability of every unit"))
    #expect(
      message("y,p,w\n2,30,5\n6,0.5,2\n")
        .hasPrefix("row 1: the inclusion probability 'p' is 30; it is above 0 and at most 1"))
    #expect(
      message("c,y,p,w\n1,2,0.3,5\n1,6,0.5,2\n", psu: ["c"]).hasPrefix(
        "row 2: the inclusion probability 'p' is 0.5 in c '1', where it was 0.3 before"))
  }
}
