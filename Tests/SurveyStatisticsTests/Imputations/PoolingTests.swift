import Foundation
import SurveyData
import SurveyNumerics
import SurveyStatistics
import Testing

@Suite("Rubin's rules")
struct PoolingTests {
  /// Estimates 1, 2, 3 with variances 1: Q̄ = 2, Ū = 1, B = 1, T = 1 + 4/3 = 7/3.
  ///
  /// r = 4/3, so that ν_m = 2 (1 + 3/4)² = 6.125. With ν = 10, ν_obs = 11/13 · 10 · 3/7 = 330/91 and
  /// df = 1/(1/6.125 + 91/330). The fraction missing is (4/3 + 2/(df + 3))/(7/3).
  @Test func `three data sets by hand`() {
    let pooled = PooledEstimate(
      [1, 2, 3], standardErrors: [1, 1, 1], degreesOfFreedom: [10, 10, 10])
    #expect(pooled.estimate == 2)
    #expect(abs(pooled.standardError * pooled.standardError - 7.0 / 3) < 1e-14)
    let df = 1 / (1 / 6.125 + 91.0 / 330)
    #expect(abs(pooled.degreesOfFreedom - df) < 1e-13)
    let fraction = (4.0 / 3 + 2 / (df + 3)) / (7.0 / 3)
    #expect(abs(pooled.information.fraction - fraction) < 1e-14)
    #expect(abs(pooled.information.relativeEfficiency - 1 / (1 + fraction / 3)) < 1e-14)
    // Without an end to the degrees of freedom they are Rubin's.
    let large = PooledEstimate(
      [1, 2, 3], standardErrors: [1, 1, 1],
      degreesOfFreedom: Array(repeating: .infinity, count: 3))
    #expect(abs(large.degreesOfFreedom - 6.125) < 1e-13)
  }

  /// Estimates that are equal but for rounding keep the 72 of the complete data.
  @Test(arguments: [0.3, 12.5e8, 1e-7])
  func `rounding is no missing information`(_ value: Double) {
    let pooled = PooledEstimate(
      [value, value * (1 + 2e-16), value * (1 - 2e-16), value],
      standardErrors: Array(repeating: value / 7, count: 4),
      degreesOfFreedom: Array(repeating: 72, count: 4))
    #expect(pooled.degreesOfFreedom == 72)
    #expect(pooled.information.fraction == 0)
    let difference = PooledEstimate(
      [1e-17, -2e-17, 0], standardErrors: [0.03, 0.03, 0.03], degreesOfFreedom: [72, 72, 72])
    #expect(difference.degreesOfFreedom == 72)
  }

  @Test func `an unknown variance in one data set is unknown in all`() {
    let pooled = PooledEstimate(
      [0.1, 0, 0.2], standardErrors: [0.1, .nan, 0.1], degreesOfFreedom: [9, 9, 9])
    #expect(pooled.standardError.isNaN)
  }

  /// `z̄ = (atanh r₁ + atanh r₂) ∕ 2` with `se_z = se ∕ (1 − r²)`, combined by Rubin's rules and taken
  /// back.
  @Test func `correlations are combined on the scale of Fisher`() throws {
    let values: [[Double]] = [[1, 2, 3, 4, 5, 6], [1, 2, 3, 5, 4, 6]]
    let surveys = try values.map { y in
      try Survey(
        Dataset(
          MemorySource([
            ("x", .numbers(NumericColumn(values: [2, 1, 4, 3, 6, 5], missing: [.system]))),
            ("y", .numbers(NumericColumn(values: y, missing: [.system]))),
          ])))
    }
    let pooled = try Survey(imputations: surveys).correlations(["x", "y"]).rows[0].estimate
    let rows = try surveys.map { try $0.correlations(["x", "y"]).rows[0].estimate }
    let z = PooledEstimate(
      rows.map { atanh($0.estimate) },
      standardErrors: rows.map { $0.standardError / (1 - $0.estimate * $0.estimate) },
      degreesOfFreedom: rows.map(\.degreesOfFreedom))
    expectClose([pooled.estimate], [tanh(z.estimate)])
    #expect(pooled.degreesOfFreedom == z.degreesOfFreedom)
    let half =
      z.standardError * Distribution.t(degreesOfFreedom: z.degreesOfFreedom).quantile(0.975)
    expectClose(
      [pooled.interval.low, pooled.interval.high],
      [tanh(z.estimate - half), tanh(z.estimate + half)])
  }

