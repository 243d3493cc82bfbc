internal import Glibc
internal import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

extension CategoryFit: FormulaFit {
  /// The outcome is modelled as chances.
  public var isChance: Bool { true }

  /// Joint tests of the terms that are factors, interactions, polynomials or splines, in a
  /// multinomial model of all terms, whose coefficients against every answer are tested together.
  ///
  /// As of `ModelFit.termTests(_:)`, with the covariance `V₀` of a simple random sample from the
  /// second derivatives of the likelihood and `V` from the parameters' influence, `A⁻¹ s`. In an
  /// ordinal model the tests of proportional odds, always Wald's, stand after them.
  ///
  /// Fits to imputed data have the D₁ of Li, Raghunathan and Rubin for Wald's test, and for the
  /// others D₂ from the p-values of the data sets.
  ///
  /// - Parameter test: The form of the test.
  /// - Returns: One test a term, F or its like, at least 0, with a p-value 0…1; a test that has no
  ///   answer has a p-value that is NaN.
  /// - Throws: ``SurveyError`` when a model without a term does not settle.
  /// - Complexity: O(parameters³) a term; likelihood ratios also fit once a term.
  /// - Note: Agrees with the Wald F and the `pFsum` of R's survey 4.1 on a likelihood by hand.
  /// - SeeAlso: Rao and Scott (1984), Annals of Statistics 12; Lumley and Scott (2014), Australian
  ///   & New Zealand Journal of Statistics 56.
  public func termTests(_ test: TermTest) throws -> [TestResult] {
    let terms = basis.terms
    return try terms.formula.terms.indices.compactMap { number in
      let term = terms.formula.terms[number]
      let isJoint =
        equations > 1 || term.count > 1 || term.contains { terms.predictors[$0].isWide }
      let columns = likelihood.matrix.terms.indices.filter {
        likelihood.matrix.terms[$0] == number
      }
      guard isJoint, !columns.isEmpty else { return nil }
      let places = (0..<equations).flatMap { equation in
        columns.map { equation * likelihood.matrix.width + $0 }
      }
      return try self.test(places, named: terms.name(of: term), test)
    } + proportionalOddsTests
  }

  /// Tests that the coefficients it has beyond a smaller model are all zero.
  ///
  /// The test is that of `termTests(_:)` on those coefficients: `βᵀV⁻¹β ∕ q`, its adjusted or
  /// working form, or the fall of the deviance, with `V` from the influence of the larger model.
  ///
  /// - Parameters:
  ///   - smaller: A model of the same respondents.
  ///   - test: The form of the test.
  /// - Returns: F or its like, at least 0; nil when it does not hold all coefficients of the
  ///   smaller one and more. The term names what is added.
  /// - Throws: ``SurveyError`` when the smaller model does not settle.
  /// - Complexity: O(parameters³); a likelihood ratio also fits once.
  /// - Note: Of two answers it agrees with that of the logistic model to 1e-8.
  /// - SeeAlso: Rao and Scott (1984), Annals of Statistics 12; Lumley and Scott (2014), Australian
  ///   & New Zealand Journal of Statistics 56.
  public func difference(from smaller: CategoryFit, test: TermTest) throws -> TestResult? {
    guard let added = added(to: smaller) else { return nil }
    return try self.test(added, named: added.map { rows[$0].variable }.joinedOnce, test)
  }

  /// How well the model fits.
  ///
  /// With the deviance `D` for weights whose mean is 1, `AIC = D + 2 Σλ`, λ the eigenvalues of
  /// `V₀⁻¹V` of the slopes, `V` from their influence; `BIC = D + p ln n`, among nested models as of
  /// `ModelFit.statistics(largest:)`. Cox and Snell's, Nagelkerke's and McFadden's pseudo-R²
  /// compare `D` with that of the shares of the answers. Figures of fits to imputed data are means.
  ///
  /// - Parameter largest: A model of the same respondents that holds all terms of this one.
  /// - Returns: Criteria without a unit, of which less is better; pseudo-R² 0…1. What an outcome of
  ///   several answers has not is NaN.
  /// - Throws: ``SurveyError`` for a fault in the design.
  /// - Complexity: O(parameters³).
  /// - Note: Of two answers all figures agree with those of the logistic model to 1e-8.
  /// - SeeAlso: Lumley and Scott (2015), Journal of Survey Statistics and Methodology 3.
  public func statistics(largest: CategoryFit? = nil) throws -> FitStatistics {
    guard imputations.isEmpty else {
      return FitStatistics(
        averaging: try imputations.enumerated().map { number, fit in
          try fit.statistics(largest: largest?.imputations[number])
        })
    }
    let n = Double(count)
    let slopes = rows.indices.filter { rows[$0].isSlope }
    let parameters = try joint.designEffects(slopes).reduce(0, +)
    let coxSnell = 1 - exp((deviance - nullDeviance) / n)
    return FitStatistics(
      aic: deviance + 2 * parameters, effectiveParameters: parameters,
      bic: bayesianCriterion(largest: largest), rSquared: .nan, coxSnell: coxSnell,
      nagelkerke: coxSnell / (1 - exp(-nullDeviance / n)), mcFadden: 1 - deviance / nullDeviance,
      rocArea: .nan, goodness: nil, dispersion: .nan)
  }

  private func bayesianCriterion(largest: CategoryFit?) -> Double {
    guard let largest, largest.rows.count > rows.count else {
      return deviance + Double(rows.count) * log(Double(count))
    }
    guard let added = largest.added(to: self) else { return .nan }
    return
      (try? largest.joint.bayesianCriterion(
        without: added, minusTwice: largest.deviance, count: count)) ?? .nan
  }

  /// The parameters that it has beyond a smaller model; nil when it is not larger.
  private func added(to smaller: CategoryFit) -> [Int]? {
    let known = Set(smaller.rows.map(\.place))
    let added = rows.indices.filter { !known.contains(rows[$0].place) }
    guard formula.outcome == smaller.formula.outcome, family == smaller.family,
      categories == smaller.categories, !added.isEmpty,
      added.count == rows.count - smaller.rows.count
    else { return nil }
    return added
  }

  /// Tests that some parameters are all zero.
  private func test(_ places: [Int], named name: String, _ test: TermTest) throws -> TestResult {
    guard imputations.isEmpty || test != .wald else {
      return estimates.waldTest(
        test.testName, variable: formula.outcome.name, term: name, of: places)
    }
    return try found.test { try $0.joint.test(places, named: name, test) }
  }

  /// How many coefficients a column has.
  private var equations: Int { family == .ordinal ? 1 : categories.count - 1 }

  /// The covariance of the parameters in a simple random sample, `V₀`.
  var working: Matrix { maximum.inverse.transformed(by: likelihood.parameterMap) }

  private var joint: CoefficientTests {
    CoefficientTests(
      outcome: formula.outcome.name, estimates: estimates, working: maximum.inverse, basis: basis,
      map: likelihood.matrix.coordinates == nil ? nil : likelihood.parameterMap,
      degreesOfFreedom: rows.first?.degreesOfFreedom ?? .nan,
      designDegreesOfFreedom: totals.degreesOfFreedom.first ?? .nan
    ) { [likelihood, deviance] places in
      guard case .found(let smaller) = likelihood.maximum(holding: places) else { return nil }
      return smaller.deviance - deviance
    }
  }
}
