internal import CGSL
internal import Glibc

/// A continuous probability distribution: chances below and above a value, and the value below
/// which a chance lies.
public enum Distribution: Hashable, Sendable {
  /// The standard normal.
  case normal
  /// Student's t; infinite degrees of freedom mean the normal.
  case t(degreesOfFreedom: Double)
  /// χ².
  case chiSquared(degreesOfFreedom: Double)
  /// F; infinite denominator degrees of freedom mean χ² ∕ numerator.
  case f(numerator: Double, denominator: Double)
  /// Beta on 0…1; parameters may be zero at one end, where it is a point mass.
  case beta(Double, Double)

  /// The chance of a value up to `x`.
  public func lowerTail(_ x: Double) -> Double { tail(x, upper: false) }

  /// The chance of a value above `x`, exact also where the lower tail is nearly 1.
  public func upperTail(_ x: Double) -> Double { tail(x, upper: true) }

  /// The value up to which a value lies with chance `p`.
  ///
  /// GSL's inverses fail for some parameters, and that of the beta distribution may not end; what
  /// they find is held against the tail, and where it does not fit the value is searched for.
  ///
  /// - Parameter p: A chance between 0 and 1.
  /// - Returns: The quantile, 0 or infinite where a double holds no value as near the end; NaN where
  ///   the parameters allow none (degrees of freedom ≤ 0) and for a `p` outside 0…1.
  public func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    GSL.ready
    switch self {
    case .normal: return gsl_cdf_ugaussian_Pinv(p)
    case .t(let df):
      guard df > 0 else { return .nan }
      guard df.isFinite else { return Self.normal.quantile(p) }
      if p == 0.5 { return 0 }
      let start = gsl_cdf_tdist_Pinv(p, df)
      return found(from: start, p) { gsl_ran_tdist_pdf($0, df) }
        ?? (p < 0.5 ? -1 : 1) * searched(max(p, 1 - p), tail: min(p, 1 - p))
    case .chiSquared(let df):
      guard df > 0 else { return .nan }
      let density = { gsl_ran_chisq_pdf($0, df) }
      return found(from: gsl_cdf_chisq_Pinv(p, df), p, density) ?? searched(p, tail: 1 - p)
    case .f(let numerator, let denominator):
      guard numerator > 0, denominator > 0 else { return .nan }
      guard denominator.isFinite else {
        return Self.chiSquared(degreesOfFreedom: numerator).quantile(p) / numerator
      }
      let start = gsl_cdf_fdist_Pinv(p, numerator, denominator)
      return found(from: start, p) { gsl_ran_fdist_pdf($0, numerator, denominator) }
        ?? searched(p, tail: 1 - p)
    case .beta(let a, let b):
      guard !a.isNaN, !b.isNaN else { return .nan }
      if a <= 0 { return 0 }
      if b <= 0 { return 1 }
      return searched(p, tail: 1 - p)
    }
  }

  private func tail(_ x: Double, upper: Bool) -> Double {
    GSL.ready
    guard !x.isNaN else { return .nan }
    switch self {
    case .normal: return upper ? gsl_cdf_ugaussian_Q(x) : gsl_cdf_ugaussian_P(x)
    case .t(let df):
      guard df > 0 else { return .nan }
      guard df.isFinite else { return Self.normal.tail(x, upper: upper) }
      return upper ? gsl_cdf_tdist_Q(x, df) : gsl_cdf_tdist_P(x, df)
    case .chiSquared(let df):
      guard df > 0 else { return .nan }
      return upper ? gsl_cdf_chisq_Q(x, df) : gsl_cdf_chisq_P(x, df)
    case .f(let numerator, let denominator):
      guard numerator > 0, denominator > 0 else { return .nan }
      guard denominator.isFinite else {
        return Self.chiSquared(degreesOfFreedom: numerator).tail(x * numerator, upper: upper)
      }
      return upper
        ? gsl_cdf_fdist_Q(x, numerator, denominator) : gsl_cdf_fdist_P(x, numerator, denominator)
    case .beta(let a, let b):
      return upper ? gsl_cdf_beta_Q(x, a, b) : gsl_cdf_beta_P(x, a, b)
    }
  }

  /// GSL's inverses stop at about eight digits; Newton steps on its tails give the rest.
  ///
  /// - Returns: nil where the tail is another than `p` after that.
  private func found(
    from start: Double, _ p: Double, _ density: (Double) -> Double
  ) -> Double? {
    guard start.isFinite else { return p == 0 || p == 1 ? start : nil }
    func miss(_ x: Double) -> Double { p < 0.5 ? lowerTail(x) - p : (1 - p) - upperTail(x) }
    var x = start
    for _ in 0..<4 {
      let (miss, slope) = (miss(x), density(x))
      guard slope > 0, slope.isFinite, miss != 0 else { break }
      let next = x - miss / slope
      guard next.isFinite, abs(next - x) <= 0.1 * max(abs(x), 1e-300) else { break }
      x = next
    }
    return abs(miss(x)) <= 1e-10 * min(p, 1 - p) ? x : nil
  }

  /// The value above 0 with chance `p` below it, by halving the logarithm: tails are monotone, so
  /// that this ends, and ends right, whatever the parameters.
  private func searched(_ p: Double, tail q: Double) -> Double {
    func isBelow(_ x: Double) -> Bool { p < 0.5 ? lowerTail(x) < p : upperTail(x) > q }
    var low = log(Double.leastNonzeroMagnitude)
    var high = log(Double.greatestFiniteMagnitude)
    if case .beta = self { high = 0 }
    guard p > 0, isBelow(exp(low)) else { return 0 }
    guard q > 0, !isBelow(exp(high)) else { return high > 0 ? .infinity : 1 }
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return exp(middle) }
      if isBelow(exp(middle)) { low = middle } else { high = middle }
    }
  }
}
