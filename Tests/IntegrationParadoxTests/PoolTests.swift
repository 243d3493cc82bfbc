import IntegrationParadox
import SurveyData
import Testing
import VektTestSupport

@Suite("Pooling agrees with metafor of R")
struct PoolTests {
  static func estimates(
    _ file: String, moderators: [String] = [], cluster: String? = nil
  ) throws -> [StudyEstimate] {
    try Places.reference("IntegrationParadoxTests/Reference/\(file).csv").map { row in
      func number(_ name: String) -> Double { row[name].flatMap { Double($0) } ?? .nan }
      return StudyEstimate(
        row["study"] ?? "", estimate: number("estimate"), standardError: number("std_error"),
        moderators: moderators.map(number), cluster: cluster.flatMap { row[$0] })
    }
  }

  private func expect(
    _ found: Double?, _ expected: Double, within tolerance: Double = 1e-8, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = found ?? .nan
    #expect(
      abs(found - expected) <= tolerance * max(1, abs(expected)),
      "\(what): \(found) should be \(expected)", sourceLocation: sourceLocation)
  }

  static let cases: [[String: String]] =
    (try? Places.reference("IntegrationParadoxTests/Reference/metafor.csv")) ?? []

  @Test func `the table of reference values is there`() { #expect(Self.cases.count == 10) }

  @Test(arguments: cases)
  func `mean, variance between studies, intervals`(_ row: [String: String]) throws {
    let words = (row["case"] ?? "").split(separator: " ").map(String.init)
    var options = PoolingOptions()
    options.method = try #require(PoolingMethod(rawValue: words[0].lowercased()))
    options.error =
      words[1] == "z" ? .normal : words[1] == "knha" ? .knappHartung : .knappHartungAdhoc
    let pool = try Pool(Self.estimates("bcg"), options: options)
    let mean = try #require(pool.terms.first).difference
    let found: [String: Double?] = [
      "estimate": mean.estimate, "std_error": mean.standardError, "conf_low": mean.interval.low,
      "conf_high": mean.interval.high, "tau2": pool.heterogeneity.tau2,
      "i2": pool.heterogeneity.i2, "h2": pool.heterogeneity.h2, "q": pool.heterogeneity.q,
      "p_value": pool.heterogeneity.pValue, "pred_low": pool.prediction?.low,
      "pred_high": pool.prediction?.high, "tau2_low": pool.heterogeneity.tau2Interval.low,
      "tau2_high": pool.heterogeneity.tau2Interval.high,
    ]
    for (name, value) in found {
      guard let expected = row[name].flatMap({ Double($0) }) else {
        #expect(value == nil || value?.isNaN == true, "\(name)")
        continue
      }
      expect(value, expected, within: 1e-9, name)
    }
    #expect(pool.studies.count == 13)
    expect(pool.studies.reduce(0) { $0 + $1.weight }, 1, within: 1e-14)
  }

  @Test func `the printed numbers of the specification`() throws {
    var options = PoolingOptions()
    options.error = .knappHartung
    options.testsAsymmetry = true
    let pool = try Pool(Self.estimates("bcg"), options: options)
    expect(pool.terms.first?.difference.standardError, 0.180_791_74)
    expect(pool.heterogeneity.tau2, 0.313_243_26)
    let egger = try #require(pool.tests.first)
    expect(egger.statistic, -1.401_282_002_289_33, within: 1e-11)
    expect(egger.pValue, 0.188_706_995_081_979, within: 1e-11)
  }

  @Test func `a meta-regression on latitude`() throws {
    // rma(yi, vi, mods = ~ablat, control = list(threshold = 1e-14))
    var options = PoolingOptions()
    options.moderators = ["ablat"]
    let pool = try Pool(Self.estimates("bcg", moderators: ["ablat"]), options: options)
    let constant = try #require(pool.terms.first).difference
    let slope = try #require(pool.terms.last).difference
    expect(constant.estimate, 0.251_468_210_007_37)
    expect(constant.standardError, 0.249_095_396_616_765)
    expect(slope.estimate, -0.029_101_725_011_649_7)
    expect(slope.standardError, 0.007_195_327_220_904_51)
    expect(slope.pValue, 5.242_793_973_809_23e-05)
    expect(pool.heterogeneity.tau2, 0.076_347_963_955_202_7)
    expect(pool.heterogeneity.i2, 68.391_224_838_182_3)
    expect(pool.heterogeneity.r2, 75.626_621_811_621_6)
    expect(pool.heterogeneity.q, 30.733_090_010_749_3, within: 1e-12)
    expect(pool.heterogeneity.tau2Interval.low, 0.016_680_068_320_648)
    expect(pool.heterogeneity.tau2Interval.high, 0.784_835_254_575_499)
    let test = try #require(pool.tests.first)
    expect(test.statistic, 16.358_232_147_164_5)
    #expect(test.df1 == 1 && test.df2.isNaN && pool.prediction == nil)

    options.method = .dl
    let moments = try Pool(Self.estimates("bcg", moderators: ["ablat"]), options: options)
    expect(moments.heterogeneity.tau2, 0.063_300_502_426_415_2, within: 1e-12)
    options.method = .pm
    let mandel = try Pool(Self.estimates("bcg", moderators: ["ablat"]), options: options)
    expect(mandel.heterogeneity.tau2, 0.142_131_941_472_759)
    options.method = .ml
    let likelihood = try Pool(Self.estimates("bcg", moderators: ["ablat"]), options: options)
    expect(likelihood.heterogeneity.tau2, 0.034_351_442_481_235_7)
    expect(likelihood.terms.last?.difference.standardError, 0.005_487_736_307_538_67)
  }

  @Test func `maximum likelihood without the correction for the mean`() throws {
    // metafor 3.8, rma(method = "ML", control = list(threshold = 1e-15)).
    var options = PoolingOptions()
    options.method = .ml
    let pool = try Pool(Self.estimates("bcg"), options: options)
    expect(pool.heterogeneity.tau2, 0.280_028_137_268_644, within: 1e-10)
    expect(pool.terms.first?.difference.estimate, -0.711_199_135_474_181)
    expect(pool.terms.first?.difference.standardError, 0.171_896_808_776_89)
  }

  @Test func `estimates in studies: three levels`() throws {
    // Dense Fisher scoring to 1e-15 in R; rma.mv agrees to seven digits with its own stopping rule.
    let pool = try Pool(Self.estimates("konstantopoulos", cluster: "district"))
    let mean = try #require(pool.terms.first).difference
    expect(mean.estimate, 0.184_713_163_496_638, within: 1e-10)
    expect(mean.standardError, 0.084_555_917_823_762_2, within: 1e-10)
    expect(pool.heterogeneity.between, 0.065_061_942_461_517_5, within: 1e-10)
    expect(pool.heterogeneity.within, 0.032_736_517_604_673_2, within: 1e-10)
    expect(pool.heterogeneity.logLikelihood, -7.958_724_033_710_95, within: 1e-12)
    expect(pool.heterogeneity.q, 578.864_017_958_223, within: 1e-12)
    expect(pool.heterogeneity.i2, 95.187_313_664_567_1, within: 1e-10)
    let robust = try #require(pool.robustTerms.first).difference
    expect(robust.standardError, 0.084_502_217_086_729, within: 1e-10)
    #expect(robust.degreesOfFreedom == 10 && pool.clusterCount == 11)
    expect(robust.interval.low, -0.003_569_509_443_293_9, within: 1e-9)
    expect(pool.prediction?.high, 0.819_657_297_430_414, within: 2e-8)
  }

  @Test func `three levels with a moderator`() throws {
    var options = PoolingOptions()
    options.moderators = ["year"]
    let estimates = try Self.estimates(
      "konstantopoulos", moderators: ["year"], cluster: "district")
    let centred = estimates.map {
      StudyEstimate(
        $0.name, estimate: $0.estimate, standardError: $0.standardError,
        moderators: $0.moderators.map { $0 - 1990 }, cluster: $0.cluster)
    }
    let pool = try Pool(centred, options: options)
    expect(pool.terms.first?.difference.estimate, 0.180_718_495_439_435, within: 1e-10)
    expect(pool.terms.last?.difference.estimate, 0.005_311_818_272_259_09, within: 1e-10)
    expect(pool.terms.last?.difference.standardError, 0.009_435_793_955_500_5, within: 1e-10)
    expect(pool.heterogeneity.between, 0.072_265_591_338_202_2, within: 1e-10)
    expect(pool.heterogeneity.within, 0.032_650_195_992_187_4, within: 1e-10)
    expect(pool.robustTerms.last?.difference.standardError, 0.009_468_913_071_489_73, within: 1e-10)
    expect(pool.tests.first?.statistic, 0.316_905_313_589_827, within: 1e-6)
    // A moderator far from zero, as years are, gives the same slope.
    let far = try Pool(estimates, options: options)
    expect(far.terms.last?.difference.estimate, 0.005_311_818_272_259_09, within: 1e-8)
  }

  @Test func `two estimates by hand`() throws {
    // y 0 and 2, both with variance 1: Q = 2, τ² = (Q − 1) ∕ (2 − 1) = 1, mean 1, error √(2 ∕ 2) = 1.
    let estimates = [0.0, 2].map { StudyEstimate("\($0)", estimate: $0, standardError: 1) }
    var options = PoolingOptions()
    options.method = .dl
    let pool = try Pool(estimates, options: options)
    expect(pool.heterogeneity.q, 2, within: 1e-15)
    expect(pool.heterogeneity.tau2, 1, within: 1e-15)
    expect(pool.terms.first?.difference.estimate, 1, within: 1e-15)
    expect(pool.terms.first?.difference.standardError, 1, within: 1e-15)
    expect(pool.heterogeneity.i2, 50, within: 1e-13)
  }

  @Test(arguments: PoolingMethod.allCases)
  func `equal estimates have no heterogeneity`(_ method: PoolingMethod) throws {
    var options = PoolingOptions()
    options.method = method
    let pool = try Pool(
      (1...5).map { StudyEstimate("\($0)", estimate: 0.3, standardError: 0.1 * Double($0)) },
      options: options)
    #expect(pool.heterogeneity.tau2 == 0)
    expect(pool.terms.first?.difference.estimate, 0.3, within: 1e-14)
  }

  @Test func `order and unit change nothing else`() throws {
    let estimates = try Self.estimates("konstantopoulos", cluster: "district")
    let pool = try Pool(estimates)
    let scaled = try Pool(
      estimates.reversed().map {
        StudyEstimate(
          $0.name, estimate: 100 * $0.estimate, standardError: 100 * $0.standardError,
          cluster: $0.cluster)
      })
    expect(scaled.terms.first?.difference.estimate, 18.471_316_349_663_8, within: 1e-9)
    expect(scaled.heterogeneity.i2, pool.heterogeneity.i2, within: 1e-9)
  }

  @Test func `what cannot be pooled is said`() throws {
    func problem(
      _ estimates: [StudyEstimate], _ change: (inout PoolingOptions) -> Void = { _ in }
    ) -> String? {
      var options = PoolingOptions()
      change(&options)
      return #expect(throws: SurveyError.self) { try Pool(estimates, options: options) }?.problem
    }
    let one = StudyEstimate("a", estimate: 1, standardError: 1, moderators: [2])
    let two = StudyEstimate("b", estimate: 2, standardError: 1, moderators: [2])
    let three = StudyEstimate("c", estimate: 2, standardError: 1, moderators: [2])
    #expect(problem([one]) == "1 estimate cannot carry 1 coefficient and a variance between them")
    #expect(
      problem([one, StudyEstimate("z", estimate: 1, standardError: 0)])
        == "has the standard error 0.0, which is not above 0")
    #expect(
      problem([one, two, three]) { $0.moderators = ["m"] }
        == "is the same for all estimates, so it moderates nothing")
    #expect(
      problem([one, two]) {
        $0.method = .fe
        $0.error = .knappHartung
      } == "Knapp and Hartung's error belongs to random effects, not to --method fe")
    #expect(
      problem([1.0, 2].map { StudyEstimate("s", estimate: $0, standardError: 1, cluster: "s") })
        == "the estimates stand in 1 cluster, which cannot carry 1 coefficient")
    #expect(
      problem([one, two, three]) { $0.testsAsymmetry = true }
        == "Egger's test needs three estimates with different standard errors")
  }
}
