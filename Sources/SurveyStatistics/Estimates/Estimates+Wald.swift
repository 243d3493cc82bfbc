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

  /// The numbers that are not zero for certain.
  static func varying(_ values: [Double], _ covariance: Matrix) -> [Int] {
    values.indices.filter { values[$0] != 0 || covariance[$0, $0] != 0 }
  }
}

extension Estimates {
  /// Tests that some linear combinations of estimates are all zero, of which one that is zero for
  /// certain is no part.
  ///
  /// - Parameters:
  ///   - map: One row a combination, one column an estimate of `indices`.
  /// - Note: The degrees of freedom are those of the estimates' domains together. Agrees with
  ///   `regTermTest` of R's survey, which divides by `q` and adjusts no further.
  func waldTest(
    _ name: String, variable: String, by group: String, term: String, of map: Matrix,
    _ indices: [Int]
  ) -> TestResult {
    let contrasts = combined(
      map, of: indices,
      labels: (0..<map.rows).map { Label(variable: variable, category: String($0)) })
    let isKnown = !contrasts.standardErrors.contains(where: \.isNaN)
    return contrasts.waldTest(
      name, variable: variable, by: group, term: term,
      of: isKnown ? WaldTest.varying(contrasts.values, contrasts.covariance()) : nil,
      degreesOfFreedom: degreesOfFreedom(of: indices))
  }
}

extension TestResult {
  /// The same test with the numbers of one that is made of other estimates, which are zero when these
  /// are.
  package func replacing(by test: WaldTest) -> TestResult {
    TestResult(
      test: self.test, variable: variable, by: by, term: term, statistic: test.statistic,
      df1: test.df1, df2: test.df2, pValue: test.pValue)
  }
}
