/// How the sample was drawn, as the codebook or the command line states it.
public struct DesignDeclaration: Hashable, Sendable {
  /// The column of strata; nil when there are none.
  public var strata: String?
  /// The columns of sampling units, outermost first; empty for an element sample.
  public var psu: [String]
  /// The columns of population sizes or sampling fractions, outermost first; a stage without one counts
  /// as drawn with replacement.
  public var fpc: [String]
  /// How units of the first stage that were drawn with unequal probabilities and without replacement make
  /// a variance: the first `fpc` then holds the probability of every unit; nil for equal ones.
  public var pps: UnequalProbabilityMethod?
  /// What to do with a stratum that has one sampling unit.
  public var lonelyPSU: LonelyPSU
  /// Whether the same is done with a stratum of which a subpopulation, or a group, has one unit; it says
  /// something with the rules `adjust` and `average` of a linearized variance.
  public var lonelyInDomains = false
  /// Replicate weights in the file; nil when there are none.
  public var replicates: ReplicateDeclaration?
  /// Which variance is wanted; nil means that of the replicate weights where there are any.
  public var variance: VarianceMethod?

  /// Makes a declaration.
  public init(
    strata: String? = nil, psu: [String] = [], fpc: [String] = [], lonelyPSU: LonelyPSU = .fail,
    replicates: ReplicateDeclaration? = nil, variance: VarianceMethod? = nil
  ) {
    self.strata = strata
    self.psu = psu
    self.fpc = fpc
    self.lonelyPSU = lonelyPSU
    self.replicates = replicates
    self.variance = variance
  }

  /// The columns of the stages that a variance needs, outermost first: a stage below one without
  /// population sizes adds nothing to it.
  package var usedStages: ArraySlice<String> { psu.prefix(fpc.count + 1) }

  /// The replicate weights that make the variance; nil when it is linearized.
  package var usedReplicates: ReplicateDeclaration? {
    variance == .linearization ? nil : replicates
  }
}

/// How a variance is made of inclusion probabilities `π` without those of pairs.
public enum UnequalProbabilityMethod: String, CaseIterable, Sendable {
  /// Brewer: `n∕(n − 1) Σ (1 − π)(T − S∕n)²`.
  case brewer
  /// Overton: Horvitz and Thompson's with `π_ij = (n − 1) π_i π_j ∕ (n − (π_i + π_j)∕2)`.
  case overton
}

/// What to do with a stratum that has one sampling unit, whose variance is unknown.
public enum LonelyPSU: String, CaseIterable, Sendable {
  /// Stop with an error that names the strata; the default.
  case fail
  /// It adds nothing to the variance.
  case remove
  /// It is centred at the mean of all sampling units instead of its stratum's.
  case adjust
  /// It adds the average of the other strata.
  case average
  /// It was drawn with certainty and adds nothing to the variance.
  case certainty

  /// Whether a stratum gets its variance from elsewhere, so that the rule says something also of one of
  /// which a subpopulation has one unit.
  package var centresElsewhere: Bool { self == .adjust || self == .average }
}

/// A weight that goes with the data.
public struct WeightDeclaration: Hashable, Sendable {
  /// Where the weight comes from.
  public enum Source: Hashable, Sendable {
    /// A column.
    case variable(String)
    /// An expression of columns, such as `pspwght * pweight`.
    case expression(String)
  }

  /// The weight's name in the codebook.
  public var name: String
  /// Where it comes from.
  public var source: Source
  /// Whether tables use it unless told otherwise.
  public var isDefault: Bool
  /// What it is for.
  public var label: LocalizedText
  /// Whether rows without a weight are dropped and counted instead of being an error.
  public var dropsMissing: Bool
  /// The steps by which it came about, first to last; empty when nothing is said.
  public var adjustments: [WeightAdjustment]

  /// Makes a weight.
  public init(
    _ name: String, source: Source, isDefault: Bool = false, label: LocalizedText = .none,
    dropsMissing: Bool = false, adjustments: [WeightAdjustment] = []
  ) {
    self.name = name
    self.source = source
    self.isDefault = isDefault
    self.label = label
    self.dropsMissing = dropsMissing
    self.adjustments = adjustments
  }
}
