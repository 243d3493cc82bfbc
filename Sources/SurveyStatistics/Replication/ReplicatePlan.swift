/// Which replicate weights are to be made.
public struct ReplicatePlan: Hashable, Sendable {
  /// How they are made.
  public enum Kind: String, CaseIterable, Sendable {
    /// A unit of the whole sample is left out at a time.
    case jk1
    /// A unit of a stratum is left out at a time.
    case jkn
    /// Half of every stratum of two units.
    case brr
    /// The same by Fay, with `2 − ρ` and `ρ` instead of 2 and 0.
    case fay
    /// Rao, Wu and Yue's bootstrap; Canty and Davison's where population sizes are known.
    case bootstrap
    /// Canty and Davison's bootstrap.
    case cantyDavison = "canty-davison"
    /// Successive differences, in the order of the file within strata.
    case sdr
  }

  /// How they are made.
  public var kind: Kind
  /// How many are wanted, or the fewest of balanced ones; nil means 200 for bootstraps, 80 for successive
  /// differences, and as few as balance needs.
  public var count: Int?
  /// Fay's ρ, from 0 to below 1.
  public var fayRho: Double?
  /// The seed of what is random.
  public var seed: UInt64

  /// Makes a plan.
  public init(_ kind: Kind, count: Int? = nil, fayRho: Double? = nil, seed: UInt64 = 1) {
    self.kind = kind
    self.count = count
    self.fayRho = fayRho
    self.seed = seed
  }

  /// Whether chance has a part in them.
  package var isRandom: Bool { kind == .bootstrap || kind == .cantyDavison }
}
