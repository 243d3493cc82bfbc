public import SurveyData
public import SurveyStatistics

/// The gap between two judgements by the same people, such as feeling integrated and feeling
/// accepted.
public struct Gap: Sendable {
  /// The gaps: a row for each group, then one for all.
  public internal(set) var rows: [Row]
  /// Each group's gap minus that of the reference.
  public internal(set) var differences: [GroupDifference]
  /// The ratio of each group's odds ratio of the judgements to the reference's; empty without
  /// groups, and unless the judgements are shares.
  public internal(set) var oddsRatios: [GroupDifference] = []
  /// The same with controls held constant; empty without controls.
  public internal(set) var adjusted: [GroupDifference]
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
    let found = try findings { survey in
      let numbers = try survey.numbers(of: judgements, by: group)
      return (
        grouped: try group.map {
          try numbers.survey.estimates(numbers.columns, by: [$0], names: [a, b])
        },
        // Those whose group is unknown are not in the table, so they are not among all either.
        all: try numbers.survey.estimates(
          numbers.columns, by: [], answering: [group].compactMap { $0 }, names: [a, b])
      )
    }
    let accounting = try found.accounting { ($0.grouped ?? $0.all).accounting }
    let all = try found.estimates(\.all.estimates)
    guard let group, let groups = found.first.grouped?.groups else {
      guard controls.isEmpty else {
        throw SurveyError(
          .usage, "controls need groups whose gaps are compared", remedy: "Write --by GROUP.")
      }
      return Gap(
        rows: rows(all, groups: [nil], level: level), differences: [], adjusted: [],
        equality: nil, adjustedEquality: nil, accounting: accounting,
        notes: judgements.compactMap(\.note))
    }
    let grouped = try found.estimates { ($0.grouped ?? $0.all).estimates }
    let counts = groups.indices.map { grouped.counts[3 * $0] }
    func count(of groups: [Int]) -> Int { grouped.people(of: groups.map { 3 * $0 }) }
    let base = try Survey.base(reference, of: try dataset.variable(group), among: groups)
    let gaps = gaps(of: grouped)
    let differences = grouped.contrasts(of: gaps, named: "gap", groups: groups, base: base)
    let gapsOfGroups = rows(grouped, groups: groups.map { $0 }, level: level)
    let unknown = groups.indices.filter { gapsOfGroups[$0].difference.standardError.isNaN }
    let unknownCodes = Set(unknown.map { groups[$0].code })
    let adjusted =
      controls.isEmpty
      ? nil
      : try adjustedDifferences(
        judgements, by: group, base: base, controls: controls,
        unknown: unknownCodes, level: level)
    var gap = Gap(
      rows: gapsOfGroups + rows(all, groups: [nil], level: level),
      differences: differences.groupDifferences(
        groups: groups, base: base, count: count, level: level),
      adjusted: adjusted?.differences ?? [],
      equality: differences.waldTest(
        "equal-gaps", variable: "\(a) − \(b)", by: group,
        degreesOfFreedom: all.degreesOfFreedom(of: [0])),
      adjustedEquality: adjusted?.equality,
      accounting: accounting,
      notes: judgements.compactMap(\.note) + (adjusted?.notes ?? [])
        + zip(groups, counts).filter { $0.1 < 2 }.map { .lonelyGroup($0.0, of: group) }
        + Note.unknownVariance(
          of: unknown.filter { counts[$0] > 1 }.map { "'\(groups[$0].code)'" }, at: group))
    gap.oddsRatios = oddsRatios(
      grouped, groups: groups, base: base, count: count, unknown: unknownCodes, level: level)
    return gap
  }
}
