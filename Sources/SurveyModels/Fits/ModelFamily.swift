internal import Glibc

/// What kind of outcome a model has, and how its mean depends on the predictors.
public enum ModelFamily: String, CaseIterable, Sendable {
  /// A chance, `ln(μ ∕ (1 − μ)) = xβ`.
  case logistic
  /// A mean, `μ = xβ`.
  case linear

  /// The mean, the weight of a row in the information, and its deviance.
  @inline(__always)
  func response(_ eta: Double, _ y: Double) -> (mean: Double, slope: Double, deviance: Double) {
    switch self {
    case .linear: return (eta, 1, (y - eta) * (y - eta))
    case .logistic:
      let e = exp(-abs(eta))
      let small = e / (1 + e)
      let mean = eta < 0 ? small : 1 / (1 + e)
      // −ln of the chance of what happened.
      let wrong = (eta < 0) == (y == 1)
      return (mean, small / (1 + e), 2 * (log1p(e) + (wrong ? abs(eta) : 0)))
    }
  }

  /// The least deviance of a model without predictors.
  func nullDeviance(_ outcomes: [Double], weights: [Double], hasIntercept: Bool) -> Double {
    let total = weights.reduce(0, +)
    let mean = zip(outcomes, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let eta =
      switch (self, hasIntercept) {
      case (_, false): 0.0
      case (.linear, true): mean
      case (.logistic, true): log(mean / (1 - mean))
      }
    return zip(outcomes, weights).reduce(0) { $0 + $1.1 * response(eta, $1.0).deviance }
  }
}
