/// Whether the covariates of the respondents count as given or as a sample.
public enum Covariates: String, CaseIterable, Sendable {
  /// As given: the error comes from the coefficients alone (Stata's default).
  case fixed
  /// As sampled: the variance of the averages over respondents is added, `J V(β) Jᵀ + V(F̄)`, which
  /// takes both for uncorrelated, as they are when the model holds (`svypredmeans` of R's survey).
  case sampled
  /// As sampled, with the covariance between coefficients and averages (`vce(unconditional)` of
  /// Stata).
  case joint
}

/// Which categories of a factor are compared.
public enum EffectContrasts: String, CaseIterable, Sendable {
  /// Each with the reference.
  case reference
  /// Each with the one before.
  case sequential
  /// Each with every one before.
  case pairwise
}

/// How margins and predictions are made.
public struct MarginOptions: Hashable, Sendable {
  /// The confidence level, between 0 and 1.
  public var level = 0.95
  /// Whether covariates count as given.
  public var covariates = Covariates.fixed
  /// Which categories of a factor are compared.
  public var contrasts = EffectContrasts.reference

  /// The defaults: level 0.95, covariates as given, each category with the reference.
  public init() {}

  /// The defaults with another level.
  ///
  /// - Parameter level: The confidence level, between 0 and 1.
  public init(level: Double) { self.level = level }
}
