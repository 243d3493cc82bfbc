internal import SurveyData
internal import SurveyNumerics

/// A Wald test: F with its degrees of freedom.
struct WaldTest {
  let statistic: Double
  let df1: Double
  let df2: Double
  let pValue: Double
  var tested: TestedEstimates?

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
  /// Tests that some linear combinations of estimates are all zero.
  ///
  /// `F = dᵀV⁻¹d ∕ q` with `d` the combinations and `V` their covariance, compared with `F(q, ν)`.
  /// Combinations that follow from those before them are left out of `q`.
  ///
  /// - Parameters:
  ///   - map: One row a combination, one column an estimate of `indices`.
  ///   - degreesOfFreedom: ν; nil means those of the estimates' domains together.
  /// - Returns: NaN for the statistic when there are more combinations than ν, or none.
  /// - Note: Agrees with `regTermTest` of R's survey, which divides by `q` and adjusts no further.
  func waldTest(
    _ map: Matrix, of indices: [Int], degreesOfFreedom: Double? = nil
  ) -> WaldTest {
    let df2 = degreesOfFreedom ?? self.degreesOfFreedom(of: indices)
    func test(_ statistic: Double, _ q: Double) -> WaldTest {
      WaldTest(
        statistic: statistic, df1: q, df2: df2,
        pValue: Distribution.f(numerator: q, denominator: df2).upperTail(statistic))
    }
    guard map.rows > 0, Double(map.rows) <= df2 else { return test(.nan, Double(map.rows)) }
    let contrasts = combined(
      map, of: indices, labels: (0..<map.rows).map { _ in Label(variable: "") })
    guard contrasts.standardErrors.allSatisfy({ !$0.isNaN }) else {
      return test(.nan, Double(map.rows))
    }
    let (all, values) = (contrasts.covariance(), contrasts.values)
    let dependent = Set(all.dependentColumns())
    let kept = values.indices.filter { !dependent.contains($0) }
    let q = Double(kept.count)
    let known = kept.map { values[$0] }
    guard !kept.isEmpty,
      let solved = try? Matrix(kept.map { i in kept.map { all[i, $0] } }).solve(known)
    else { return test(.nan, q) }
    var found = test(zip(known, solved).reduce(0) { $0 + $1.0 * $1.1 } / q, q)
    let combinations = combined(
      Matrix(kept.map { row in (0..<map.columns).map { map[row, $0] } }), of: indices,
      labels: kept.map { Label(variable: labels[indices[0]].variable, category: String($0)) })
    found.tested = TestedEstimates(
      combinations, Array(kept.indices), degreesOfFreedom: df2)
    return found
  }
}
