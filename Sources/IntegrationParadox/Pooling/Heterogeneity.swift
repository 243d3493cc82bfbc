public import SurveyStatistics

/// How much estimates differ beyond their errors.
public struct Heterogeneity: Hashable, Sendable {
  /// The variance between studies, at least 0, in the square of the unit; with estimates in studies
  /// the sum of both parts.
  public let tau2: Double
  /// Its interval by Q profile, from 0; without ends with a fixed effect or estimates in studies.
  public let tau2Interval: ConfidenceInterval
  /// The part between studies; nil unless estimates stand in studies.
  public let between: Double?
  /// The part between the estimates of a study; nil unless estimates stand in studies.
  public let within: Double?
  /// The share of all variance that is between studies, in per cent, 0…100.
  public let i2: Double
  /// The total variance over that of sampling, from 1; with a fixed effect `Q ∕ df`, from 0.
  public let h2: Double
  /// The weighted sum of squares about the fixed effect (or the meta-regression), at least 0,
  /// without a unit.
  public let q: Double
  /// Estimates − coefficients.
  public let degreesOfFreedom: Double
  /// The chance of so large a Q when nothing but sampling moves the estimates, 0…1.
  public let pValue: Double
  /// The share of τ² that the moderators take away, in per cent, 0…100; nil without moderators.
  public let r2: Double?
  /// The restricted log likelihood; nil unless estimates stand in studies.
  public let logLikelihood: Double?
}
