internal import SurveyData
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
  /// ratio fits the model without the term's columns to the same respondents. Wald's is `F = βᵀV⁻¹β
  /// ∕ q`; `V` comes from the coefficients' influence, `A⁻¹ s` with the score `s` of a respondent
  /// and the information `A`.
  ///
  /// Fits to imputed data have the D₁ of Li, Raghunathan and Rubin for Wald's test, and for the
  /// others D₂ from the p-values of the data sets.
  ///
  /// With more coefficients in a term than units − strata, Wald's forms have no answer.
  ///
  /// - Parameter test: The form of the test.
  /// - Returns: One test a term: F or its like, at least 0, with a p-value 0…1; a test that has no
  ///   answer has a p-value that is NaN.
  /// - Throws: ``SurveyError`` when a model without a term does not settle.
  /// - Complexity: O(coefficients³) a term; likelihood ratios also fit once a term.
  /// - Note: Agrees with `regTermTest(fit, ~term, method = "Wald" | "WorkingWald" | "LRT")` of R's
  ///   survey 4.5; the adjusted form is that of Stata's `test` after `svy`.
  /// - SeeAlso: Rao and Scott (1984), Annals of Statistics 12; Lumley and Scott (2014), Australian
  ///   & New Zealand Journal of Statistics 56.
  public func termTests(_ test: TermTest) throws -> [TestResult] {
    try fitted.terms.testedTerms(fitted.matrix).map { number, columns in
      try self.test(columns, named: fitted.terms.name(of: formula.terms[number]), test)
    }
  }

  /// Tests that some coefficients are all zero.
  func test(_ columns: [Int], named name: String, _ test: TermTest) throws -> TestResult {
    guard imputations.isEmpty || test != .wald else {
      return estimates.waldTest(
        test.testName, variable: formula.outcome.name, term: name, of: columns)
    }
    return try found.test { try $0.joint.test(columns, named: name, test) }
  }

  /// The degrees of freedom of the design, ν.
  var designDegreesOfFreedom: Double { totals.degreesOfFreedom.first ?? .nan }

  /// The eigenvalues of `V₀⁻¹ V` of some coefficients.
  func designEffects(_ columns: [Int]) throws -> [Double] { try joint.designEffects(columns) }

  /// What joint tests of the coefficients need.
  var joint: CoefficientTests {
    CoefficientTests(
      outcome: formula.outcome.name, estimates: estimates, working: fitted.maximum.inverse,
      basis: basis,
      map: fitted.matrix.coordinates?.parameters(),
      degreesOfFreedom: rows.first?.degreesOfFreedom ?? .nan,
      designDegreesOfFreedom: designDegreesOfFreedom
    ) { [fitted, deviance] columns in
      guard case .found(let smaller) = try fitted.likelihood(without: columns).maximum() else {
        return nil
      }
      return smaller.deviance - deviance
    }
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
