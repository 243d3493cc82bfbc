import Foundation
import SurveyData
import Testing
import VektTestSupport

@testable import SurveyStatistics

/// What replicate weights give, against R survey 4.5 on the golden sample and by hand.
@Suite("Replicate weights") struct ReplicateTests {
  let data: Dataset

  init() throws { data = try Golden.dataset() }

  private func survey(
    strata: String? = "stratum", where condition: String? = nil
  ) throws -> Survey {
    try Survey(
      data, weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: strata, psu: ["psu"]),
      subpopulation: condition.map { try Expression($0) })
  }

  private func jkn() throws -> Survey { try survey().jackknifed() }

  private func check(_ row: EstimateRow, _ path: String) throws {
    expectClose(
      [row.estimate, row.standardError],
      try Golden.numbers("\(path).est") + Golden.numbers("\(path).se"))
  }

  @Test func `means by JKn and JK1, around the replicates' mean and around the estimate`() throws {
    let mean = try jkn().summarize("x").rows[0]
    try check(mean, "jkn")
    #expect(mean.degreesOfFreedom == 21)
    try check(
      try survey().jackknifed(isCentredOnEstimate: true).summarize("x").rows[0], "jkn_mse")
    try check(try survey(strata: nil).jackknifed(.jk1).summarize("x").rows[0], "jk1")
  }

  @Test func `ratios are made anew in every replicate`() throws {
    let data = try Golden.dataset()
    let squares = try data.numeric("x").values.map { $0 * $0 }
    let survey = try jkn()
    let cells = try Cases([("z", data.numeric("z"))], by: [], in: survey)
    let frame = NumericFrame(
      survey: survey, cells: cells, name: "z/x2", values: try data.numeric("z").values,
      options: EstimationOptions())
    try check(try frame.ratios(over: squares).rows[0], "jkn_withReplicates")
  }

  @Test
  func `intervals of shares, on the scale of the log odds by replicates or by the delta method`()
    throws
  {
    for (method, path) in [
      (ProportionIntervalMethod.logit, "jkn_ciprop_logit"), (.xlogit, "jkn_ciprop_xlogit"),
    ] {
      var options = EstimationOptions()
      options.interval = method
      let row = try #require(
        try jkn().tabulate("z", options: options).rows.first { $0.category?.code == "1" })
      expectClose([row.estimate], try Golden.numbers("\(path).est"))
      // R's logit is a model that stops at 1e-8.
      expectClose(
        [row.interval.low, row.interval.high], try Golden.numbers("\(path).ci"), tolerance: 1e-8)
    }
  }

  @Test func `Rao and Scott's F`() throws {
    let test = try jkn().tabulate("y", by: "g").independenceTest()
    expectClose(
      [test.statistic, test.df1, test.df2, test.pValue],
      try ["stat", "par", "p"].flatMap { try Golden.numbers("jkn_chisq_F.\($0)") })
  }

  /// Two strata of two units: four half samples, of which every pair of halves is one.
  @Test func `balanced half samples, and Fay's`() throws {
    let all = try Golden.dataset()
    func column(_ name: String) throws -> [Double] { try all.numeric(name).values }
    let (strata, units, weights) = (try column("stratum"), try column("psu"), try column("w"))
    let (values, rows) = (try column("x"), strata.indices.filter { [3, 8].contains(strata[$0]) })
    func isFirst(_ row: Int) -> Bool {
      units[row] == rows.filter { strata[$0] == strata[row] }.map { units[$0] }.min()
    }
    func error(_ method: ReplicateDeclaration.Method, rho: Double) throws -> Double {
      let halves = (0..<4).map { half in
        rows.map { row in
          let takesFirst = strata[row] == 3 ? half % 2 == 0 : half < 2
          return weights[row] * (isFirst(row) == takesFirst ? 2 - rho : rho)
        }
      }
      let columns =
        [("x", rows.map { values[$0] }), ("w", rows.map { weights[$0] })]
        + halves.enumerated().map { ("r\($0)", $1) }
      let dataset = Dataset(
        MemorySource(
          columns.map {
            ($0.0, .numbers(NumericColumn(values: $0.1, missing: [.system])))
          }))
      return try Survey(
        dataset, weight: WeightDeclaration("w", source: .variable("w")),
        design: DesignDeclaration(
          replicates: ReplicateDeclaration(
            ["r*"], method: method, fayRho: method == .fay ? rho : nil))
      ).summarize("x").rows[0].standardError
    }
    expectClose([try error(.brr, rho: 0)], try Golden.numbers("brr.se"))
    expectClose([try error(.fay, rho: 0.3)], try Golden.numbers("fay.se"))
  }

  @Test func `imputations with replicate weights: Rubin's rules over what replicates give`() throws
  {
    let all = try Golden.dataset()
    let values = try all.numeric("x").values
    let imputed = try (0..<3).map { number in
      let columns = try ["w", "stratum", "psu"].map { ($0, try all.numeric($0).values) }
      let made = values.indices.map { row in
        row % 5 == 0 ? values[row] + Double((row + number) % 7) / 5 : values[row]
      }
      return try Survey(
        Dataset(
          MemorySource(
            (columns + [("x", made)]).map {
              ($0.0, .numbers(NumericColumn(values: $0.1, missing: [.system])))
            })), weight: WeightDeclaration("w", source: .variable("w")),
        design: DesignDeclaration(strata: "stratum", psu: ["psu"])
      ).jackknifed()
    }
    let each = try imputed.map { try $0.summarize("x").rows[0] }
    let mean = each.reduce(0) { $0 + $1.estimate } / 3
    let within = each.reduce(0) { $0 + $1.standardError * $1.standardError } / 3
    let between = each.reduce(0) { $0 + ($1.estimate - mean) * ($1.estimate - mean) } / 2
    let row = try Survey(imputations: imputed).summarize("x").rows[0]
    expectClose(
      [row.estimate, row.standardError], [mean, (within + between * 4 / 3).squareRoot()],
      tolerance: 1e-12)
  }

  @Test func `by hand: the mean of three numbers with four replicates`() throws {
    let dataset = try Places.dataset(
      csv: """
        x,w,r1,r2,r3,r4
        1,1,2,0,1,1
        2,1,0,2,1,1
        6,2,2,2,4,0
        """)
    // Means: full 15∕4; replicates 14∕4, 16∕4, 27∕6, 3∕2.
    let values = [3.5, 4, 4.5, 1.5]
    func error(_ centre: Double, _ scales: [Double]) -> Double {
      zip(values, scales).reduce(0) { $0 + $1.1 * ($1.0 - centre) * ($1.0 - centre) }.squareRoot()
    }
    func found(_ declared: ReplicateDeclaration) throws -> Double {
      try Survey(
        dataset, weight: WeightDeclaration("w", source: .variable("w")),
        design: DesignDeclaration(replicates: declared)
      ).summarize("x").rows[0].standardError
    }
    let mean = 13.5 / 4
    let names = ["r1-r4"]
    expectClose(
      [
        try found(ReplicateDeclaration(names, method: .brr)),
        try found(ReplicateDeclaration(names, method: .fay, fayRho: 0.5)),
        try found(ReplicateDeclaration(names, method: .jk1)),
        try found(
          ReplicateDeclaration(names, method: .jkn, replicateScales: [0.5, 0.5, 0.75, 0.75])),
        try found(ReplicateDeclaration(names, method: .jk2)),
        try found(ReplicateDeclaration(names, method: .bootstrap)),
        try found(ReplicateDeclaration(names, method: .sdr)),
        try found(ReplicateDeclaration(names, method: .other, scale: 0.1)),
        try found(ReplicateDeclaration(["r*"], method: .brr, isCentredOnEstimate: true)),
      ],
      [
        error(mean, [0.25, 0.25, 0.25, 0.25]), error(mean, [1, 1, 1, 1]),
        error(mean, [0.75, 0.75, 0.75, 0.75]), error(mean, [0.5, 0.5, 0.75, 0.75]),
        error(mean, [1, 1, 1, 1]), error(mean, [1, 1, 1, 1].map { $0 / 3 }),
        error(3.75, [1, 1, 1, 1]), error(mean, [0.1, 0.1, 0.1, 0.1]),
        error(3.75, [0.25, 0.25, 0.25, 0.25]),
      ], tolerance: 1e-14)
  }

  @Test func `the jackknife of a total is its linearization`() throws {
    let both = try [survey(), jkn()].map {
      try $0.summarize("x", by: "g", statistics: [.total]).rows
    }
    for (a, b) in zip(both[0], both[1]) {
      expectClose([b.standardError], [a.standardError], tolerance: 1e-12)
    }
  }

  @Test func `people merged by their answers give what their rows give`() throws {
    let survey = try jkn()
    let merged = try survey.merged(over: [("y", .codes), ("g", .codes), ("z", .numbers)], .byUnit)
    #expect(merged.weights.rowCount < survey.weights.rowCount)
    let tables = try [survey, merged].map { try $0.tabulate("y", by: "g") }
    expectClose(
      tables[1].rows.map(\.standardError), tables[0].rows.map(\.standardError), tolerance: 1e-12)
    let means = try [survey, merged].map { try $0.summarize("z", by: "g").rows }
    expectClose(
      means[1].map(\.standardError), means[0].map(\.standardError), tolerance: 1e-12)
  }

  @Test func `degrees of freedom are the rank of the weights, in a subpopulation of its people`()
    throws
  {
    let inside = try survey(where: "stratum <= 3").jackknifed()
    #expect(inside.roster.replicateDegreesOfFreedom == 6)
    let narrowed = try jkn().restricted(to: Expression("stratum <= 3"))
    #expect(narrowed.roster.replicateDegreesOfFreedom == 6)
    #expect(try narrowed.summarize("x").rows[0].degreesOfFreedom == 6)
  }

  @Test func `a replicate in which a group is empty is left out, and a note counts it`() throws {
    let survey = try jkn()
    _ = try survey.summarize("x", by: "g")
    #expect(survey.notes.isEmpty)
    // One unit of the 21 + 12 holds everybody of the group.
    let one = try survey.restricted(to: Expression("stratum == 1 and psu == 1 or stratum > 1"))
    _ = try one.tabulate("y", by: "stratum")
    let note = try #require(one.notes.first)
    #expect(note.id == "estimate.replicates-without-answer")
    #expect(note.values[1] == String(survey.weights.replicates?.count ?? 0))
    #expect(note.values[0] != "0")
  }

  // MARK: Bad input

  private func message(
    _ columns: String, _ declared: ReplicateDeclaration
  ) throws -> String {
    let dataset = try Places.dataset(csv: columns)
    do {
      _ = try Survey(
        dataset, weight: WeightDeclaration("w", source: .variable("w")),
        design: DesignDeclaration(replicates: declared))
    } catch let error as SurveyError {
      return error.problem
    }
    return ""
  }

  @Test func `every fault of replicate weights has its sentence`() throws {
    let good = "x,w,r1,r2\n1,10,20,0\n2,10,0,20\n3,10,10,10\n"
    #expect(try message(good, ReplicateDeclaration(["r1-r2"], method: .brr)).isEmpty)
    #expect(
      try message(good, ReplicateDeclaration(["q*"], method: .brr))
        == "no variable matches 'q*'")
    #expect(
      try message(good, ReplicateDeclaration(["r1", "r3"], method: .brr)).contains("r3"))
    #expect(
      try message(good, ReplicateDeclaration(["r1"], method: .brr))
        == "one replicate weight makes no variance; there are two or more")
    #expect(
      try message(good, ReplicateDeclaration(["r1-r2"], method: .fay, fayRho: 1))
        == "Fay's rho is 1; it is a number from 0 to below 1")
    #expect(
      try message(good, ReplicateDeclaration(["r1-r2"], method: .jkn))
        == "a jackknife by strata needs the scale of every replicate, (n - 1) / n of its stratum")
    #expect(
      try message(good, ReplicateDeclaration(["r1-r2"], method: .jkn, replicateScales: [1, 1, 1]))
        == "there are 3 scales of replicates for 2 replicates")
    #expect(
      try message(good, ReplicateDeclaration(["r1-r2"], method: .other))
        == "replicate weights of another kind need their scale")
    #expect(
      try message(
        "x,w,r1,r2\n1,10,20,0\n2,10,-1,20\n", ReplicateDeclaration(["r1-r2"], method: .brr))
        == "the replicate weight 'r1' is -1; a weight is a number from 0 up")
    #expect(
      try message(
        "x,w,r1,r2\n1,10,20,0\n2,10,,20\n", ReplicateDeclaration(["r1-r2"], method: .brr))
        == "the replicate weight 'r1' is missing")
    #expect(
      try message(
        "x,w,r1,r2\n1,10,10,10\n2,10,10,10\n", ReplicateDeclaration(["r1-r2"], method: .brr))
        == "all replicate weights are the weight itself, so they say nothing")
    #expect(
      try message(
        "x,w,r1,r2\n1,10,2,0\n2,10,0,2\n3,10,1,1\n", ReplicateDeclaration(["r1-r2"], method: .brr)
      ) == "the replicate weights add up to 3 on average, the weight to 30 over 3 rows: "
        + "they are no weights")
    #expect(
      try message(good, ReplicateDeclaration(["r1-r2"], method: .brr, areFactors: true))
        == "the replicate weights add up to 30 on average, the weight to 30 over 3 rows: "
        + "they are no factors")
  }
}
