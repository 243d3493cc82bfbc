import SurveyData
import Testing
import VektTestSupport

@testable import SurveyStatistics

@Suite("Replicate weights that are made") struct ReplicateMakingTests {
  private func factors(
    _ plan: ReplicatePlan, _ sizes: [Int], fractions: [Double]? = nil
  ) throws -> ReplicateFactors {
    var next = 0
    let strata = sizes.map { size in
      next += size
      return Array(next - size..<next)
    }
    return try ReplicateFactors(
      plan, strata: strata, codes: sizes.indices.map { "s\($0)" },
      fractions: fractions ?? sizes.map { _ in 0 }, place: "stratum")
  }

  /// The variance of a total of `z`, one number a unit.
  private func variance(_ factors: ReplicateFactors, of z: [Double]) throws -> Double {
    let rule = try ReplicateRule(factors.declaration, count: factors.columns.count)
    let totals = factors.columns.map { zip($0, z).reduce(0) { $0 + $1.0 * $1.1 } }
    let centre =
      rule.isCentredOnEstimate ? z.reduce(0, +) : totals.reduce(0, +) / Double(totals.count)
    return zip(rule.factors, totals).reduce(0) { $0 + $1.0 * ($1.1 - centre) * ($1.1 - centre) }
  }

  @Test func `Hadamard's matrices are orthogonal, and their first columns ones`() {
    var orders = Set<Int>()
    for size in 1...90 {
      let matrix = HadamardMatrix(atLeast: size)
      #expect(matrix.order >= size)
      guard orders.insert(matrix.order).inserted else { continue }
      for a in 0..<matrix.order {
        #expect(matrix[a, 0] == 1)
        for b in 0...a {
          let product = (0..<matrix.order).reduce(0.0) { $0 + matrix[$1, a] * matrix[$1, b] }
          #expect(product == (a == b ? Double(matrix.order) : 0))
        }
      }
    }
    // 52 and 92 need fields of prime powers, or more.
    #expect(
      orders == [
        1, 2, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 56, 60, 64, 68, 72, 76, 80, 84, 88, 96,
      ])
  }

  @Test
  func `a total has the variance of its differences, by half-samples of any number of strata`()
    throws
  {
    let z: [Double] = [3, 5, 1, 8, 2, 2.5, 9, 4]
    let differences: [Double] = [2, 7, 0.5, 5]
    let expected = differences.reduce(0.0) { $0 + $1 * $1 }
    for plan in [
      ReplicatePlan(.brr), ReplicatePlan(.brr, count: 20), ReplicatePlan(.fay, fayRho: 0.5),
    ] {
      expectClose(
        [try variance(factors(plan, [2, 2, 2, 2]), of: z)], [expected], tolerance: 1e-12)
    }
    let known = try factors(ReplicatePlan(.brr), [2, 2, 2, 2], fractions: [0.5, 0, 0, 0])
    expectClose([try variance(known, of: z)], [expected - 2], tolerance: 1e-12)
  }

  @Test func `successive differences are those of neighbours, the last beside the first`() throws {
    let z: [Double] = [3, 5, 1, 8, 2]
    let pairs: [Double] = [2, 4, 7, 6, 1]
    let made = try factors(ReplicatePlan(.sdr), [5])
    #expect(made.columns.count == 80)
    expectClose(
      [try variance(made, of: z)], [pairs.reduce(0) { $0 + $1 * $1 } / 2], tolerance: 1e-12)
    let few = try factors(ReplicatePlan(.sdr, count: 8), [5])
    expectClose([try variance(few, of: z)], [try variance(made, of: z)], tolerance: 1e-12)
  }

  @Test func `bootstraps draw as many units as they say, and vary as their theory`() throws {
    let z: [Double] = [3, 5, 1, 8, 2, 7]
    func spread(_ z: ArraySlice<Double>) -> Double {
      let mean = z.reduce(0, +) / Double(z.count)
      return z.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * Double(z.count) / Double(z.count - 1)
    }
    let rao = try factors(ReplicatePlan(.bootstrap, count: 4000, seed: 7), [4, 2])
    #expect(rao.kind == .bootstrap)
    for column in rao.columns {
      expectClose([column[0..<4].reduce(0, +), column[4...].reduce(0, +)], [4, 2])
    }
    let exact = spread(z[0..<4]) + spread(z[4...])
    // 4,000 replicates know a variance to about 2 %.
    expectClose([try variance(rao, of: z)], [exact], tolerance: 0.08)
    let known = try factors(
      ReplicatePlan(.bootstrap, count: 4000, seed: 7), [4, 4], fractions: [0.5, 0.25])
    #expect(known.kind == .cantyDavison)
    for column in known.columns { #expect(column.reduce(0, +) == 8) }
    let units: [Double] = [3, 5, 1, 8, 2, 7, 4, 4]
    // Drawing n of N without replacement: N∕(N − 1) (1 − f) of the variance with replacement.
    let first = spread(units[0..<4]) * (1 - 0.5) * 8 / 7
    let second = spread(units[4...]) * (1 - 0.25) * 16 / 15
    expectClose([try variance(known, of: units)], [first + second], tolerance: 0.08)
  }

  @Test func `the same seed gives the same replicates, another one others`() throws {
    let columns = try [1, 1, 2].map {
      try factors(ReplicatePlan(.bootstrap, count: 5, seed: UInt64($0)), [4, 3]).columns
    }
    #expect(columns[0] == columns[1])
    #expect(columns[0] != columns[2])
  }

  @Test func `every fault of replicates has its sentence`() {
    func problem(_ plan: ReplicatePlan, _ sizes: [Int]) -> String {
      do {
        _ = try factors(plan, sizes)
        return ""
      } catch { return "\(error)" }
    }
    #expect(
      problem(ReplicatePlan(.brr), [2, 3, 2, 1]).contains(
        "each of these strata has one sampling unit, of which no replicates can be made: s3"))
    #expect(
      problem(ReplicatePlan(.fay, fayRho: 0.3), [2, 3, 4]).contains(
        "each of these strata has not exactly two sampling units, as fay needs: s1 (3), s2 (4)"))
    #expect(problem(ReplicatePlan(.fay), [2]).contains("replicates by Fay need their rho"))
    #expect(
      problem(ReplicatePlan(.fay, fayRho: 1), [2]).contains(
        "Fay's rho is 1; it is a number from 0 to below 1"))
    #expect(
      problem(ReplicatePlan(.brr, fayRho: 0.2), [2]).contains(
        "Fay's rho belongs to replicates by Fay"))
    #expect(
      problem(ReplicatePlan(.jkn, count: 9), [3]).contains(
        "a jackknife has as many replicates as there are sampling units"))
    #expect(problem(ReplicatePlan(.sdr, count: 1), [3]).contains("--count is 1"))
  }

  @Test func `estimated totals put their covariance into the replicates`() throws {
    let covariance = [[400.0, 100], [100, 900]]
    var totals = PopulationTotals(
      [.init("sex", "0", 9000), .init("sex", "1", 10000)], name: "other.csv",
      covariance: covariance)
    let step = WeightAdjustment(.rake, by: ["sex"])
    var weighting = try WeightingReferenceTests.weighting(
      step, totals, replicates: ReplicatePlan(.jkn))
    let dataset = try weighting.dataset(naming: "new").deriving([
      DerivedVariable(Variable("man"), rule: .expression("0 + (sex == 0)")),
      DerivedVariable(Variable("woman"), rule: .expression("0 + (sex == 1)")),
    ])
    #expect(dataset.codebook.defaultWeight?.adjustments[0].totalsCovariance == covariance)
    let survey = try Survey(dataset)
    for (name, variance) in [("man", 400.0), ("woman", 900)] {
      let total = try survey.summarize(name, statistics: [.total]).rows[0]
      expectClose([total.standardError * total.standardError], [variance], tolerance: 1e-9)
    }
    totals.covariance = nil
    weighting = try WeightingReferenceTests.weighting(step, totals)
    #expect(!weighting.hasEstimatedTotals)
  }
}
