/// One stratum of the design, as it was declared; subpopulations do not change it.
///
/// At later stages it is a unit of the stage above, from which others were drawn.
public struct Stratum: Hashable, Sendable {
  /// The stratum's code; empty when the design has no strata.
  public let code: String
  /// The number of sampling units drawn, `n_h`.
  public let unitCount: Int
  /// The share of the population's units that was drawn, `f_h`, 0…1; 0 when the population size is
  /// not known, so that sampling counts as with replacement.
  ///
  /// Where every unit has a probability of its own it is their mean.
  public let samplingFraction: Double
  /// What its variance counts in that of the sample, 0…1: the product of the sampling fractions of the
  /// stages above, 1 at the first stage.
  public let share: Double

  /// Whether the stratum has one unit that does not stand for itself alone.
  public var isLonely: Bool { unitCount == 1 && remainder > 0 }

  /// What is left to chance, times its share.
  var remainder: Double { share * (1 - samplingFraction) }

  /// `(1 − f_h) n_h ∕ (n_h − 1)` times the share, the factor of the sum of squares; 0 for a stratum of
  /// one unit.
  var varianceFactor: Double {
    unitCount > 1
      ? share * ((1 - samplingFraction) * Double(unitCount) / Double(unitCount - 1)) : 0
  }

  /// `n_h ∕ (n_h − 1)` times the share, where every unit has a remainder of its own.
  var spreadFactor: Double {
    unitCount > 1 ? share * Double(unitCount) / Double(unitCount - 1) : 0
  }

  init(code: String, unitCount: Int, samplingFraction: Double, share: Double = 1) {
    self.code = code
    self.unitCount = unitCount
    self.samplingFraction = samplingFraction
    self.share = share
  }
}
