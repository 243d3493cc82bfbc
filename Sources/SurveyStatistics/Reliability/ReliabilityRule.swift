/// Whether an estimate may be relied on, by a published rule.
///
/// It protects readers; protecting respondents is another matter.
public enum ReliabilityRule: String, CaseIterable, Sendable {
  /// The presentation standards for proportions of the US National Center for Health Statistics.
  case nchs
  /// No rule.
  case none

  /// What the rule says of a proportion.
  ///
  /// With the Korn–Graubard interval at 95 %, its width `w` and the effective size `n*` capped at
  /// the number of respondents: `n* < 30` suppress; else `w ≤ 0.05` show; else `w ≥ 0.30` suppress;
  /// else `w∕p > 1.30` suppress; else show, and `w∕(1 − p) > 1.30` the complement is not reliable.
  /// A share of a population that was drawn whole is known, and the rule is silent.
  /// What is shown with fewer than 8 degrees of freedom, or is 0 or 1, wants review.
  ///
  /// - Parameter proportion: The proportion, with its base and degrees of freedom.
  /// - Returns: Flags in the order of the rule; none where it has nothing to say, as where nothing is known of
  ///   errors.
  /// - Complexity: O(1).
  /// - Note: Agrees with the rule by hand, for a proportion on each side of its limits.
  /// - SeeAlso: Parker et al. (2017), NCHS Vital and Health Statistics, Series 2, no. 175.
  public func flags(for proportion: Proportion) -> [ReliabilityFlag] {
    guard self == .nchs, !proportion.isKnown, !proportion.isWithoutErrors else { return [] }
    let p = proportion.value
    let isEnd = p <= 0 || p >= 1
    let size =
      isEnd
      ? Double(proportion.base)
      : min(proportion.adjustedSize(level: 0.95), Double(proportion.base))
    guard size >= 30 else { return [.suppress] }
    var width = 0.0
    if !isEnd {
      let interval = proportion.exact(size: size, level: 0.95)
      width = interval.high - interval.low
    }
    var flags: [ReliabilityFlag] = []
    if width > 0.05 {
      if width >= 0.30 || width / p > 1.30 { return [.suppress] }
      if width / (1 - p) > 1.30 { flags.append(.complement) }
    }
    if proportion.degreesOfFreedom < 8 || isEnd { flags.append(.review) }
    return flags
  }
}

/// What a reliability rule says of an estimate.
public enum ReliabilityFlag: String, CaseIterable, Sendable {
  /// Not reliable: the rule would not show it.
  case suppress
  /// Reliable, but its complement is not.
  case complement
  /// To be looked at by a statistician: few degrees of freedom, or exactly 0 or 1.
  case review
}
