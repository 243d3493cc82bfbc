import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

/// Several stages of sampling units, as R has them.
///
/// Several stages of sampling units, against R survey on the golden sample, a seeded two-stage sample
/// whose recipe stands in `golden.R`: `svydesign(ids = ~psu + ssu, strata = ~stratum, fpc = ~fpc1 +
/// fpc2, weights = ~w, data = d, nest = TRUE)`. Numbers without a name there are those of survey 4.1.
@Suite("Several stages of sampling") struct StageTests {
  private static let two = DesignDeclaration(
    strata: "stratum", psu: ["psu", "ssu"], fpc: ["fpc1", "fpc2"])

  private func survey(
    _ design: DesignDeclaration = two, where condition: String? = nil
  ) throws -> Survey {
    try Survey(
      Golden.dataset(), weight: WeightDeclaration("w", source: .variable("w")), design: design,
      subpopulation: condition.map { try Expression($0) })
  }

  private func made(_ csv: String, _ design: DesignDeclaration) throws -> Survey {
    try Survey(
      Places.dataset(csv: csv), weight: WeightDeclaration("w", source: .variable("w")),
      design: design)
  }

  @Test func `means and totals with population sizes at both stages, and at the first`() throws {
    let both = try survey().summarize("x", statistics: [.mean, .total]).rows
    expectClose(
      [both[0].estimate, both[0].standardError, both[1].standardError],
      try ["est", "se", "total_se"].flatMap { try Golden.numbers("twostage_fpc.\($0)") })
    #expect(both[0].degreesOfFreedom == 21)
    let one = try survey(DesignDeclaration(strata: "stratum", psu: ["psu"], fpc: ["fpc1"]))
    expectClose(
      [try one.summarize("x").rows[0].standardError], try Golden.numbers("onestage_fpc.se"))
  }

  @Test func `domains, ratios, shares, contrasts and tests as R has them`() throws {
    let domain = try survey(where: "g == 2").summarize("x").rows[0]
    expectClose(
      [domain.estimate, domain.standardError, domain.degreesOfFreedom],
      [-0.03518942823753781, 0.10946202574298466, 21])
    let shares = try survey().tabulate("y").rows
    expectClose(
      shares.map(\.standardError),
      [0.03142512648049475, 0.02566751804025260, 0.02239022777439509, 0.02673775422683273])
    let contrast = try survey().compare(.mean(of: "x"), across: ["g"]).rows[0]
    expectClose(
      [contrast.difference.estimate, contrast.difference.standardError],
      [0.1662963352596389, 0.1614323802704294])
    let test = try survey().tabulate("y", by: "g").independenceTest()
    expectClose(
      [test.statistic, test.df1, test.df2, test.pValue],
      [2.33751547497486767, 4.80079553429421, 100.81670622028723, 0.04951213896768439],
      tolerance: 1e-8)
  }

  @Test func `design effects, without and with replacement`() throws {
    var options = EstimationOptions()
    func effect(_ method: DesignEffectMethod?) throws -> Double {
      options.designEffect = method
      return try survey().summarize("x", options: options).rows[0].designEffect
    }
    expectClose(
      [try effect(nil), try effect(.srs), try effect(.replace)],
      [1.892582865514665, 1.892582865514665, 1.850820619680408])
  }

  /// A last stage without population sizes is drawn with replacement: R with an infinite size.
  @Test func `population sizes may end before the stages do`() throws {
    let design = DesignDeclaration(strata: "stratum", psu: ["psu", "ssu"], fpc: ["fpc1"])
    expectClose([try survey(design).summarize("x").rows[0].standardError], [0.08202379830767641])
  }

