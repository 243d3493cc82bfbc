/// How a variance is estimated.
public enum VarianceMethod: String, CaseIterable, Sendable {
  /// From what is estimated with every replicate weight.
  case replication
  /// From the influence of the respondents, summed over sampling units.
  case linearization
}

/// Replicate weights that go with the data.
public struct ReplicateDeclaration: Hashable, Sendable {
  /// How replicate weights were made, which says how their estimates make a variance.
  public enum Method: String, CaseIterable, Sendable {
    /// Balanced repeated replication: half of every stratum, its weights doubled.
    case brr
    /// Balanced replication by Fay: weights times `2 − ρ` and `ρ`.
    case fay
    /// A jackknife that leaves out one unit of the whole sample at a time.
    case jk1
    /// A jackknife that leaves out one unit of a stratum at a time.
    case jkn
    /// A jackknife of two units a stratum, of which one is left out.
    case jk2
    /// A bootstrap.
    case bootstrap
    /// Successive differences, as the American Community Survey.
    case sdr
    /// Another one, whose scale is stated.
    case other
  }

  /// The columns, as names and lists of them: `rw1-rw80`, `rw*`.
  public var weights: [String]
  /// How they were made.
  public var method: Method
  /// Fay's ρ, from 0 to below 1.
  public var fayRho: Double?
  /// What the sum of squares is multiplied by; nil means that of the method.
  public var scale: Double?
  /// What each replicate is multiplied by besides: one for all, or one each; empty means 1.
  public var replicateScales: [Double]
  /// Whether the columns are factors of the weight, and not weights themselves.
  public var areFactors: Bool
  /// Whether deviations are taken from the estimate (R's `mse`), not from the replicates' mean; nil
  /// means as the method has it, from the estimate only of successive differences.
  public var isCentredOnEstimate: Bool?
  /// The degrees of freedom; nil means the rank of the weights less 1.
  public var degreesOfFreedom: Double?

  /// Makes a declaration.
  public init(
    _ weights: [String], method: Method, fayRho: Double? = nil, scale: Double? = nil,
    replicateScales: [Double] = [], areFactors: Bool = false, isCentredOnEstimate: Bool? = nil,
    degreesOfFreedom: Double? = nil
  ) {
    self.weights = weights
    self.method = method
    self.fayRho = fayRho
    self.scale = scale
    self.replicateScales = replicateScales
    self.areFactors = areFactors
    self.isCentredOnEstimate = isCentredOnEstimate
    self.degreesOfFreedom = degreesOfFreedom
  }
}
