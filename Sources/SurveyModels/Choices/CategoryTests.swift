internal import SurveyNumerics
internal import SurveyStatistics

/// Wald tests of a model of several answers.
struct CategoryTests {
  let model: ModelTerms
  let matrix: ModelMatrix
  let family: CategoryFamily
  /// How many coefficients a column has.
  let equations: Int
  let degreesOfFreedom: Double

  /// A Wald F, `βᵀ V⁻¹ β ∕ q` on (q, df), for every term that has several coefficients or is a factor.
  func terms(_ estimates: Estimates) -> [TestResult] {
    model.formula.terms.indices.compactMap { number in
      let term = model.formula.terms[number]
      let isJoint =
        equations > 1 || term.count > 1 || term.contains { model.predictors[$0].isWide }
      let columns = matrix.terms.indices.filter { matrix.terms[$0] == number }
      guard isJoint, !columns.isEmpty else { return nil }
      let places = (0..<equations).flatMap { equation in
        columns.map { equation * matrix.width + $0 }
      }
      return result(
        "wald-f", term: model.name(of: term), values: places.map { estimates.values[$0] },
        covariance: estimates.covariance(of: places))
    }
  }

  /// A Wald F that some values are all zero.
  func result(
    _ test: String, term: String, values: [Double], covariance: Matrix
  ) -> TestResult {
    let q = Double(values.count)
    var f = Double.nan
    if degreesOfFreedom > 0, let solved = try? covariance.solve(values) {
      f = zip(values, solved).reduce(0) { $0 + $1.0 * $1.1 } / q
    }
    return TestResult(
      test: test, variable: model.formula.outcome.name, term: term, statistic: f, df1: q,
      df2: degreesOfFreedom,
      pValue: Distribution.f(numerator: q, denominator: degreesOfFreedom).upperTail(f))
  }
}
