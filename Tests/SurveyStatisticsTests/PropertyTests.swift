import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

/// A made-up survey: strata, PSUs of unequal size, two answers and a number.
struct MadeUpSurvey {
  var stratum: [Double] = []
  var psu: [Double] = []
  var weight: [Double] = []
  var answer: [Double] = []
  var group: [Double] = []
  var number: [Double] = []

  init(rows: Int, seed: UInt64 = 7) {
    var state = seed
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
    for _ in 0..<rows {
      stratum.append((uniform() * 5).rounded(.down))
      psu.append((uniform() * 6).rounded(.down))
      weight.append(0.5 + 2 * uniform())
      answer.append((uniform() * 4).rounded(.down))
      group.append((uniform() * 3).rounded(.down))
      number.append(uniform() * 10)
    }
  }

  /// The survey with the rows in an order and the weights times a factor.
  func survey(order: [Int]? = nil, factor: Double = 1, clusters: Bool = true) throws -> Survey {
    let order = order ?? Array(stratum.indices)
    func column(_ values: [Double]) -> Column {
      .numbers(NumericColumn(values: order.map { values[$0] }, missing: [.system]))
    }
    let data = Dataset(
      MemorySource([
        ("stratum", column(stratum)), ("psu", column(psu)),
        ("weight", column(weight.map { $0 * factor })), ("answer", column(answer)),
        ("group", column(group)), ("number", column(number)),
      ]))
    return try Survey(
      data, weight: WeightDeclaration("weight", source: .variable("weight")),
      design: DesignDeclaration(strata: "stratum", psu: clusters ? ["psu"] : []))
  }
}

@Suite("What must not change an estimate does not")
struct PropertyTests {
  let sample = MadeUpSurvey(rows: 600)

  @Test(arguments: [true, false])
  func `the order of rows is irrelevant`(clusters: Bool) throws {
    // 7 and 600 have no common factor, so that every row comes once.
    let order = (0..<600).map { ($0 * 7) % 600 }
    let a = try sample.survey(clusters: clusters).tabulate("answer", by: ["group"])
    let b = try sample.survey(order: order, clusters: clusters).tabulate("answer", by: ["group"])
    expectClose(a.estimates.values, b.estimates.values, tolerance: 1e-12)
    expectClose(a.estimates.standardErrors, b.estimates.standardErrors, tolerance: 1e-12)
  }

  @Test(arguments: [true, false])
  func `weights times a thousand change no share and no mean`(clusters: Bool) throws {
    let (plain, scaled) = (
      try sample.survey(clusters: clusters), try sample.survey(factor: 1000, clusters: clusters)
    )
    let (a, b) = (
      try plain.tabulate("answer", by: ["group"]), try scaled.tabulate("answer", by: ["group"])
    )
    expectClose(a.estimates.values, b.estimates.values, tolerance: 1e-12)
    expectClose(a.estimates.standardErrors, b.estimates.standardErrors, tolerance: 1e-12)
    let (c, d) = (try plain.summarize("number").rows[0], try scaled.summarize("number").rows[0])
    expectClose([c.estimate, c.standardError], [d.estimate, d.standardError], tolerance: 1e-12)
  }

  @Test(arguments: [true, false])
  func `merged cells give what rows give`(clusters: Bool) throws {
    // A share is the mean of its indicator: the one runs over cells, the other over rows.
    let survey = try sample.survey(clusters: clusters)
    let shares = try survey.tabulate("answer", by: ["group"]).rows.filter {
      $0.category?.code == "2"
    }
    let data = try survey.dataset.deriving([DerivedVariable(parsing: "two = answer == 2")])
    let means = try Survey(
      data, weight: WeightDeclaration("weight", source: .variable("weight")),
      design: survey.roster.declaration
    ).summarize("two", by: ["group"]).rows
    expectClose(shares.map(\.estimate), means.map(\.estimate), tolerance: 1e-12)
    expectClose(shares.map(\.standardError), means.map(\.standardError), tolerance: 1e-12)
    expectClose(shares.map(\.designEffect), means.map(\.designEffect), tolerance: 1e-12)
  }

  @Test(arguments: [true, false])
  func `standard errors are the diagonal of the covariance`(clusters: Bool) throws {
    let estimates = try sample.survey(clusters: clusters).tabulate("answer", by: ["group"])
      .estimates
    expectClose(
      estimates.covariance().diagonal.map { $0.squareRoot() }, estimates.standardErrors,
      tolerance: 1e-10)
  }

  @Test func `shares of a group add to one and their covariance to zero`() throws {
    let estimates = try sample.survey().tabulate("answer").estimates
    expectClose([estimates.values.reduce(0, +)], [1], tolerance: 1e-14)
    #expect(abs(estimates.covariance().elements.reduce(0, +)) < 1e-17)
  }

  @Test(arguments: [true, false])
  func `many groups by hash give what few by array give`(clusters: Bool) throws {
    // Numbers as group codes make as many groups as rows, far beyond the dense array.
    let survey = try sample.survey(clusters: clusters)
    let counts = try survey.summarize(nil, by: ["number"], statistics: [.total])
    #expect(counts.rows.count == 600)
    let total = try survey.summarize(nil, statistics: [.total]).rows[0]
    let estimates = try #require(counts.estimates["total"])
    expectClose([estimates.values.reduce(0, +)], [total.estimate], tolerance: 1e-12)
    expectClose(
      [estimates.covariance().elements.reduce(0, +)],
      [total.standardError * total.standardError], tolerance: 1e-9)
  }