  @Test func `without population sizes the first stage is all that counts`() throws {
    let first = DesignDeclaration(strata: "stratum", psu: ["psu"])
    let both = DesignDeclaration(strata: "stratum", psu: ["psu", "ssu"])
    #expect(
      try survey(both).summarize("x").rows == survey(first).summarize("x").rows)
  }

  /// Few enough to reckon.
  ///
  /// Two of four schools, in the first two of three pupils, in the second both of two; `y` by pupil
  /// 1, 3 | 4, 6, weights 3 and 2. The total is 3·4 + 2·10 = 32, that of the schools 12 and 20.
  ///
  /// V₁ = (1 − 1∕2)·2∕1·((12 − 16)² + (20 − 16)²) = 32. Within the first school V₂ = (1 − 2∕3)·2∕1·((3
  /// − 6)² + (9 − 6)²) = 12, of which half counts; within the second everybody was asked. V = 38.
  @Test func `by hand: a total of two schools`() throws {
    let csv = """
      school,pupil,schools,pupils,w,y
      1,1,4,3,3,1
      1,2,4,3,3,3
      2,1,4,2,2,4
      2,2,4,2,2,6
      """
    let total = try made(
      csv, DesignDeclaration(psu: ["school", "pupil"], fpc: ["schools", "pupils"])
    ).summarize("y", statistics: [.total]).rows[0]
    #expect(total.estimate == 32 && total.degreesOfFreedom == 1)
    expectClose([total.standardError * total.standardError], [38])
    // The same numbers as fractions, with a stage between them of which everything was drawn.
    let fractions = csv.split(separator: "\n").enumerated().map { index, line in
      line.replacing(",4,3,", with: ",0.5,\(2.0 / 3),").replacing(",4,2,", with: ",0.5,1,")
        + (index == 0 ? ",class,classes" : ",1,1")
    }.joined(separator: "\n")
    let three = try made(
      fractions,
      DesignDeclaration(
        psu: ["school", "class", "pupil"], fpc: ["schools", "classes", "pupils"])
    ).summarize("y", statistics: [.total]).rows[0]
    expectClose([three.standardError], [total.standardError])
  }

  /// Where all units of the first stage were drawn, they are strata of the second.
  @Test func `a first stage of which everything was drawn stratifies the second`() throws {
    var csv = "s,id,all,size,w,x\n"
    for row in 0..<24 { csv += "\(row / 8),\(row),3,\(20 + row / 8),1,\(row * row % 17)\n" }
    let stages = try made(csv, DesignDeclaration(psu: ["s", "id"], fpc: ["all", "size"]))
    let strata = try made(csv, DesignDeclaration(strata: "s", fpc: ["size"]))
    for statistic in [SummaryStatistic.mean, .total, .quantile(0.5)] {
      let a = try stages.summarize("x", statistics: [statistic]).rows[0]
      let b = try strata.summarize("x", statistics: [statistic]).rows[0]
      #expect(a.estimate == b.estimate)
      // The interval that a median's error is made of rests on the degrees of freedom.
      if statistic != .quantile(0.5) { expectClose([a.standardError], [b.standardError]) }
      #expect(a.degreesOfFreedom == 2 && b.degreesOfFreedom == 21)
    }
  }

  @Test func `one unit of the first stage says nothing of the variance between them`() throws {
    let row = try survey(where: "stratum == 1 and psu == 1").summarize("x").rows[0]
    #expect(row.standardError.isNaN && row.degreesOfFreedom == 0)
  }

  // MARK: Lonely units

  /// Four schools in the population, of the second of which one pupil was asked.
  private func lonely(_ rule: LonelyPSU) throws -> EstimateRow {
    try made(
      """
      school,pupil,schools,pupils,w,y
      1,1,4,3,3,1
      1,2,4,3,3,3
      2,1,4,2,4,5
      """,
      DesignDeclaration(
        psu: ["school", "pupil"], fpc: ["schools", "pupils"], lonelyPSU: rule)
    ).summarize("y", statistics: [.total]).rows[0]
  }

  /// The variances of the rules.
  ///
  /// V₁ = 1∕2·2·((12 − 16)² + (20 − 16)²) = 32 and half of V₂ = 12 of the first school are there. The
  /// pupil of the second adds 1∕2·(1 − 1∕2)·(20 − 32∕3)² when compared with the mean of all pupils, and
  /// as much as the first school when it gets the average.
  private static let lonelyVariances: [(LonelyPSU, Double)] = [
    (.remove, 38), (.certainty, 38), (.average, 44), (.adjust, 59.777_777_777_777_78),
  ]

  @Test(arguments: lonelyVariances)
  func `by hand: one unit of the second stage`(rule: LonelyPSU, variance: Double) throws {
    let error = try lonely(rule).standardError
    expectClose([error * error], [variance])
  }

  @Test func `one unit of the second stage is named, and the choices offered`() throws {
    let error = #expect(throws: SurveyError.self) { try lonely(.fail) }
    #expect(error?.kind == .noAnswer)
    #expect(
      error?.description == """
        school: '2' has one unit of 'pupil' in the sample, so the variance within it is unknown
              Choose --lonely-psu certainty, remove, adjust or average, or name the first stage only.
        """)
  }

  // MARK: Faults

  @Test func `every fault has its own sentence`() throws {
    func message(_ psu: [String], _ fpc: [String], _ rows: [String]) -> String {
      let csv = (["s,c,p,n1,n2,w"] + rows).joined(separator: "\n")
      do {
        _ = try made(csv, DesignDeclaration(strata: "s", psu: psu, fpc: fpc))
        return ""
      } catch { return "\(error)" }
    }
    let good = ["7,1,1,4,6,1", "7,1,2,4,6,1", "7,2,1,4,7,1", "7,2,2,4,7,1"]
    let (psu, fpc) = (["c", "p"], ["n1", "n2"])
    #expect(message(psu, fpc, good) == "")
    #expect(
      message(psu, fpc, good + ["7,2,3,4,8,1"])
        .hasPrefix("row 5: the population size 'n2' is 8 in c '7/2', where it was 7 before"))
    #expect(
      message(psu, fpc, good + ["7,3,1,4,1,1", "7,3,2,4,1,1"])
        .hasPrefix("n2: c '7/3' has 2 units of 'p' in the sample, but a population of 1"))
    #expect(
      message(psu, fpc, good + ["7,3,1,4,0.5,1", "7,3,2,4,0.5,1"])
        .hasPrefix("n2: mixes fractions (0.5 in c '7/3') and population sizes"))
    #expect(
      message(psu, fpc, ["7,1,1,4,0.5,1", "7,1,2,4,0.5,1", "7,2,1,4,0.5,1", "7,2,2,4,0.5,1"])
        .hasPrefix("n2: holds fractions, and 'n1' of another stage population sizes"))
    #expect(
      message(psu, fpc, good + ["7,3,1,4,,1"])
        .hasPrefix("row 5: the population size 'n2' is missing"))
    #expect(
      message(psu, fpc, good + ["7,3,,4,5,1"]).hasPrefix("row 5: has no s or c or p, so it has no"))
    #expect(
      message(["c"], fpc, good)
        .hasPrefix("there are 2 population sizes (n1, n2) for one stage of sampling"))
    #expect(
      message(["c", "c"], fpc, good).hasPrefix("'c' is the sampling unit of two stages"))
  }
}
