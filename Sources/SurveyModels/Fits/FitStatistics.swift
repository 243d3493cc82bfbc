internal import Glibc
internal import SurveyNumerics
public import SurveyStatistics

/// How well a model fits; NaN where a family has no such figure.
public struct FitStatistics: Hashable, Sendable {
  /// Akaike's criterion for the population the sample was drawn from; less is better.
  public let aic: Double
  /// The parameters as the design counts them, `Σλ`, of which AIC takes two each; at least 0.
  public let effectiveParameters: Double
  /// The Bayesian criterion, of which less is better; among nested models relative to the largest.
  public let bic: Double
  /// The share of the variance of a linear model's outcome that is explained, 0…1; NaN for others.
  public let rSquared: Double
  /// Cox and Snell's pseudo-R², `1 − exp((D − D₀) ∕ n)`, from 0 to below 1.
  public let coxSnell: Double
  /// The same over its largest possible value, 0…1.
  public let nagelkerke: Double
  /// McFadden's `1 − D ∕ D₀`, 0…1.
  public let mcFadden: Double
  /// The weighted chance, 0…1, that of two respondents the one with the event has the higher
  /// predicted chance; a tie counts one half.
  public let rocArea: Double
  /// Archer and Lemeshow's test that the model fits; nil unless the outcome is a chance.
  public let goodness: TestResult?
  /// The variance of Pearson's residuals, about 1 for a chance that fits; in a linear model in the
  /// square of the outcome's unit.
  public let dispersion: Double
}

extension FitStatistics {
  /// The means of the figures over imputed data sets.
  init(averaging all: [FitStatistics]) {
    func mean(_ part: KeyPath<FitStatistics, Double>) -> Double {
      all.reduce(0) { $0 + $1[keyPath: part] } / Double(all.count)
    }
    self.init(
      aic: mean(\.aic), effectiveParameters: mean(\.effectiveParameters), bic: mean(\.bic),
      rSquared: mean(\.rSquared), coxSnell: mean(\.coxSnell), nagelkerke: mean(\.nagelkerke),
      mcFadden: mean(\.mcFadden), rocArea: mean(\.rocArea), goodness: nil,
      dispersion: mean(\.dispersion))
  }
}

extension ModelFit {
  /// How well the model fits.
  ///
  /// With the deviance `D` for weights whose mean is 1, `AIC = D + 2 Σλ`, λ the eigenvalues of
  /// `V₀⁻¹V` without the constant (`V₀` the covariance of a simple random sample, `V` that of the
  /// coefficients' influence); a linear model has `n (ln 2πσ² + 1)` for `D`, and its `σ²` counts
  /// too. `BIC = D + p ln n`; among nested models that of the largest `M` instead, `D_M + W + p ln
  /// n + ln det V₀⁻¹V`, with `W` and the determinant of the coefficients that are left out. A gamma
  /// model has neither, as its deviance is no likelihood.
  ///
  /// Figures of fits to imputed data are means over them; they have no Archer–Lemeshow test.
  ///
  /// - Parameter largest: A model of the same respondents that holds all terms of this one.
  /// - Returns: Criteria without a unit, of which less is better; R² and ROC area 0…1; NaN where a
  ///   family has no such figure.
  /// - Throws: ``SurveyError`` for a fault in the design.
  /// - Complexity: O(cases × log cases).
  /// - Note: Agrees with `AIC` and `psrsq` of R's survey 4.5 and `BIC(…, maximal)` of 4.1; for a
  ///   linear model R divides its whole criterion by the variance, and ours does not.
  /// - SeeAlso: Lumley and Scott (2015), Journal of Survey Statistics and Methodology 3; Archer and
  ///   Lemeshow (2006), Stata Journal 6.
  public func statistics(largest: ModelFit? = nil) throws -> FitStatistics {
    guard imputations.isEmpty else {
      return FitStatistics(
        averaging: try imputations.enumerated().map { number, fit in
          try fit.statistics(largest: largest?.imputations[number])
        })
    }
    let n = Double(count)
    let isDiscrete = family.isBinary || family == .poisson
    let eta = fitted.predictors
    let coxSnell = isDiscrete ? 1 - exp((deviance - nullDeviance) / n) : .nan
    let (minusTwice, parameters) = try likelihoodAndParameters(eta)
    return FitStatistics(
      aic: minusTwice + 2 * parameters, effectiveParameters: parameters,
      bic: bayesianCriterion(minusTwice, largest: largest),
      rSquared: family == .linear ? 1 - deviance / nullDeviance : .nan, coxSnell: coxSnell,
      nagelkerke: coxSnell / (1 - exp(-nullDeviance / n)),
      mcFadden: isDiscrete ? 1 - deviance / nullDeviance : .nan,
      rocArea: isChance ? fitted.rocArea(eta) : .nan,
      goodness: isChance ? try archerLemeshow(eta) : nil,
      dispersion: fitted.dispersion(eta))
  }

