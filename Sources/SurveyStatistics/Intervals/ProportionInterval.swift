internal import Glibc
internal import SurveyNumerics

/// How the interval of a proportion is made.
public enum ProportionIntervalMethod: String, CaseIterable, Sendable {
  /// t on the logit scale; the default.
  case logit
  /// `p ± t·se`.
  case wald
  /// Wilson's score interval on the effective sample size.
  case wilson
  /// Korn and Graubard's: exact limits on the effective sample size, adjusted for the design's
  /// degrees of freedom.
  case beta
  /// t on the arcsine square-root scale.
  case asin
  /// t on the logit scale by the delta method; the same as `logit` without replicate weights.
  case xlogit
  /// The profile of the weighted likelihood, cut where the design says.
  case likelihood
}

/// A proportion with what its interval needs.
public struct Proportion: Sendable {
  /// The proportion, 0…1.
  public let value: Double
  /// Its design-based standard error; NaN where the sample says nothing of it.
  public let standardError: Double
  /// The respondents in its base.
  public let base: Int
  /// The effective size of the base by the weights alone (Kish), `(Σw)² ∕ Σw²`; NaN where nobody knows
  /// the squares.
  public let kishSize: Double
  /// The design's degrees of freedom in the base.
  public let degreesOfFreedom: Double
  /// Whether it is that of the population itself, all of which was drawn, so that an error of zero
  /// is knowledge.
  public let isKnown: Bool
  /// The standard error of its log odds by replicate weights; nil takes that of the delta method.
  let logitError: Double?

  /// Makes a proportion.
  ///
  /// - Parameters:
  ///   - value: The proportion, 0…1.
  ///   - standardError: Its standard error; NaN where the sample says nothing of it.
  ///   - base: The respondents in its base.
  ///   - kishSize: `(Σw)² ∕ Σw²` of the base; NaN where nobody knows the squares.
  ///   - degreesOfFreedom: The design's degrees of freedom in the base.
  ///   - isKnown: Whether all of the population was drawn.
  public init(
    _ value: Double, standardError: Double, base: Int, kishSize: Double, degreesOfFreedom: Double,
    isKnown: Bool = false
  ) {
    self.init(
      value, standardError: standardError, base: base, kishSize: kishSize,
      degreesOfFreedom: degreesOfFreedom, isKnown: isKnown, logitError: nil)
  }