  @Test func `every row is accounted for`() throws {
    var sample = sample
    for row in 0..<40 { sample.answer[row] = NumericColumn.missingValue(0) }
    for row in 30..<60 { sample.group[row] = NumericColumn.missingValue(0) }
    for row in 100..<110 { sample.weight[row] = 0 }
    let survey = try sample.survey().restricted(to: Expression("number < 8"))
    let account = try survey.tabulate("answer", by: ["group"]).accounting
    #expect(account.read == 600)
    #expect(account.withoutWeight == 10)
    #expect(account.outside > 0)
    let missing = account.missing.reduce(0) { $0 + $1.count }
    #expect(account.used + account.outside + missing + account.withoutWeight == 600)
  }
}

@Suite("Worked by hand")
struct HandWorkedTests {
  /// Two strata with two PSUs each, weights 1: stratum a has PSU totals of yes 2 of 2 and 0 of 2,
  /// stratum b 1 of 2 and 1 of 2.
  ///
  /// p = 4/8. Influence (y − 0.5)/8: PSU sums a: 2·0.5/8 = 0.125 and −0.125; b: 0 and 0.
  /// V = 2/(2−1) · ((0.125² + 0.125²) − 0) = 0.0625, so that se = 0.25 and df = 4 − 2.
  @Test func `a share of eight people in four clusters`() throws {
    func column(_ values: [Double]) -> Column {
      .numbers(NumericColumn(values: values, missing: [.system]))
    }
    let data = Dataset(
      MemorySource([
        ("s", column([1, 1, 1, 1, 2, 2, 2, 2])), ("c", column([1, 1, 2, 2, 1, 1, 2, 2])),
        ("w", column(Array(repeating: 1, count: 8))), ("y", column([1, 1, 0, 0, 1, 0, 1, 0])),
      ]))
    let survey = try Survey(
      data, weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "s", psu: ["c"]))
    let row = try survey.tabulate("y").rows[1]
    #expect(row.estimate == 0.5)
    #expect(row.standardError == 0.25)
    #expect(row.degreesOfFreedom == 2)
    // Four of eight as a simple random sample: V = 0.25/7, so that deff = 0.0625·7/0.25.
    #expect(row.designEffect == 1.75)
  }

  @Test func `nobody and everybody get the exact interval`() throws {
    // Clopper and Pearson for 0 of 10: the upper limit is 1 − 0.025^(1/10).
    let nobody = Proportion(0, standardError: 0, base: 10, kishSize: 10, degreesOfFreedom: 9)
    let interval = nobody.interval(.logit, level: 0.95)
    #expect(interval.low == 0)
    #expect(abs(interval.high - 0.308_497_107_818_760_83) < 1e-9)
    let everybody = Proportion(1, standardError: 0, base: 10, kishSize: 10, degreesOfFreedom: 9)
    #expect(abs(everybody.interval(.wald, level: 0.95).low - (1 - 0.308_497_107_818_760_83)) < 1e-9)
    #expect(everybody.interval(.wald, level: 0.95).high == 1)
  }

  @Test func `no degrees of freedom, no interval`() {
    let single = Proportion(0.5, standardError: 0.1, base: 4, kishSize: 4, degreesOfFreedom: 0)
    #expect(single.interval(.logit, level: 0.95).low.isNaN)
  }

  /// Imputed data have an error and no Kish's size; suppressed cells have neither.
  @Test func `nothing is said where neither errors nor squares are known`() {
    let pooled = Proportion(
      0.4, standardError: 0.01, base: 900, kishSize: .nan, degreesOfFreedom: 60)
    let found = pooled.interval(.logit, level: 0.95)
    #expect(abs(found.low - 0.380_178) < 1e-4 && abs(found.high - 0.420_14) < 1e-4)
    #expect(ReliabilityRule.nchs.flags(for: pooled).isEmpty)
    let unknown = Proportion(
      0.4, standardError: .nan, base: 12, kishSize: .nan, degreesOfFreedom: 11)
    for method in ProportionIntervalMethod.allCases {
      #expect(unknown.interval(method, level: 0.95).low.isNaN)
    }
    #expect(ReliabilityRule.nchs.flags(for: unknown).isEmpty)
  }
}

@Suite("The presentation standards of the NCHS")
struct ReliabilityTests {
  @Test(arguments: [
    (0.5, 0.02, 600, 100.0, [ReliabilityFlag]()),
    (0.5, 0.15, 600, 100.0, [.suppress]),
    (0.5, 0.05, 25, 100.0, [.suppress]),
    (0.05, 0.03, 200, 100.0, [.suppress]),
    (0.95, 0.03, 200, 100.0, [.complement]),
    (0.5, 0.02, 600, 5.0, [.review]),
    (0.0, 0.0, 600, 100.0, [.review]),
  ])
  func `each rule in its order`(
    _ p: Double, _ error: Double, _ base: Int, _ df: Double, _ flags: [ReliabilityFlag]
  ) {
    let proportion = Proportion(
      p, standardError: error, base: base, kishSize: Double(base), degreesOfFreedom: df)
    #expect(ReliabilityRule.nchs.flags(for: proportion) == flags)
    #expect(ReliabilityRule.none.flags(for: proportion).isEmpty)
  }
}
