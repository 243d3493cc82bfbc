internal import Glibc

/// On which scale the coefficients of different studies are pooled.
///
/// Log odds ratios of models with different covariates have scales of their own; a partial
/// correlation has none.
public enum EffectSize: String, CaseIterable, Sendable {
  /// As they are.
  case estimate
  /// `r = t ∕ √(t² + df)`, with variance `(1 − r²)² ∕ df`.
  case partialCorrelation = "partial-r"
  /// `artanh r`, with variance `1 ∕ (df − 1)`.
  case fisherZ = "fisher-z"

  /// The effect of a coefficient: itself, `r = t ∕ √(t² + df)` or `artanh r`, with `t` its test.
  ///
  /// Its error is that of independent errors; a design is in it only through t and df.
  ///
  /// - Parameters:
  ///   - coefficient: The coefficient.
  ///   - standardError: Its standard error, above 0.
  ///   - degreesOfFreedom: The residual degrees of freedom of its test, above 1.
  /// - Returns: The effect with its standard error: a correlation lies in −1…1, Fisher's z is
  ///   without bounds, `estimate` keeps its unit.
  /// - Complexity: O(1).
  /// - Note: Agrees with `escalc(measure = "PCOR")` of R's metafor 3.8, whose `ZPCOR` has `1 ∕ df`
  ///   where Fisher's variance is `1 ∕ (n − p − 3)` with p variables partialled out, `1 ∕ (df −
  ///   1)`.
  /// - SeeAlso: Aloe and Thompson (2013), Journal of the Society for Social Work and Research 4;
  ///   Fisher (1921), Metron 1.
  public func effect(
    of coefficient: Double, standardError: Double, degreesOfFreedom df: Double
  ) -> (estimate: Double, standardError: Double) {
    let t = coefficient / standardError
    let r = t / (t * t + df).squareRoot()
    switch self {
    case .estimate: return (coefficient, standardError)
    case .partialCorrelation: return (r, (1 - r * r) / df.squareRoot())
    case .fisherZ: return (atanh(r), 1 / (df - 1).squareRoot())
    }
  }
}
