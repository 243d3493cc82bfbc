internal import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

/// How it is tested that all coefficients of a term are zero.
public enum TermTest: String, CaseIterable, Sendable {
  /// `βᵀ V⁻¹ β ∕ q` against F(q, df), as R's `regTermTest`; the default.
  case wald
  /// The same times `(ν − q + 1) ∕ ν` against F(q, ν − q + 1), with the design's ν, as Stata.
  case adjustedWald = "adjusted-wald"
  /// `βᵀ V₀⁻¹ β` with the covariance `V₀` of a simple random sample, against a mixture.
  case workingWald = "working-wald"
  /// The fall of the deviance, against the same mixture (Rao and Scott).
  case likelihoodRatio = "lrt"

  /// The name in results.
  var testName: String { self == .wald ? "wald-f" : rawValue }
}

extension ModelFit {
  /// Joint tests of the terms that have several columns or are factors or interactions.
  ///
  /// With `λ` the eigenvalues of `V₀⁻¹ V` of the term, working Wald and likelihood ratio compare
  /// their statistic `X` with `Σ λⱼ χ²₁` over `χ²_df ∕ df`, by a saddlepoint formula. A likelihood
  /// ratio fits the model without the term's columns to the same respondents.
  ///
  /// Fits to imputed data have the D₁ of Li, Raghunathan and Rubin for Wald's test, and no other.
  ///
  /// - Parameter test: The form of the test.
  /// - Returns: One test a term; a test that has no answer has a p-value that is NaN.
  /// - Throws: ``SurveyError`` when a model without a term does not settle, and for a test that
  ///   cannot be combined over imputations.
  /// - Complexity: O(coefficients³) a term; likelihood ratios also fit once a term.
  /// - Note: Agrees with `regTermTest(fit, ~term, method = "Wald" | "WorkingWald" | "LRT")` of R's
  ///   survey 4.5; the adjusted form is that of Stata's `test` after `svy`.
  /// - SeeAlso: Rao and Scott (1984), Annals of Statistics 12; Lumley and Scott (2014).
  public func termTests(_ test: TermTest) throws -> [TestResult] {
    try fitted.terms.testedTerms(fitted.matrix).map { number, columns in
      try self.test(columns, named: fitted.terms.name(of: formula.terms[number]), test)
    }
  }

  /// Tests that some coefficients are all zero.
  func test(_ columns: [Int], named name: String, _ test: TermTest) throws -> TestResult {
    guard imputations.isEmpty else {
      return try TestResult.pooled(
        try imputations.map { [try $0.test(columns, named: name, test)] })[0]
    }
    let q = Double(columns.count)
    let df = rows.first?.degreesOfFreedom ?? .nan
    let values = columns.map { estimates.values[$0] }
    func quadratic(_ covariance: Matrix) -> Double {
      guard let solved = try? covariance.solve(values) else { return .nan }
      return zip(values, solved).reduce(0) { $0 + $1.0 * $1.1 }
    }
    func result(_ statistic: Double, _ df2: Double, _ p: Double) -> TestResult {
      TestResult(
        test: test.testName, variable: formula.outcome.name, term: name, statistic: statistic,
        df1: q, df2: df2, pValue: p)
    }
    switch test {
    case .wald:
      return estimates.waldTest(
        test.testName, variable: formula.outcome.name, term: name, of: columns,
        degreesOfFreedom: df)
    case .adjustedWald:
      let design = designDegreesOfFreedom
      let rest = design - q + 1
      let f =
        rest > 0 ? quadratic(estimates.covariance(of: columns)) / q * rest / design : .nan
      return result(f, rest, Distribution.f(numerator: q, denominator: rest).upperTail(f))
    case .workingWald:
      let x = quadratic(fitted.maximum.inverse.block(columns))
      return result(x, df, mixtureTail(x, columns, degreesOfFreedom: df))
    case .likelihoodRatio:
      guard case .found(let smaller) = try fitted.likelihood(without: columns).maximum() else {
        throw SurveyError(
          .noAnswer, at: name,
          "the model without it does not settle, so it has no likelihood ratio",
          remedy: "Choose --term-tests wald.")
      }
      let x = max(0, smaller.deviance - deviance)
      return result(x, df, mixtureTail(x, columns, degreesOfFreedom: df))
    }
  }

  /// The degrees of freedom of the design, ν.
  var designDegreesOfFreedom: Double { totals.degreesOfFreedom.first ?? .nan }

  /// The eigenvalues of `V₀⁻¹ V` of some coefficients.
  func designEffects(_ columns: [Int]) throws -> [Double] {
    // Similar to the symmetric L⁻¹ V L⁻ᵀ with V₀ = L Lᵀ.
    let factor = try fitted.maximum.inverse.block(columns).cholesky()
    let half = try factor.solve(estimates.covariance(of: columns))
    return try factor.solve(half.transposed).symmetricEigenvalues()
  }

  /// The chance that `Σ λⱼ χ²₁` lies above `x χ²_df ∕ df`.
  private func mixtureTail(
    _ x: Double, _ columns: [Int], degreesOfFreedom df: Double
  ) -> Double {
    guard df > 0, x.isFinite, let effects = try? designEffects(columns) else { return .nan }
    guard x > 0 else { return 1 }
    let form = QuadraticForm(
      effects.map { QuadraticForm.Term(weight: $0) }
        + [QuadraticForm.Term(weight: -x / df, degreesOfFreedom: df)])
    return form.saddlepointUpperTail(0) ?? (try? form.upperTail(0)) ?? .nan
  }
}

extension ModelTerms {
  /// The terms that have a joint test, with their columns.
  func testedTerms(_ matrix: ModelMatrix) -> [(term: Int, columns: [Int])] {
    formula.terms.indices.compactMap { number in
      let term = formula.terms[number]
      guard term.count > 1 || term.contains(where: { predictors[$0].isWide }) else { return nil }
      let columns = matrix.terms.indices.filter { matrix.terms[$0] == number }
      return columns.isEmpty ? nil : (number, columns)
    }
  }
}

extension Matrix {
  /// The rows and columns at some positions.
  func block(_ indices: [Int]) -> Matrix {
    Matrix(indices.map { i in indices.map { self[i, $0] } })
  }
}
