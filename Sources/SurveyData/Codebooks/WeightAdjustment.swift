/// One step by which a weight came about from another.
///
/// The steps of a weight stand in the order in which they were taken. Those that
/// ``Step/countsInVariance`` make the variance smaller or larger than that of a weight which simply is
/// there; the rest is told so that the weighting can be repeated.
public struct WeightAdjustment: Hashable, Sendable {
  /// What a step does.
  public enum Step: String, CaseIterable, Sendable {
    /// Cells of crossed variables add up to known totals.
    case poststratify
    /// Margins add up to known totals, one after the other until they settle.
    case rake
    /// The columns of a formula add up to known totals.
    case calibrate
    /// Respondents carry, class by class, those who did not answer.
    case nonresponse
    /// Weights far from the median are cut, and what is cut is given to the others.
    case trim
    /// All weights are multiplied by one number.
    case normalize
    /// Something else, told in the reason.
    case other

    /// Whether the variance of what is estimated with the weight depends on this step.
    public var countsInVariance: Bool {
      switch self {
      case .poststratify, .rake, .calibrate, .nonresponse: true
      case .trim, .normalize, .other: false
      }
    }
  }

  /// How far from 1, and in which way, calibration may move a weight.
  public enum Method: String, CaseIterable, Sendable {
    /// Factors `1 + xᵀλ`, which may be negative.
    case linear
    /// Factors `exp(xᵀλ)`, always positive.
    case raking
    /// Factors between two bounds, by the logistic function of Deville and Särndal.
    case logit
  }

  /// What the step does.
  public var step: Step
  /// The column of the weight before this step; empty where nothing depends on it and none is kept.
  public var before: String
  /// The variables of crossed cells (``Step/poststratify``, ``Step/nonresponse``) or of margins
  /// (``Step/rake``).
  public var variables: [String]
  /// ``Step/calibrate``: the formula as typed, such as `sex * region + income`.
  public var formula: String?
  /// ``Step/calibrate``: the distance; nil means linear.
  public var method: Method?
  /// ``Step/calibrate``: the bounds of the factors; ``Step/trim``: of weights, in medians.
  public var bounds: ClosedRange<Double>?
  /// ``Step/nonresponse``: who answered, a variable of 0 and 1 or a condition.
  public var responded: String?
  /// Where the totals are from: a file of them, or of the survey that they were estimated from.
  public var totals: String?
  /// The covariance of totals that were estimated, in the order of the cells, margins or columns of the
  /// formula; nil when the totals are known.
  public var totalsCovariance: [[Double]]?
  /// ``Step/normalize``: what the weights add up to, `n`, `N` or a number.
  public var target: String?
  /// Why the step was taken.
  public var reason: LocalizedText

  /// Makes a step.
  public init(
    _ step: Step, of before: String = "", by variables: [String] = [], formula: String? = nil,
    method: Method? = nil, bounds: ClosedRange<Double>? = nil, responded: String? = nil,
    totals: String? = nil, totalsCovariance: [[Double]]? = nil, target: String? = nil,
    reason: LocalizedText = .none
  ) {
    self.step = step
    self.before = before
    self.variables = variables
    self.formula = formula
    self.method = method
    self.bounds = bounds
    self.responded = responded
    self.totals = totals
    self.totalsCovariance = totalsCovariance
    self.target = target
    self.reason = reason
  }

  /// Whether the step may leave weights below zero: calibration by a linear function that no bound holds.
  package var allowsNegative: Bool {
    step == .calibrate && method ?? .linear == .linear
      && bounds?.lowerBound ?? -.infinity < 0
  }
}

extension [WeightAdjustment] {
  /// What to do about a weight below zero that these steps made; nil where none of them makes such.
  package var adviceOnNegativeWeights: String? {
    guard contains(where: \.allowsNegative) else { return nil }
    return "It was calibrated linearly, which may leave weights below zero: make it anew with "
      + "vekt weight --calibrate … --bounds 0,inf, or with --method raking."
  }
}
