internal import Glibc

/// What kind of outcome a model has, and how its mean depends on the predictors.
public enum ModelFamily: String, CaseIterable, Sendable {
  /// A chance, `ln(μ ∕ (1 − μ)) = xβ`.
  case logistic
  /// A chance, `Φ⁻¹(μ) = xβ`.
  case probit
  /// A chance, `ln(−ln(1 − μ)) = xβ`.
  case cloglog
  /// A mean, `μ = xβ`.
  case linear
  /// The mean of counts, `ln μ = xβ`; the variance grows as the mean.
  case poisson
  /// The mean of amounts above zero, `ln μ = xβ`; the variance grows as the squared mean.
  case gamma

  /// How the mean follows from the linear predictor.
  public var link: Link {
    switch self {
    case .logistic: .logit
    case .probit: .probit
    case .cloglog: .cloglog
    case .linear: .identity
    case .poisson, .gamma: .log
    }
  }

  /// Whether the outcome is a yes or no, coded 1 and 0.
  public var isBinary: Bool {
    switch self {
    case .logistic, .probit, .cloglog: true
    case .linear, .poisson, .gamma: false
    }
  }

  /// Whether `exp(β)` means something: an odds ratio, a hazard ratio, a ratio of means.
  public var hasRatios: Bool {
    switch self {
    case .logistic, .cloglog, .poisson, .gamma: true
    case .probit, .linear: false
    }
  }

  /// What a row adds to the likelihood at its linear predictor.
  struct Response {
    /// `(y − μ) μ′ ∕ v(μ)`, what one unit of weight adds to the score.
    var score: Double
    /// `μ′² ∕ v(μ)`, what it adds to the expected information.
    var information: Double
    /// Twice the log likelihood below that of a perfect fit.
    var deviance: Double
  }

  /// What one unit of weight adds at a linear predictor.
  ///
  /// An outcome between 0 and 1, a share, adds to the score what the two answers add in its
  /// proportion, as R's quasibinomial does.
  @inline(__always)
  func response(_ eta: Double, _ y: Double) -> Response {
    guard isBinary, y > 0, y < 1 else { return wholeResponse(eta, y) }
    var response = wholeResponse(eta, 1)
    let other = wholeResponse(eta, 0)
    response.score = y * response.score + (1 - y) * other.score
    response.information = y * response.information + (1 - y) * other.information
    response.deviance =
      y * response.deviance + (1 - y) * other.deviance + 2 * (y * log(y) + (1 - y) * log1p(-y))
    return response
  }

  /// The same of an outcome that is 0 or 1, or not that of a chance.
  @inline(__always)
  func wholeResponse(_ eta: Double, _ y: Double) -> Response {
    switch self {
    case .linear:
      return Response(score: y - eta, information: 1, deviance: (y - eta) * (y - eta))
    case .logistic:
      let e = exp(-abs(eta))
      let large = 1 / (1 + e)
      let small = e * large
      // −ln of the chance of what happened; what is left to 1 has all its digits, however near.
      let wrong = (eta < 0) == (y == 1)
      let left = wrong ? large : small
      return Response(
        score: y == 1 ? left : -left, information: small * large,
        deviance: 2 * (log(1 + e) + (wrong ? abs(eta) : 0)))
    case .probit:
      let towards = y == 1 ? eta : -eta
      let mills = Link.inverseMills(towards)
      // ln Φ(t) = ln φ(t) − ln (φ(t) ∕ Φ(t)), which does not underflow.
      let chance =
        towards < -30
        ? -towards * towards / 2 - 0.918_938_533_204_672_8 - log(mills)
        : log1p(-Link.probit.mean(-towards))
      return Response(
        score: y == 1 ? mills : -mills, information: mills * Link.inverseMills(-towards),
        deviance: -2 * chance)
    case .cloglog:
      let hazard = exp(min(max(eta, -300), 300))
      let odds = expm1(hazard)
      return Response(
        score: y == 1 ? hazard / odds : -hazard, information: hazard * (hazard / odds),
        deviance: y == 1 ? -2 * log(-expm1(-hazard)) : 2 * hazard)
    case .poisson:
      let mean = exp(eta)
      let known = y > 0 ? y * (log(y) - eta) : 0
      return Response(score: y - mean, information: mean, deviance: 2 * (known - (y - mean)))
    case .gamma:
      let ratio = y * exp(-eta)
      return Response(score: ratio - 1, information: 1, deviance: 2 * (ratio - 1 - log(ratio)))
    }
  }

  /// A linear predictor to start from, near what the outcome alone says.
  func start(_ y: Double) -> Double {
    switch self {
    case .logistic, .probit, .cloglog, .linear: 0
    case .poisson: log(y + 0.1)
    case .gamma: log(y)
    }
  }

  /// The variance of an outcome at its mean, but for the dispersion.
  func variance(_ mean: Double) -> Double {
    switch self {
    case .logistic, .probit, .cloglog: mean * (1 - mean)
    case .linear: 1
    case .poisson: mean
    case .gamma: mean * mean
    }
  }
}