  private func estimates(_ values: [Double], _ covariance: [[Double]]) -> Estimates {
    Estimates(
      labels: ["a", "b"].map { Estimates.Label(variable: $0) }, values: values,
      covariance: Matrix(covariance), degreesOfFreedom: [20, 20], counts: [9, 9],
      weightedCounts: [9, 9])
  }

  /// (1, 1) and (3, 2) with Ū = I: B = [[2, 1], [1, 0.5]], T = I + 1.5 B, Q̄ = (2, 1.5).
  ///
  /// r = 1.5 · 2.5 / 2 = 1.875 and D1 = (4 + 2.25) / (2 · 2.875) = 25/23; t = 2, so that the degrees
  /// of freedom are those of Li, Raghunathan and Rubin, 2 · 1.5 · (1 + 1/1.875)² / 2.
  @Test func `a joint test by hand`() throws {
    let identity = [[1.0, 0], [0, 1]]
    let pooled = try Estimates(
      pooling: [estimates([1, 1], identity), estimates([3, 2], identity)])
    #expect(pooled.values == [2, 1.5])
    let expected = [4, 1.5, 1.5, 1.75]
    for (found, value) in zip(pooled.covariance().elements, expected) {
      #expect(abs(found - value) < 1e-14)
    }
    let test = pooled.waldTest("d1", variable: "a", degreesOfFreedom: 20)
    #expect(abs(test.statistic - 25.0 / 23) < 1e-14)
    let step = 1 + 1 / 1.875
    #expect(abs(test.df2 - 1.5 * step * step) < 1e-13)
    // Of one estimate it is the square of its t.
    let single = pooled.waldTest("d1", variable: "a", of: [0], degreesOfFreedom: 20)
    #expect(abs(single.statistic - 4 / 4) < 1e-14)
    #expect(single.df2 == pooled.degreesOfFreedom[0])
  }

  /// With k = 2 the upper tail of χ² is e^(−x/2), so that p = e^(−2), e^(−4.5) have x = 4, 9.
  ///
  /// √x = 2, 3: r = 1.5 · 0.5 = 0.75, D2 = (6.5/2 − 3 · 0.75) / 1.75 = 4/7, and the second degrees of
  /// freedom are 2^(−1.5) · 1 · (1 + 4/3)².
  @Test func `a test by hand from two p-values`() {
    let tests = [exp(-2.0), exp(-4.5)].map {
      TestResult(
        test: "lrt", variable: "a", term: "b", statistic: .nan, df1: 2, df2: 9, pValue: $0)
    }
    let d2 = TestResult(repeated: tests)
    #expect(d2.test == "d2-lrt" && d2.variable == "a" && d2.term == "b" && d2.df1 == 2)
    #expect(abs(d2.statistic - 4.0 / 7) < 1e-12)
    #expect(abs(d2.df2 - pow(2, -1.5) * 49 / 9) < 1e-11)
    // Far out in the tail, and where nothing is against the hypothesis.
    func repeated(_ p: [Double]) -> TestResult {
      TestResult(
        repeated: p.map {
          TestResult(test: "lrt", variable: "a", statistic: 1, df1: 2, df2: .nan, pValue: $0)
        })
    }
    #expect(abs(repeated([1e-200, 1e-200]).pValue / 1e-200 - 1) < 1e-9)
    #expect(repeated([0, 0]).pValue < 1e-300 && repeated([1, 1]).pValue == 1)
    #expect(repeated([0.5, .nan]).pValue.isNaN)
  }

