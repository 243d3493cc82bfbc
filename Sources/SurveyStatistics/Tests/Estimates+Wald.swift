internal import SurveyData
package import SurveyNumerics

/// A Wald test: F with its degrees of freedom.
///
/// `F = dᵀV⁻¹d ∕ q` on (q, ν), or adjusted `(ν − q + 1) ∕ ν` times it on (q, ν − q + 1), as Stata and
/// SUDAAN have it. There is no statistic, NaN, where `V` is short of rank or no degrees of freedom are
/// left: the inverse of a singular covariance is made of rounding errors.
package struct WaldTest: Sendable {
  package let statistic: Double
  package let df1: Double
  package let df2: Double
  package let pValue: Double
  var tested: TestedEstimates?

  /// Tests that some numbers are all zero; one that is zero and does not vary is no part of it.
  ///
  /// - Parameters:
  ///   - values: d.
  ///   - covariance: V.
  ///   - degreesOfFreedom: ν.
  package init(
    _ values: [Double], covariance: Matrix, degreesOfFreedom: Double, isAdjusted: Bool = false
  ) {
    let kept = Self.varying(values, covariance)
    let q = Double(kept.count)
    let rest = isAdjusted ? degreesOfFreedom - q + 1 : degreesOfFreedom
    let block = Matrix(kept.map { i in kept.map { covariance[i, $0] } })
    let form =
      kept.isEmpty || !(rest > 0) ? nil : block.quadraticForm(of: kept.map { values[$0] })
    let f = (form ?? .nan) / q * (isAdjusted ? rest / degreesOfFreedom : 1)
    (statistic, df1, df2) = (f, q, rest)
    pValue = f.isNaN ? .nan : Distribution.f(numerator: q, denominator: rest).upperTail(f)
  }

  /// No test of so many numbers, of which the variance of some is not known.
  init(unknown count: Int, degreesOfFreedom: Double) {
    (statistic, df1, df2, pValue) = (.nan, Double(count), degreesOfFreedom, .nan)
  }

  /// The numbers that are not zero for certain.
  static func varying(_ values: [Double], _ covariance: Matrix) -> [Int] {
    values.indices.filter { values[$0] != 0 || covariance[$0, $0] != 0 }
  }

  /// The test as a result.
  func result(_ test: String, variable: String, by: String, term: String) -> TestResult {
    var result = TestResult(
      test: test, variable: variable, by: by, term: term, statistic: statistic, df1: df1, df2: df2,
      pValue: pValue)
    result.tested = tested
    return result
  }
}

extension Estimates {
  /// Tests that some linear combinations of estimates are all zero; see ``WaldTest``.
  ///
  /// - Parameters:
  ///   - map: One row a combination, one column an estimate of `indices`.
  ///   - degreesOfFreedom: ν; nil means those of the estimates' domains together.
  /// - Note: Agrees with `regTermTest` of R's survey, which divides by `q` and adjusts no further.
  func waldTest(
    _ map: Matrix, of indices: [Int], degreesOfFreedom: Double? = nil
  ) -> WaldTest {
    let df2 = degreesOfFreedom ?? self.degreesOfFreedom(of: indices)
    let contrasts = combined(
      map, of: indices, labels: (0..<map.rows).map { _ in Label(variable: "") })
    guard !contrasts.standardErrors.contains(where: \.isNaN) else {
      return WaldTest(unknown: map.rows, degreesOfFreedom: df2)
    }
    let (all, values) = (contrasts.covariance(), contrasts.values)
    var found = WaldTest(values, covariance: all, degreesOfFreedom: df2)
    let kept = WaldTest.varying(values, all)
    let combinations = combined(
      Matrix(kept.map { row in (0..<map.columns).map { map[row, $0] } }), of: indices,
      labels: kept.map { Label(variable: labels[indices[0]].variable, category: String($0)) })
    if !kept.isEmpty {
      found.tested = TestedEstimates(
        combinations, Array(kept.indices), degreesOfFreedom: df2)
    }
    return found
  }
}

extension TestResult {
  /// The same test of the same estimates, with the numbers of one that is made of others which are zero
  /// when they are.
  package func replacing(by test: WaldTest) -> TestResult {
    var result = test.result(self.test, variable: variable, by: by, term: term)
    result.tested = tested
    return result
  }
}
