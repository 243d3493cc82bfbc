/// One stratum of the design, as it was declared; subpopulations do not change it.
public struct Stratum: Hashable, Sendable {
  /// The stratum's code; empty when the design has no strata.
  public let code: String
  /// The number of sampling units drawn, `n_h`.
  public let unitCount: Int
  /// The share of the population's units that was drawn, `f_h`, 0…1; 0 when the population size is
  /// not known, so that sampling counts as with replacement.
  public let samplingFraction: Double

  /// Whether the stratum has one unit that does not stand for itself alone.
  public var isLonely: Bool { unitCount == 1 && samplingFraction < 1 }

  /// `(1 − f_h) n_h ∕ (n_h − 1)`, the factor of the sum of squares; 0 for a stratum of one unit.
  var varianceFactor: Double {
    unitCount > 1
      ? (1 - samplingFraction) * Double(unitCount) / Double(unitCount - 1) : 0
  }
}
