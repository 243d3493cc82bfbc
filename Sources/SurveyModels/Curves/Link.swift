internal import Glibc
internal import SurveyNumerics

/// How the mean `μ` of an outcome follows from the linear predictor `η = xβ + offset`.
public enum Link: String, CaseIterable, Sendable {
  /// `μ = η`.
  case identity
  /// `μ = eᵑ`.
  case log
  /// `μ = 1 ∕ (1 + e⁻ᵑ)`.
  case logit
  /// `μ = Φ(η)`, the normal distribution.
  case probit
  /// `μ = 1 − exp(−eᵑ)`.
  case cloglog

  /// The mean at a linear predictor.
  ///
  /// The inverse link, `μ(η)` as each case says.
  ///
  /// - Parameter eta: The linear predictor.
  /// - Returns: The mean: 0…1 for `logit`, `probit` and `cloglog`, above 0 for `log`.
  /// - SeeAlso: McCullagh and Nelder (1989), Generalized Linear Models, chapter 2.
  public func mean(_ eta: Double) -> Double {
    switch self {
    case .identity: eta
    case .log: exp(eta)
    case .logit: 1 / (1 + exp(-eta))
    case .probit: erfc(-eta / 2.0.squareRoot()) / 2
    case .cloglog: -expm1(-exp(eta))
    }
  }

  /// `dμ ∕ dη`, how fast the mean rises there.
  ///
  /// - Parameter eta: The linear predictor.
  /// - Returns: At least 0: for `logit` `μ(1 − μ)`, at most ¼.
  /// - Note: Agrees with differences of `mean(_:)` to 1e-7.
  /// - SeeAlso: McCullagh and Nelder (1989), Generalized Linear Models, chapter 2.
  public func slope(_ eta: Double) -> Double {
    switch self {
    case .identity: 1
    case .log: exp(eta)
    case .logit: Self.logistic(eta).slope
    case .probit: Self.normalDensity(eta)
    case .cloglog: exp(eta - exp(eta))
    }
  }

  /// `d²μ ∕ dη²`, how fast the slope rises there.
  ///
  /// - Parameter eta: The linear predictor.
  /// - Returns: Of either sign: for `logit` `μ(1 − μ)(1 − 2μ)`; 0 for `identity`.
  /// - Note: Agrees with differences of `slope(_:)`.
  /// - SeeAlso: McCullagh and Nelder (1989), Generalized Linear Models, chapter 2.
  public func curvature(_ eta: Double) -> Double {
    switch self {
    case .identity: 0
    case .log: exp(eta)
    case .logit: Self.logistic(eta).slope * (1 - 2 * mean(eta))
    case .probit: -eta * Self.normalDensity(eta)
    case .cloglog: exp(eta - exp(eta)) * (1 - exp(eta))
    }
  }

  /// The linear predictor at a mean.
  ///
  /// The link itself, `η(μ)`.
  ///
  /// - Parameter mean: The mean, between 0 and 1 for a chance, above 0 for `log`.
  /// - Returns: The linear predictor; infinite at the ends of what a mean can be, NaN beyond them.
  /// - SeeAlso: McCullagh and Nelder (1989), Generalized Linear Models, chapter 2.
  public func predictor(_ mean: Double) -> Double {
    switch self {
    case .identity: mean
    case .log: Glibc.log(mean)
    case .logit: Glibc.log(mean) - log1p(-mean)
    case .probit: Distribution.normal.quantile(mean)
    case .cloglog: Glibc.log(-log1p(-mean))
    }
  }

  /// The logistic mean and its slope, each to full precision at both ends; `small` is the lesser of
  /// `μ` and `1 − μ`, `e` is `exp(−|η|)`.
  @inline(__always)
  static func logistic(_ eta: Double) -> (mean: Double, slope: Double, e: Double) {
    let e = exp(-abs(eta))
    let large = 1 / (1 + e)
    let small = e * large
    return (eta < 0 ? small : large, small * large, e)
  }

  static func normalDensity(_ eta: Double) -> Double {
    exp(-eta * eta / 2) * 0.398_942_280_401_432_7
  }

  /// `φ(η) ∕ Φ(η)`, by its continued fraction where `Φ` is too small to divide by.
  static func inverseMills(_ eta: Double) -> Double {
    guard eta < -30 else { return normalDensity(eta) / Link.probit.mean(eta) }
    let t = -eta
    return t + 1 / (t + 2 / (t + 3 / (t + 4 / (t + 5 / t))))
  }
}
