internal import SurveyData
internal import SurveyNumerics

/// What a sample of some size will know, and how large it must be to know something.
///
/// With `f = deff · (1 − n∕N) ∕ n` (a mean) or `deff · (N − n) ∕ ((N − 1) n)` (shares) the variance is `f
/// s²`, `f p q`, `f₁ p₁q₁ + f₂ p₂q₂`, or for the gap of two items of the same people `f (ψ − Δ²)` with
/// `ψ = p₁₀ + p₀₁ = p_a q_a + p_b q_b − 2 r √(p_a q_a p_b q_b) + Δ²`. Without a difference it is `p̄ q̄
/// (f₁ + f₂)` or `f ψ`, and the power `Φ((|Δ| − z √V₀) ∕ √V)`. All is normal theory: below some thirty
/// people, or with few of an answer, it promises too much.
///
///     let plan = try SamplePlan(.proportion(0.5))
///     let size = try plan.size(margin: 0.03)                 // 1067.07
///
/// - Note: Agrees with R's `power.prop.test` for a difference of groups of the same size; for one
///   share without a population with Cochran's formula.
/// - SeeAlso: Cochran (1977), Sampling Techniques, chapter 4; Fleiss, Levin and Paik (2003), Statistical
///   Methods for Rates and Proportions, chapter 4; Connor (1987), Biometrics 43; Kish (1965), Survey
///   Sampling, section 8.2.
public struct SamplePlan: Hashable, Sendable {
  /// What is to be estimated.
  public enum Estimand: Hashable, Sendable {
    /// A share, 0…1.
    case proportion(Double)
    /// A mean of numbers with this standard deviation.
    case mean(standardDeviation: Double)
    /// The difference of the shares of two groups of people.
    case difference(Double, Double)
    /// The difference of two shares of the same people, whose answers correlate.
    case gap(Double, Double, correlation: Double)
  }

  /// What is to be estimated.
  public let estimand: Estimand
  /// The confidence level, between 0 and 1; tests are two-sided at one less it.
  public var level = 0.95
  /// By what the design multiplies variances.
  public var designEffect = 1.0
  /// The people of the second group for one of the first; of a difference.
  public var ratio = 1.0
  /// The people that there are, in each group of a difference; nil: very many.
  public var population: Double?

  /// Plans for an estimand.
  ///
  /// - Throws: ``SurveyError`` of kind usage for shares outside 0…1, and for a correlation that two shares
  ///   cannot have.
  public init(_ estimand: Estimand) throws {
    func check(_ share: Double) throws {
      guard share > 0, share < 1 else {
        throw SurveyError(
          .usage, "a share is \(canonicalCode(share)); it is between 0 and 1, such as 0.3")
      }
    }
    switch estimand {
    case .proportion(let share): try check(share)
    case .mean(let deviation):
      guard deviation > 0, deviation.isFinite else {
        throw SurveyError(
          .usage, "the standard deviation is \(canonicalCode(deviation)); it is a number above 0")
      }
    case .difference(let a, let b):
      try check(a)
      try check(b)
    case .gap(let a, let b, let correlation):
      try check(a)
      try check(b)
      let (low, high) = Self.correlations(a, b)
      guard correlation >= low - 1e-12, correlation <= high + 1e-12 else {
        func text(_ number: Double) -> String { canonicalCode((number * 1000).rounded() / 1000) }
        throw SurveyError(
          .usage,
          "shares of \(canonicalCode(a)) and \(canonicalCode(b)) cannot correlate "
            + "\(canonicalCode(correlation))",
          remedy: "It lies between \(text(low)) and \(text(high)).")
      }
    }
    self.estimand = estimand
  }

  /// The least and the largest correlation of two yes-or-no answers with these shares.
  static func correlations(_ a: Double, _ b: Double) -> (low: Double, high: Double) {
    let scale = (a * (1 - a) * b * (1 - b)).squareRoot()
    return ((max(0, a + b - 1) - a * b) / scale, (min(a, b) - a * b) / scale)
  }

