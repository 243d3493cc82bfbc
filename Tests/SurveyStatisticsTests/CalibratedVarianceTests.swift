import SurveyData
import SurveyNumerics
import Testing
import VektTestSupport

@testable import SurveyStatistics

/// What a variance is where weights were calibrated, against R survey on the golden sample.
@Suite("The variance with calibrated weights") struct CalibratedVarianceTests {
  let data: Dataset
  let weights: [Double]

  init() throws {
    data = try Golden.dataset()
    weights = try data.numeric("w").values
  }

  private static let sexes = ["0": 9000.0, "1": 10_000]
  private static let groups = ["1": 6000.0, "2": 6500, "3": 6500]

  /// Weights that meet the totals of a variable's categories.
  private func meeting(
    _ totals: [String: Double], of names: [String], _ weights: [Double]
  ) throws -> [Double] {
    let columns = try names.map { try data.categorical($0) }
    let codes = weights.indices.map { row in
      columns.map { $0.categories[$0.positions[row]].code }.joined(separator: "/")
    }
    var sums: [String: Double] = [:]
    for (code, weight) in zip(codes, weights) { sums[code, default: 0] += weight }
    return try zip(codes, weights).map { code, weight in
      weight * (try #require(totals[code])) / (try #require(sums[code]))
    }
  }

  private func survey(
    _ calibrated: [Double], _ steps: [WeightAdjustment], with more: [(String, [Double])] = [],
    strata: String? = "stratum", psu: [String] = ["psu"], fpc: [String] = [],
    where condition: String? = nil
  ) throws -> Survey {
    var columns: [(String, Column)] = []
    for name in ["stratum", "psu", "ssu", "sex", "g", "y"] {
      columns.append((name, .codes(try data.categorical(name))))
    }
    for name in ["w", "x", "z", "fpc1", "fpc2"] {
      columns.append((name, .numbers(try data.numeric(name))))
    }
    for (name, values) in [("cw", calibrated)] + more {
      columns.append((name, .numbers(NumericColumn(values: values, missing: [.system]))))
    }
    return try Survey(
      Dataset(MemorySource(columns)),
      weight: WeightDeclaration("cw", source: .variable("cw"), adjustments: steps),
      design: DesignDeclaration(strata: strata, psu: psu, fpc: fpc),
      subpopulation: condition.map { try Expression($0) })
  }

  private func poststratified(
    strata: String? = "stratum", psu: [String] = ["psu"], fpc: [String] = [],
    where condition: String? = nil
  ) throws -> Survey {
    try survey(
      try meeting(Self.sexes, of: ["sex"], weights),
      [WeightAdjustment(.poststratify, of: "w", by: ["sex"])], strata: strata, psu: psu, fpc: fpc,
      where: condition)
  }

  private func raked() throws -> [Double] {
    var raked = weights
    for _ in 0..<200 {
      raked = try meeting(Self.sexes, of: ["sex"], raked)
      raked = try meeting(Self.groups, of: ["g"], raked)
    }
    return raked
  }

  @Test func `post-stratified means, totals and domains`() throws {
    let survey = try poststratified()
    let mean = try survey.summarize("x").rows[0]
    expectClose(
      [mean.estimate, mean.standardError],
      try Golden.numbers("poststrat.est") + Golden.numbers("poststrat.se"))
    #expect(mean.degreesOfFreedom == 21)
    let total = try survey.summarize("x", statistics: [.total]).rows[0]
    expectClose([total.standardError], try Golden.numbers("poststrat.total_se"))
    let domain = try poststratified(where: "g == '2'").summarize("x").rows[0]
    let group = try survey.summarize("x", by: ["g"]).rows[1]
    for row in [domain, group] {
      expectClose(
        [row.estimate, row.standardError],
        try Golden.numbers("poststrat_domain.est") + Golden.numbers("poststrat_domain.se"))
    }
  }

  @Test func `margins that were raked, as R's rake has them`() throws {
    let mean = try survey(
      try raked(), [WeightAdjustment(.rake, of: "w", by: ["sex", "g"])]
    ).summarize("x").rows[0]
    expectClose(
      [mean.estimate, mean.standardError],
      try Golden.numbers("rake.est") + Golden.numbers("rake.se"))
  }

  @Test func `a formula's totals, by a linear and by an exponential function`() throws {
    let step = WeightAdjustment(.calibrate, of: "w", formula: "factor(sex) + factor(g)")
    // w(1 + xᵀλ), with x the constant, sex 1, and groups 2 and 3.
    let (sex, group) = (try data.numeric("sex").values, try data.numeric("g").values)
    let x = weights.indices.map { row in
      [1, sex[row], group[row] == 2 ? 1 : 0, group[row] == 3 ? 1 : 0]
    }
    var (information, missing) = (Matrix(rows: 4, columns: 4), [19_000.0, 10_000, 6500, 6500])
    for (row, weight) in weights.enumerated() {
      for i in 0..<4 {
        missing[i] -= weight * x[row][i]
        for j in 0..<4 { information[i, j] += weight * x[row][i] * x[row][j] }
      }
    }
    let multipliers = try information.solve(missing)
    let linear = weights.indices.map { row in
      weights[row] * (1 + zip(multipliers, x[row]).reduce(0) { $0 + $1.0 * $1.1 })
    }
    for (weights, path) in [(linear, "calib_linear"), (try raked(), "calib_raking")] {
      let mean = try survey(weights, [step]).summarize("x").rows[0]
      expectClose(
        [mean.estimate, mean.standardError],
        try Golden.numbers("\(path).est") + Golden.numbers("\(path).se"),
        tolerance: path == "calib_linear" ? 1e-9 : 1e-8)
    }
    // R's Newton steps end at a misfit of 1e-7.
    var logit = Weighting(try WeightingReferenceTests.survey())
    try logit.take(
      WeightingStep(
        WeightAdjustment(
          .calibrate, formula: "factor(sex) + factor(g)", method: .logit, bounds: 0.5...2),
        totals: WeightingReferenceTests.totals))
    let mean = try Survey(
      logit.dataset(naming: "new"), design: DesignDeclaration(strata: "stratum", psu: ["psu"])
    ).summarize("x").rows[0]
    expectClose([mean.standardError], try Golden.numbers("calib_logit.se"), tolerance: 1e-7)
    // Whatever the cells of a factor do is said by `*` as well.
    let cells = WeightAdjustment(.poststratify, of: "w", by: ["sex"])
    let twin = WeightAdjustment(.calibrate, of: "w", formula: "factor(sex)")
    let poststratified = try meeting(Self.sexes, of: ["sex"], weights)
    expectClose(
      [try survey(poststratified, [twin]).summarize("x").rows[0].standardError],
      [try survey(poststratified, [cells]).summarize("x").rows[0].standardError])
  }

  /// `V = V₀ + Bᵀ V(T) B`, with `B` the mean influence of men and of women.
  @Test func `totals that were estimated add their own variance, by hand`() throws {
    let poststratified = try meeting(Self.sexes, of: ["sex"], weights)
    var step = WeightAdjustment(.poststratify, of: "w", by: ["sex"])
    let known = try survey(poststratified, [step])
    step.totalsCovariance = [[40_000, -10_000], [-10_000, 90_000]]
    let estimated = try survey(poststratified, [step])
    let mean = try known.summarize("x").rows[0]
    let means = try known.summarize("x", by: ["sex"]).rows.map(\.estimate)
    let b = means.map { ($0 - mean.estimate) / 19_000 }
    let added = 40_000 * b[0] * b[0] - 20_000 * b[0] * b[1] + 90_000 * b[1] * b[1]
    expectClose(
      [try estimated.summarize("x").rows[0].standardError],
      [(mean.standardError * mean.standardError + added).squareRoot()])
    // The shares of men and women are as uncertain as the totals that they are made of.
    let shares = try estimated.tabulate("sex").rows.map(\.standardError)
    let slope = [10_000 / 19_000.0 / 19_000, -9000 / 19_000.0 / 19_000]
    let variance =
      40_000 * slope[0] * slope[0] - 20_000 * slope[0] * slope[1] + 90_000 * slope[1] * slope[1]
    expectClose(shares, [variance.squareRoot(), variance.squareRoot()])
    step.totalsCovariance = [[1]]
    let error = #expect(throws: SurveyError.self) { try survey(poststratified, [step]) }
    #expect(error?.problem.contains("is 1 by 1, but the data give 2 totals") == true)
  }

  @Test(arguments: [WeightAdjustment.Step.poststratify, .rake, .calibrate])
  func `who has no weight after a step needs no answer to its variables`(
    _ kind: WeightAdjustment.Step
  ) throws {
    func rows(_ answer: String) throws -> [EstimateRow] {
      let data = try Places.dataset(
        csv: "s,w,c,y\n1,2,3,1\n1,2,3,2\n2,2,4,4\n2,2,4,3\n\(answer),2,0,9\n2,0,0,5\n")
      let step = WeightAdjustment(
        kind, of: "w", by: kind == .calibrate ? [] : ["s"],
        formula: kind == .calibrate ? "factor(s)" : nil)
      let weight = WeightDeclaration("c", source: .variable("c"), adjustments: [step])
      return try Survey(data, weight: weight).summarize("y").rows
    }
    let (unknown, known) = (try rows("")[0], try rows("1")[0])
    expectClose(
      [unknown.estimate, unknown.standardError], [known.estimate, known.standardError])
    #expect(unknown.standardError > 0)
  }

  @Test func `those who did not respond need their class, and the sentence says why`() throws {
    let data = try Places.dataset(csv: "s,r,w,c,y\n1,1,2,4,1\n1,0,2,0,2\n2,1,2,2,4\n,0,2,0,9\n")
    let step = WeightAdjustment(.nonresponse, of: "w", by: ["s"], responded: "r == 1")
    let error = #expect(throws: SurveyError.self) {
      try Survey(
        data, weight: WeightDeclaration("c", source: .variable("c"), adjustments: [step]))
    }
    #expect(error?.place == "row 4")
    #expect(error?.problem.contains("those who respond in its class carry it") == true)
    #expect(error?.remedy?.contains("no weight before the step, 'w'") == true)
  }

