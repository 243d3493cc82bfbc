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
  /// The covariance of a simple random sample, `V₀`, of the parameters of `basis`.
  let working: Matrix
  /// The fit, whose parameters are those of coordinates where columns would lose digits.
  let basis: PredictionBasis
  /// The coefficients as a linear map of those parameters; nil when they are the same.
  let map: Matrix?
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
      let found = estimates.waldTest(
        test.testName, variable: outcome, term: name, of: columns, degreesOfFreedom: df)
      guard map != nil else { return found }
      let block = block(columns)
      return found.replacing(
        by: WaldTest(block.values, covariance: block.covariance, degreesOfFreedom: df))
    case .adjustedWald:
      let block = block(columns)
      let found = WaldTest(
        block.values, covariance: block.covariance, degreesOfFreedom: designDegreesOfFreedom,
        isAdjusted: true)
      return result(found.statistic, found.df2, found.pValue)
    case .workingWald:
      let block = block(columns)
      let x = block.working.quadraticForm(of: block.values) ?? .nan
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

  /// Some coefficients with their covariances, or combinations of them that are zero when they are:
  /// those that are orthogonal in the coordinates, whose covariance keeps its digits.
  private func block(
    _ columns: [Int]
  ) -> (values: [Double], covariance: Matrix, working: Matrix) {
    guard let map else {
      return (
        columns.map { estimates.values[$0] }, estimates.covariance(of: columns),
        working.block(columns)
      )
    }
    var rows: [[Double]] = []
    // From the last, as the map of columns to coordinates is triangular.
    for column in columns.reversed() {
      var row = (0..<map.columns).map { map[column, $0] }
      for _ in 0..<2 {
        for other in rows {
          let share = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
          row = zip(row, other).map { $0 - share * $1 }
        }
        let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
        row = row.map { $0 / length }
      }
      rows.append(row)
    }
    let own = Matrix(rows)
    let covariance = basis.scoreTotals.mapped(by: own * basis.inverse).covariance()
    return (own * basis.parameters, covariance, working.transformed(by: own))
  }

  /// The eigenvalues of `V₀⁻¹ V` of some coefficients.
  func designEffects(_ columns: [Int]) throws -> [Double] {
    guard !columns.isEmpty else { return [] }
    // Similar to the symmetric L⁻¹ V L⁻ᵀ with V₀ = L Lᵀ.
    let block = block(columns)
    let factor = try block.working.cholesky()
    let half = try factor.solve(block.covariance)
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