  /// `−2 ln L` up to a constant, and the parameters as the design counts them.
  private func likelihoodAndParameters(
    _ eta: [Double]
  ) throws -> (minusTwice: Double, parameters: Double) {
    let slopes = fitted.matrix.columns.indices.filter {
      !fitted.matrix.columns[$0].parts.isEmpty
    }
    let effects = slopes.isEmpty ? 0 : try designEffects(slopes).reduce(0, +)
    switch family {
    case .logistic, .probit, .cloglog, .poisson: return (deviance, effects)
    case .linear:
      let n = Double(count)
      let variance = deviance / n
      return (
        n * (log(2 * .pi * variance) + 1),
        effects / variance + (try effectOfVariance(eta, variance))
      )
    case .gamma: return (.nan, .nan)
    }
  }

  /// What the variance of a linear model's residuals counts as a parameter: its influence is
  /// `(e² − σ²) ∕ n`, and a simple random sample of a normal outcome has `2σ⁴ ∕ n`.
  private func effectOfVariance(_ eta: [Double], _ variance: Double) throws -> Double {
    let frame = fitted.frame
    let n = Double(count)
    let totals = try frame.unitTotals(width: 1) { index, u in
      let residual = fitted.response.outcomes[index] - eta[index]
      u[0] = (residual * residual - variance) / (n * frame.meanWeight)
    }
    return totals.covariance()[0, 0] * n / (2 * variance * variance)
  }

  private func bayesianCriterion(_ minusTwice: Double, largest: ModelFit?) -> Double {
    let parameters = Double(rows.count) * log(Double(count))
    guard let largest, largest.rows.count > rows.count else { return minusTwice + parameters }
    guard let added = largest.added(to: self),
      let (base, _) = try? largest.likelihoodAndParameters(largest.fitted.predictors)
    else { return .nan }
    return
      (try? largest.joint.bayesianCriterion(without: added, minusTwice: base, count: count))
      ?? .nan
  }
}

extension FittedModel {
  /// `n ∕ (n − 1) Σ w (r − r̄)² ∕ Σ w` of Pearson's residuals `r = (y − μ) ∕ √v`.
  func dispersion(_ eta: [Double]) -> Double {
    let n = Double(frame.count)
    func residual(_ index: Int) -> Double {
      let mean = family.link.mean(eta[index])
      return (response.outcomes[index] - mean) / family.variance(mean).squareRoot()
    }
    var (sum, squares) = (0.0, 0.0)
    for index in eta.indices {
      let r = residual(index)
      sum += frame.weights[index] * r
      squares += frame.weights[index] * r * r
    }
    return (squares - sum * sum / n) / (n - 1)
  }

  /// The area under the weighted ROC curve.
  fileprivate func rocArea(_ eta: [Double]) -> Double {
    let order = eta.indices.sorted { eta[$0] < eta[$1] }
    var (area, below, events, start) = (0.0, 0.0, 0.0, 0)
    while start < order.count {
      var (no, yes, end) = (0.0, 0.0, start)
      while end < order.count, eta[order[end]] == eta[order[start]] {
        let weight = frame.weights[order[end]]
        if response.outcomes[order[end]] == 1 { yes += weight } else { no += weight }
        end += 1
      }
      area += yes * (below + no / 2)
      below += no
      events += yes
      start = end
    }
    return area / (below * events)
  }
}