  /// Makes a proportion the error of whose log odds is known too.
  package init(
    _ value: Double, standardError: Double, base: Int, kishSize: Double, degreesOfFreedom: Double,
    isKnown: Bool, logitError: Double?
  ) {
    self.logitError = logitError
    self.isKnown = isKnown
    self.value = value
    self.standardError = standardError
    self.base = base
    self.kishSize = kishSize
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// Whether nothing is known of the standard error: nobody or everybody gave the answer, or all
  /// sampling units agree.
  public var isExtreme: Bool { !isKnown && (value <= 0 || value >= 1 || !(standardError > 0)) }

  /// Whether nobody knows anything of errors: neither the standard error nor the squares of the weights.
  var isWithoutErrors: Bool { isExtreme && kishSize.isNaN }

  /// Whether the interval is the exact one.
  var isExact: Bool { isExtreme && !kishSize.isNaN }

  /// The size of a simple random sample with the same standard error, `p(1 − p) ∕ V`, in people;
  /// Kish's where nothing is known of `V`.
  public var effectiveSize: Double {
    isExtreme ? kishSize : value * (1 - value) / (standardError * standardError)
  }

  /// The confidence interval.
  ///
  /// A proportion of exactly 0 or 1 gets the exact (Clopper–Pearson) interval on the Kish size,
  /// whatever the method, since no other has an answer there. Where all of the population was drawn
  /// the interval has no width.
  ///
  /// With `t` of the degrees of freedom and `n* = p(1 − p) ∕ V`: `wald` is `p ± t·se`; `logit` and
  /// `xlogit` are `logit p ± t·se ∕ (p(1 − p))`, carried back, `logit` with replicate weights by the
  /// error that these give the log odds themselves; `asin` is `asin √p ± t·se ∕ (2 √(p(1
  /// − p)))`; `wilson` is the score interval of `n*` people; `beta` the exact one of `n* (t_{n−1} ∕
  /// t)²`; `likelihood` ends where the binomial deviance of weights with mean 1 has risen by `t² n
  /// V ∕ (p(1 − p))`.
  ///
  /// Of few units t is wide, and an error of few is itself uncertain.
  ///
  /// - Parameters:
  ///   - method: How it is made.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Ends between 0 and 1 (`wald` may leave them); NaN without degrees of freedom, and where
  ///   neither a standard error nor Kish's size is known.
  /// - Complexity: O(1); `beta` and `likelihood` iterate.
  /// - Note: Agrees with `svyciprop(…, df = degf(design))` of R's survey 4.5, `wald` with
  ///   `method = "mean"`.
  /// - SeeAlso: Korn and Graubard (1998), Survey Methodology 24; Wilson (1927); Rao and Scott
  ///   (1984).
  public func interval(_ method: ProportionIntervalMethod, level: Double) -> ConfidenceInterval {
    let p = value
    guard degreesOfFreedom > 0, base > 0, !value.isNaN, !isWithoutErrors else { return .none }
    guard !isKnown else { return ConfidenceInterval(low: p, high: p) }
    guard !isExtreme else { return exact(size: kishSize, level: level) }
    let t = tQuantile(level: level, degreesOfFreedom: degreesOfFreedom)
    switch method {
    case .wald:
      return .wald(p, standardError, degreesOfFreedom: degreesOfFreedom, level: level)
    case .logit, .xlogit:
      let center = log(p / (1 - p))
      let own = method == .logit ? logitError.flatMap { $0.isNaN ? nil : $0 } : nil
      let half = own.map { t * $0 } ?? t * standardError / (p * (1 - p))
      return ConfidenceInterval(
        low: 1 / (1 + exp(-(center - half))), high: 1 / (1 + exp(-(center + half))))
    case .asin:
      let center = Glibc.asin(p.squareRoot())
      let half = t * standardError / (2 * (p * (1 - p)).squareRoot())
      let (low, high) = (max(0, center - half), min(.pi / 2, center + half))
      return ConfidenceInterval(low: sin(low) * sin(low), high: sin(high) * sin(high))
    case .wilson:
      let size = effectiveSize
      let center = (p + t * t / (2 * size)) / (1 + t * t / size)
      let half =
        t / (2 * size) * (4 * size * p * (1 - p) + t * t).squareRoot() / (1 + t * t / size)
      return ConfidenceInterval(low: center - half, high: center + half)
    case .beta:
      return exact(size: adjustedSize(level: level), level: level)
    case .likelihood:
      return likelihood(t)
    }
  }

  /// The effective size adjusted for degrees of freedom, `n_eff (t_{n−1} ∕ t_df)²`.
  package func adjustedSize(level: Double) -> Double {
    let ratio =
      tQuantile(level: level, degreesOfFreedom: Double(base - 1))
      / tQuantile(level: level, degreesOfFreedom: degreesOfFreedom)
    return effectiveSize * ratio * ratio
  }

  /// Clopper–Pearson limits for a sample of a size that need not be whole.
  package func exact(size: Double, level: Double) -> ConfidenceInterval {
    let tail = (1 - level) / 2
    let hits = size * value
    return ConfidenceInterval(
      low: Distribution.beta(hits, size - hits + 1).quantile(tail),
      high: Distribution.beta(hits + 1, size - hits).quantile(1 - tail))
  }

  /// Where the deviance of the binomial with weights scaled to mean 1 has risen by `t²·λ`, with λ
  /// the design's variance over the binomial's.
  private func likelihood(_ t: Double) -> ConfidenceInterval {
    let p = value
    let n = Double(base)
    let cut = t * t * n * standardError * standardError / (p * (1 - p))
    func excess(_ q: Double, _ rest: Double) -> Double {
      2 * n * (p * log(p / q) + (1 - p) * log((1 - p) / rest)) - cut
    }
    let low = try? root(of: { excess($0, 1 - $0) }, in: 1e-300...p)
    let high = try? root(of: { excess(1 - $0, $0) }, in: 1e-300...(1 - p))
    return ConfidenceInterval(low: low ?? 0, high: high.map { 1 - $0 } ?? 1)
  }
}