  /// The difference that is tested; nil for one number.
  public var difference: Double? {
    switch estimand {
    case .proportion, .mean: nil
    case .difference(let a, let b), .gap(let a, let b, _): a - b
    }
  }

  /// The people asked altogether, with `size` in the (first) group.
  public func people(_ size: Double) -> Double {
    if case .difference = estimand { size + ratio * size } else { size }
  }

  /// The variances with `size` people in the (first) group: as things are, and without a difference.
  private func variances(_ size: Double) -> (real: Double, null: Double) {
    func factor(_ n: Double, isMean: Bool = false) -> Double {
      guard let population else { return designEffect / n }
      let left = isMean ? (population - n) / population : (population - n) / (population - 1)
      return designEffect * max(left, 0) / n
    }
    let f = factor(size)
    switch estimand {
    case .proportion(let p): return (f * p * (1 - p), f * p * (1 - p))
    case .mean(let deviation):
      let variance = factor(size, isMean: true) * deviation * deviation
      return (variance, variance)
    case .difference(let a, let b):
      let g = factor(ratio * size)
      let mean = (a + ratio * b) / (1 + ratio)
      return (f * a * (1 - a) + g * b * (1 - b), (f + g) * mean * (1 - mean))
    case .gap(let a, let b, let correlation):
      let (x, y) = (a * (1 - a), b * (1 - b))
      let spread = max(x + y - 2 * correlation * (x * y).squareRoot(), 0)
      return (f * spread, f * (spread + (a - b) * (a - b)))
    }
  }

  private var z: Double { Distribution.normal.quantile((1 + level) / 2) }

  /// Half the width of the interval with `size` people in the (first) group.
  public func margin(_ size: Double) -> Double { z * variances(size).real.squareRoot() }

  /// The chance that a test of no difference rejects with `size` people in the (first) group; NaN for one
  /// number.
  public func power(_ size: Double) -> Double {
    guard let difference else { return .nan }
    let (real, null) = variances(size)
    let distance = abs(difference) - z * null.squareRoot()
    guard real > 0 else { return distance > 0 ? 1 : 0 }
    return Distribution.normal.lowerTail(distance / real.squareRoot())
  }

  /// The people needed in the (first) group for half an interval of `margin`; no whole number.
  ///
  /// - Throws: ``SurveyError`` for a margin that is not above 0.
  public func size(margin: Double) throws -> Double {
    guard margin > 0, margin.isFinite else {
      throw SurveyError(
        .usage, "the margin is \(canonicalCode(margin)); it is a number above 0, such as 0.03")
    }
    return try smallest { self.margin($0) <= margin }
  }

  /// The people needed in the (first) group to reject no difference with a chance of `power`; no whole
  /// number.
  ///
  /// - Throws: ``SurveyError`` for a power outside 0…1, one number, and no difference.
  public func size(power: Double) throws -> Double {
    guard power > 0, power < 1 else {
      throw SurveyError(
        .usage, "the power is \(canonicalCode(power)); it is between 0 and 1, such as 0.8")
    }
    guard let difference else {
      throw SurveyError(
        .usage, "one number has a margin, and no power", remedy: "Write --margin.")
    }
    guard difference != 0 else {
      throw SurveyError(
        .usage, "there is no difference that could be found: both shares are the same")
    }
    return try smallest { self.power($0) >= power }
  }

  /// The smallest size that is enough; larger ones are, too.
  private func smallest(_ isEnough: (Double) -> Bool) throws -> Double {
    let most = population.map { $0 / max(1, ratio) } ?? 1e15
    var (low, high) = (1e-9, 1.0)
    while !isEnough(high) {
      guard high < most else {
        throw SurveyError(.noAnswer, "no sample is large enough for it")
      }
      (low, high) = (high, min(high * 2, most))
    }
    while high - low > 1e-12 * high {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
