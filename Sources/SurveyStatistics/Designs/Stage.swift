/// One stage of sampling: its units, and what they were drawn from.
public struct Stage: Hashable, Sendable {
  /// The column of its units; nil in an element sample, and for replicates.
  public let name: String?
  /// How many codes its units have; fewer than there are units where codes are used again in several
  /// units of the stage above, or in several strata.
  public let codeCount: Int
  /// What its units were drawn from: the strata, or from the second stage on the units of the stage
  /// above, with their codes behind those of the strata.
  public let strata: [Stratum]
  /// The position in `strata` of every unit; units stand in the order of their strata.
  ///
  /// From the second stage on it is the unit of the stage above.
  public let stratumOfUnit: [Int32]
  /// One less its inclusion probability of every unit that was drawn with its own; empty where the units
  /// of a stratum have one sampling fraction.
  let remainders: [Double]

  init(
    name: String?, codeCount: Int, strata: [Stratum], stratumOfUnit: [Int32],
    remainders: [Double] = []
  ) {
    self.name = name
    self.codeCount = codeCount
    self.strata = strata
    self.stratumOfUnit = stratumOfUnit
    self.remainders = remainders
  }

  /// The number of units drawn.
  public var unitCount: Int { strata.reduce(0) { $0 + $1.unitCount } }
}