  /// R survey 4.1.
  @Test func `people who are units, units of two stages, crossed cells`() throws {
    let people = try poststratified(psu: []).summarize("x", by: ["g"]).rows
    expectClose(
      people.map(\.standardError), [0.100349736383909, 0.114396303651791, 0.119923331467740])
    #expect(people[1].degreesOfFreedom == 93)
    let stages = try poststratified(psu: ["psu", "ssu"], fpc: ["fpc1", "fpc2"])
    expectClose(
      [
        try stages.summarize("x").rows[0].standardError,
        try stages.summarize("x", statistics: [.total]).rows[0].standardError,
      ], [0.082148774201593, 1560.82670983027])
    let cells = [
      "0/1": 3000.0, "1/1": 3000, "0/2": 3200, "1/2": 3300, "0/3": 2800, "1/3": 3700,
    ]
    let crossed = try survey(
      try meeting(cells, of: ["sex", "g"], weights),
      [WeightAdjustment(.poststratify, of: "w", by: ["sex", "g"])])
    expectClose(
      try crossed.summarize("x", by: ["g"]).rows.map(\.standardError),
      [0.123507485194124, 0.108748162791930, 0.144382048261633])
  }

  /// R survey 4.1.
  @Test func `ratios, medians, intervals and tests`() throws {
    let survey = try poststratified()
    let median = try survey.summarize("x", statistics: [.quantile(0.5)]).rows[0]
    expectClose([median.interval.low, median.interval.high], [-0.2844, 0.0918])
    expectClose([median.standardError], [0.0904494843967685])
    var options = EstimationOptions()
    options.interval = .logit
    let share = try #require(
      try survey.tabulate("z", options: options).rows.first { $0.category?.code == "1" })
    expectClose(
      [share.interval.low, share.interval.high], [0.323970489465435, 0.486265469379084],
      tolerance: 1e-8)
    let test = try survey.tabulate("y", by: "g").independenceTest()
    expectClose(
      [test.statistic, test.df1, test.df2, test.pValue],
      [2.1213595425671499, 4.6234547763483977, 97.0925503033163579, 0.0743713003673705])
  }

  @Test func `what the totals say has no error, and what they do not say has one`() throws {
    let survey = try poststratified()
    let rows = try survey.tabulate("sex").rows
    expectClose(rows.map(\.estimate), [9 / 19.0, 10 / 19.0])
    #expect(rows.map(\.standardError) == [0, 0])
    let total = try survey.tabulate("sex", by: ["g"]).rows
    #expect(total.allSatisfy { $0.standardError > 0.01 })
  }

  /// Four people, two asked in each of two classes, of whom three answered: `z = w¹ r (u − ū) + w⁰ ū`.
  @Test func `those who answered stand for their classes, by hand`() throws {
    let columns: [(String, [Double])] = [
      ("class", [1, 1, 1, 2, 2, 2]), ("w0", [1, 1, 1, 1, 1, 1]),
      ("w1", [1.5, 1.5, 0, 1, 1, 1]), ("x", [2, 4, 0, 1, 3, 5]),
    ]
    let survey = try Survey(
      Dataset(
        MemorySource(
          columns.map { name, values in
            (
              name,
              name == "class"
                ? .codes(
                  CategoricalColumn(
                    positions: .uint8(values.map { UInt8($0) - 1 }),
                    categories: [Category("1"), Category("2")], missing: [.system]))
                : .numbers(NumericColumn(values: values, missing: [.system]))
            )
          })),
      weight: WeightDeclaration(
        "w1", source: .variable("w1"),
        adjustments: [WeightAdjustment(.nonresponse, of: "w0", by: ["class"])]),
      design: DesignDeclaration())
    let row = try survey.summarize("x").rows[0]
    // The mean is 3, u = (x − 3) ∕ 6, and both classes have means of 3.
    #expect(abs(row.estimate - 3) < 1e-12)
    let z = [-1.5 / 6, 1.5 / 6, 0, -2 / 6.0, 0, 2 / 6.0]
    let variance = 6 / 5.0 * z.reduce(0) { $0 + $1 * $1 }
    #expect(abs(row.standardError - variance.squareRoot()) < 1e-12)
  }

  @Test func `several steps are gone through backwards`() throws {
    // Post-stratified twice to the same totals, the second step changes nothing.
    let once = try meeting(Self.sexes, of: ["sex"], weights)
    let twice = try survey(
      once,
      [
        WeightAdjustment(.poststratify, of: "w", by: ["sex"]),
        WeightAdjustment(.normalize, target: "N"),
        WeightAdjustment(.poststratify, of: "w1", by: ["sex"]),
      ], with: [("w1", once)])
    expectClose(
      [try twice.summarize("x").rows[0].standardError], try Golden.numbers("poststrat.se"))
  }

  @Test func `a weight before a step that is none is a fault`() throws {
    var before = weights
    before[3] = -1
    let error = #expect(throws: SurveyError.self) {
      try survey(
        weights, [WeightAdjustment(.poststratify, of: "w0", by: ["sex"])], with: [("w0", before)])
    }
    #expect(error?.place == "row 4")
    #expect(error?.problem.contains("the weight 'w0' is -1") == true)
  }
}
