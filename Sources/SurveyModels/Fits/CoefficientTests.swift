internal import Glibc
internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

/// What joint tests of the coefficients of a fit need, whatever its family.
struct CoefficientTests {
  /// The outcome's name.
  let outcome: String
  /// The coefficients.
  let estimates: Estimates
  /// The covariance of a simple random sample, `V₀`.
  let working: Matrix
  /// The degrees of freedom of their tests.
  let degreesOfFreedom: Double
  /// Those of the design, ν.
  let designDegreesOfFreedom: Double
  /// By how much the deviance grows without some of them; nil when that model does not settle.
  let growth: (_ without: [Int]) throws -> Double?

  /// Tests that some coefficients are all zero.
  func test(_ columns: [Int], named name: String, _ test: TermTest) throws -> TestResult {
    let (q, df) = (Double(columns.count), degreesOfFreedom)
    func result(_ statistic: Double, _ df2: Double, _ p: Double) -> TestResult {
      TestResult(
        test: test.testName, variable: outcome, term: name, statistic: statistic, df1: q, df2: df2,
        pValue: p)
    }
    switch test {
    case .wald:
      return estimates.waldTest(
        test.testName, variable: outcome, term: name, of: columns, degreesOfFreedom: df)
    case .adjustedWald:
      let found = WaldTest(
        columns.map { estimates.values[$0] }, covariance: estimates.covariance(of: columns),
        degreesOfFreedom: designDegreesOfFreedom, isAdjusted: true)
      return result(found.statistic, found.df2, found.pValue)
    case .workingWald:
      let x =
        working.block(columns).quadraticForm(of: columns.map { estimates.values[$0] }) ?? .nan
      return result(x, df, mixtureTail(x, columns))
    case .likelihoodRatio:
      guard let growth = try growth(columns) else {
        throw SurveyError(
          .noAnswer, at: name,
          "the model without it does not settle, so it has no likelihood ratio",
          remedy: "Choose --term-tests wald.")
      }
      let x = max(0, growth)
      return result(x, df, mixtureTail(x, columns))
    }
  }

  /// The eigenvalues of `V₀⁻¹ V` of some coefficients.
  func designEffects(_ columns: [Int]) throws -> [Double] {
    guard !columns.isEmpty else { return [] }
    // Similar to the symmetric L⁻¹ V L⁻ᵀ with V₀ = L Lᵀ.
    let factor = try working.block(columns).cholesky()
    let half = try factor.solve(estimates.covariance(of: columns))
    return try factor.solve(half.transposed).symmetricEigenvalues()
  }

  /// The Bayesian criterion of the model without some coefficients, `D + W + p ln n + ln det V₀⁻¹V`.
  ///
  /// - Parameters:
  ///   - columns: The coefficients that it has not.
  ///   - minusTwice: `−2 ln L` of this fit, D.
  ///   - count: The respondents, n.
  func bayesianCriterion(
    without columns: [Int], minusTwice: Double, count: Int
  ) throws -> Double {
    let wald = try test(columns, named: "", .wald).statistic * Double(columns.count)
    let effects = try designEffects(columns).reduce(0) { $0 + log($1) }
    return minusTwice + wald + Double(estimates.count - columns.count) * log(Double(count))
      + effects
  }

  /// The chance that `Σ λⱼ χ²₁` lies above `x χ²_df ∕ df`.
  private func mixtureTail(_ x: Double, _ columns: [Int]) -> Double {
    let df = degreesOfFreedom
    guard df > 0, x.isFinite, let effects = try? designEffects(columns) else { return .nan }
    guard x > 0 else { return 1 }
    let form = QuadraticForm(
      effects.map { QuadraticForm.Term(weight: $0) }
        + [QuadraticForm.Term(weight: -x / df, degreesOfFreedom: df)])
    return form.saddlepointUpperTail(0) ?? (try? form.upperTail(0)) ?? .nan
  }
}

extension Matrix {
  /// The rows and columns at some positions.
  func block(_ indices: [Int]) -> Matrix {
    Matrix(indices.map { i in indices.map { self[i, $0] } })
  }
}