  @Test func `the covariance has the variances on its diagonal, in any order`() throws {
    let each = [
      estimates([1, 1], [[2, 0.5], [0.5, 1]]), estimates([3, 0], [[1, 0.2], [0.2, 2]]),
      estimates([2, 4], [[1, 0.1], [0.1, 3]]),
    ]
    let (a, b) = (try Estimates(pooling: each), try Estimates(pooling: each.reversed()))
    for (diagonal, error) in zip(a.covariance().diagonal, a.standardErrors) {
      #expect(abs(diagonal - error * error) < 1e-13)
    }
    #expect(abs(a.covariance(of: [1])[0, 0] - a.covariance()[1, 1]) < 1e-14)
    for (x, y) in zip(a.values, b.values) { #expect(abs(x - y) < 1e-14) }
    for (x, y) in zip(a.degreesOfFreedom, b.degreesOfFreedom) { #expect(abs(x - y) < 1e-12) }
  }

  @Test func `imputed answers of groups keep tables, intervals and tests whole`() throws {
    let base = MadeUpSurvey(rows: 400)
    let surveys = try (0..<4).map { k in
      var sample = base
      for row in stride(from: k, to: 400, by: 9) { sample.answer[row] = Double((row + k) % 4) }
      for row in stride(from: 0, to: 400, by: 11) { sample.group[row] = Double((row * 3 + k) % 3) }
      return try sample.survey()
    }
    let table = try Survey(imputations: surveys).tabulate("answer", by: ["group"])
    for group in 0..<3 {
      let rows = table.rows.filter { $0.groups[0].code == "\(group)" }
      #expect(abs(rows.reduce(0) { $0 + $1.estimate } - 1) < 1e-12)
      for row in rows {
        #expect(row.interval.low > 0 && row.interval.low < row.estimate)
        #expect(row.interval.high < 1 && row.interval.high > row.estimate)
        #expect((row.missingInformation?.fraction ?? -1) > 0)
      }
    }
    let test = try table.independenceTest()
    #expect(test.df1 == 6 && test.statistic > 0 && test.pValue > 0)
    let mixture = try table.independenceTest(.lincom)
    #expect(mixture.test == "d2-rao-scott-lincom" && mixture.df1 == 6)
    #expect(mixture.pValue > 0 && mixture.pValue <= 1)
    let scale = try Survey(imputations: surveys).scale(["answer", "group", "number"])
    let correlations = try Survey(imputations: surveys).correlations(["answer", "group", "number"])
    #expect(scale.rows.allSatisfy { $0.missingInformation != nil })
    #expect(correlations.rows.allSatisfy { $0.pValue > 0 && $0.estimate.interval.low < 1 })
  }

  @Test func `data sets that do not fit together are refused`() throws {
    let sample = MadeUpSurvey(rows: 100)
    func message(_ change: (inout MadeUpSurvey) -> Void) throws -> String? {
      var other = sample
      change(&other)
      let error = #expect(throws: SurveyError.self) {
        try Survey(imputations: [sample.survey(), other.survey()]).summarize("number")
      }
      return error?.description
    }
    let single = #expect(throws: SurveyError.self) { try Survey(imputations: [sample.survey()]) }
    #expect(single?.description.contains("there is one imputation") == true)
    #expect(
      try message { $0.psu[0] = 99 }?.contains("has other strata or sampling units") == true)
    #expect(
      try message { $0.number[3] = NumericColumn.missingValue(0) }?
        .contains("number: has 99 to 100 respondents in different imputations") == true)
    #expect(
      try message { sample in
        for part in [\MadeUpSurvey.stratum, \.psu, \.weight, \.answer, \.group, \.number] {
          sample[keyPath: part].removeLast()
        }
      }?.contains("has 99 rows, but") == true)
    let varying = #expect(throws: SurveyError.self) {
      var other = sample
      other.answer[0] += 1
      _ = try Survey(
        imputations: [sample.survey(), other.survey()].map {
          try $0.restricted(to: Expression("answer == \(Int(sample.answer[0]))"))
        }
      ).summarize("number")
    }
    #expect(varying?.description.contains("the subpopulation differs") == true)
  }
}
