public import SurveyData
public import SurveyStatistics

/// The gap between two judgements by the same people, such as feeling integrated and feeling
/// accepted.
public struct Gap: Sendable {
  /// The gaps: a row for each group, then one for all.
  public let rows: [Row]
  /// Each group's gap minus that of the reference.
  public let differences: [GroupDifference]
  /// The ratio of each group's odds ratio of the judgements to the reference's; empty without
  /// groups, and unless the judgements are shares.
  public internal(set) var oddsRatios: [GroupDifference] = []
  /// The same with controls held constant; empty without controls.
  public let adjusted: [GroupDifference]
  /// The test that all groups have the same gap; nil without groups.
  public let equality: TestResult?
  /// The same with controls held constant; nil without controls.
  public let adjustedEquality: TestResult?
  /// Where every row of the file went.
  public let accounting: Accounting
  /// What the user must know about the judgements.
  public let notes: [Note]

  /// The gap of a group.
  public struct Row: Hashable, Sendable {
    /// The group; nil for all.
    public let group: Category?
    /// The respondents who gave both judgements.
    public let count: Int
    /// The mean or share, 0…1, of the first judgement.
    public let first: Double
    /// The mean or share of the second, in the same unit.
    public let second: Double
    /// The standard error of the first, in the same unit; NaN where unknown.
    public let firstError: Double
    /// The standard error of the second, in the same unit; NaN where unknown.
    public let secondError: Double
    /// The correlation of the two estimates, −1…1; NaN where one has no error.
    public let correlation: Double
    /// First minus second: −1…1 of shares, otherwise in the unit of the judgements.
    public let difference: Difference
    /// The odds of the first over the odds of the second; nil unless both are shares of some, not
    /// all.
    public internal(set) var oddsRatio: Difference?
  }

  /// A difference between two groups' gaps.
  public struct GroupDifference: Hashable, Sendable {
    /// The group.
    public let group: Category
    /// The group it is compared with.
    public let reference: Category
    /// The group's gap minus the reference's, in the unit of the gaps; of odds ratios their ratio.
    public let difference: Difference
    /// The respondents of both.
    public let count: Int
  }
}

extension Survey {
  /// Estimates the gap between two judgements by the same people, by group.
  ///
  /// With `d = A − B` the gap of group g is `Δ = Σ w d ∕ Σ w` over those who gave both judgements;
  /// its influence is `(d − Δ) ∕ Σ w`, so that the error knows how the two go together. Differences
  /// between groups have the covariance of groups that share sampling units. On the scale of odds
  /// the gap is `ln(p_A ∕ (1 − p_A)) − ln(p_B ∕ (1 − p_B))`, what a logit of both answers stacked,
  /// by item and group, has as its coefficients.
  ///
  /// Two judgements on scales that differ have no gap, whatever their numbers.
  ///
  /// - Parameters:
  ///   - a: The first judgement: a number, a variable of two answers of which the second counts, or
  ///     a condition.
  ///   - b: The second judgement, on the same scale.
  ///   - group: The group variable; nil for all only.
  ///   - reference: The code of the group that others are compared with; nil means the variable's
  ///     reference or the first group.
  ///   - controls: What is held constant when groups are compared once more: the gap is linear in
  ///     groups and controls.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Gaps −1…1 for conditions, otherwise in the unit of the judgements; odds ratios
  ///   above 0, nil where a share is 0 or 1. Errors that the sample cannot give are NaN.
  /// - Throws: ``SurveyError`` for an unknown name or code, or when nobody gave both judgements.
  /// - Complexity: O(rows).
  /// - Note: Agrees with `svyby(~d, ~g, design, svymean, covmat = TRUE)` and `svycontrast` of R's
  ///   survey 4.1, tests on the design's degrees of freedom; odds ratios with the stacked `svyglm`;
  ///   with controls with `svyglm`, on those of that model.
  /// - SeeAlso: Binder (1983), International Statistical Review 51; Heeringa, West and Berglund
  ///   (2017), Applied Survey Data Analysis, chapter 5.
  public func gap(
    _ a: String, _ b: String, by group: String? = nil, reference: String? = nil,
    controls: [String] = [], level: Double = 0.95
  ) throws -> Gap {
    let judgements = try [a, b].map { try Judgement($0, in: dataset) }
    let inputs =
      try judgements.flatMap { try $0.expression.inputs(in: dataset) }
      + [group].compactMap { $0 }.map { ($0, .codes) }
    let survey = try merged(over: inputs)
    try survey.dataset.load(inputs)
    let numbers = try judgements.map { judgement in
      (name: judgement.text, column: try judgement.expression.number(on: survey.dataset))
    }
    let all = try survey.estimates(numbers, by: [], names: [a, b])
    guard let group else {
      guard controls.isEmpty else {
        throw SurveyError(
          .usage, "controls need groups whose gaps are compared", remedy: "Write --by GROUP.")
      }
      return Gap(
        rows: rows(all.estimates, groups: [nil], level: level), differences: [], adjusted: [],
        equality: nil, adjustedEquality: nil, accounting: all.accounting,
        notes: judgements.compactMap(\.note))
    }
    let grouped = try survey.estimates(numbers, by: [group], names: [a, b])
    // Those whose group is unknown are not in the table, so they are not among all either.
    let total = try survey.estimates(numbers, by: [], answering: [group], names: [a, b])
    let counts = grouped.groups.indices.map { grouped.estimates.counts[3 * $0] }
    let base = try Survey.base(
      reference, of: try dataset.variable(group), among: grouped.groups)
    let gaps = gaps(of: grouped.estimates)
    let differences = grouped.estimates.contrasts(
      of: gaps, named: "gap", groups: grouped.groups, base: base)
    let found = rows(grouped.estimates, groups: grouped.groups.map { $0 }, level: level)
    let unknown = found.indices.filter { found[$0].difference.standardError.isNaN }
    let unknownCodes = Set(unknown.map { grouped.groups[$0].code })
    let adjusted =
      controls.isEmpty
      ? nil
      : try adjustedDifferences(
        judgements, by: group, base: base, controls: controls,
        unknown: unknownCodes, level: level)
    var gap = Gap(
      rows: found
        + rows(total.estimates, groups: [nil], level: level),
      differences: differences.groupDifferences(
        groups: grouped.groups, base: base, counts: counts, level: level),
      adjusted: adjusted?.differences ?? [],
      equality: differences.waldTest(
        "equal-gaps", variable: "\(a) − \(b)", by: group,
        degreesOfFreedom: total.estimates.degreesOfFreedom[0]),
      adjustedEquality: adjusted?.equality,
      accounting: grouped.accounting,
      notes: judgements.compactMap(\.note) + (adjusted?.notes ?? [])
        + zip(grouped.groups, counts).filter { $0.1 < 2 }.map { .lonelyGroup($0.0, of: group) }
        + Note.unknownVariance(
          of: unknown.filter { counts[$0] > 1 }.map { "'\(grouped.groups[$0].code)'" }, at: group))
    gap.oddsRatios = oddsRatios(
      grouped.estimates, groups: grouped.groups, base: base, counts: counts,
      unknown: unknownCodes, level: level)
    return gap
  }
}
