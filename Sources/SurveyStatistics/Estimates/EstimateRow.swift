public import SurveyData

/// One estimate of a table with everything that is said of it.
public struct EstimateRow: Hashable, Sendable {
  /// The variable, or `A/B` for a ratio.
  public let variable: String
  /// The answer whose share it is; nil for a mean or a total.
  public let category: Category?
  /// What is estimated: `share`, `mean`, `total`, `ratio`, `sd`, `q0.5`, ….
  public let statistic: String
  /// The categories of the group variables, in their order.
  public let groups: [Category]
  /// The respondents: those who gave the answer for a share, those who answered otherwise.
  public let count: Int
  /// The sum of their weights, in people of the population where weights count up to it.
  public let weightedCount: Double
  /// The respondents in the base.
  public let base: Int
  /// The estimate: a share as 0…1, otherwise in the variable's unit.
  public let estimate: Double
  /// Its standard error, in the same unit; NaN where the sample says nothing of it, 0 where all of
  /// the population was drawn.
  public let standardError: Double
  /// Its confidence interval, in the same unit; NaN ends where there is none.
  public let interval: ConfidenceInterval
  /// The degrees of freedom of its base: units − strata among those in it.
  public let degreesOfFreedom: Double
  /// The variance over that of a simple random sample of the same size, above 0; NaN where that has
  /// none, and of quantiles, ratios and standard deviations.
  public let designEffect: Double
  /// What is to be said of its reliability.
  public let flags: [ReliabilityFlag]
  /// Whether the interval is the exact one because the share is 0 or 1.
  public let isExact: Bool
  /// How much missing answers cost; nil unless imputed data sets were combined.
  public internal(set) var missingInformation: MissingInformation?

  /// The standard error over the estimate, 0.1 for 10 %; of either sign, NaN where one is unknown.
  public var coefficientOfVariation: Double { standardError / estimate }

  /// The size of a simple random sample that would be as precise, `base ∕ designEffect` people; NaN
  /// without a design effect.
  public var effectiveSize: Double { Double(base) / designEffect }
}

extension EstimateRow {
  /// A row of a group or an answer that nobody in the base belongs to: it has no estimate.
  init(
    emptyOf variable: String, category: Category? = nil, statistic: String, groups: [Category]
  ) {
    self.init(
      variable: variable, category: category, statistic: statistic, groups: groups, count: 0,
      weightedCount: 0, base: 0, estimate: .nan, standardError: .nan,
      interval: ConfidenceInterval(low: .nan, high: .nan), degreesOfFreedom: .nan,
      designEffect: .nan, flags: [], isExact: false)
  }
}

/// What the variance of a design effect is divided by.
public enum DesignEffectMethod: String, CaseIterable, Sendable {
  /// That of a simple random sample without replacement, of a population as large as the weights add
  /// up to.
  case srs
  /// That of a simple random sample with replacement.
  case replace
}

/// How intervals and flags are made.
public struct EstimationOptions: Hashable, Sendable {
  /// The confidence level, between 0 and 1.
  public var level = 0.95
  /// How the interval of a proportion is made; nil means logit for shares and `p ± t·se` inside
  /// the intervals of quantiles.
  public var interval: ProportionIntervalMethod?
  /// The reliability rule.
  public var reliability = ReliabilityRule.nchs
  /// What a design effect compares with; nil means sampling without replacement when the design has
  /// population sizes, otherwise with.
  public var designEffect: DesignEffectMethod?
  /// The rule of quantiles.
  public var quantileRule = QuantileRule.math

  /// The defaults: level 0.95, logit intervals of shares, the NCHS rule, quantile rule `math`.
  public init() {}
}
