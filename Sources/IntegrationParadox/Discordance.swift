public import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

/// Who gives one of two judgements and not the other, such as who feels integrated but not
/// accepted.
public struct Discordance: Sendable {
  /// The typologies: a row for each group, then one for all.
  public internal(set) var rows: [Row]
  /// Each group's share of not-B among A minus that of the reference.
  public internal(set) var differences: [Gap.GroupDifference]
  /// `wald` and `rao-scott` that as many give only A as give only B, in each group and in all;
  /// `equal-shares` and `typology` that groups do not differ.
  public let tests: [TestResult]
  /// Where every row of the file went.
  public let accounting: Accounting
  /// What the user must know about the judgements and groups.
  public let notes: [Note]

  /// The typology of a group.
  public struct Row: Hashable, Sendable {
    /// The group; nil for all.
    public let group: Category?
    /// The respondents who gave both judgements.
    public let count: Int
    /// The shares, 0…1, of both, only A, only B, neither.
    public let cells: [Difference]
    /// The share of not-B among those with A, `p10 ∕ (p11 + p10)`, 0…1; NaN where nobody has A.
    public let shareAmongFirst: Difference
    /// `ln(p10 ∕ p01)`: 0 where as many give only A as only B; NaN where one of them is nobody.
    public let logRatio: Difference
    /// Cohen's κ, the agreement beyond chance, from −1 to 1.
    public let kappa: Difference
    /// The respondents who gave only A, unweighted.
    public let onlyFirst: Int
    /// The respondents who gave only B, unweighted.
    public let onlySecond: Int

    /// McNemar's `(b − c)² ∕ (b + c)` of the respondents, a χ² with one degree of freedom that
    /// knows neither weights nor design; NaN where nobody gave only one.
    public var unweightedMcNemar: (statistic: Double, pValue: Double) {
      let difference = Double(onlyFirst - onlySecond)
      let square = difference * difference / Double(onlyFirst + onlySecond)
      return (square, Distribution.chiSquared(degreesOfFreedom: 1).upperTail(square))
    }
  }
}

extension Survey {
  /// Estimates who gives one of two judgements and not the other, by group.
  ///
  /// The four shares `p11, p10, p01, p00` have influence `(1[cell] − p) ∕ Σ w`; what is made of
  /// them follows by the delta method. That as many give only A as only B is the same hypothesis as
  /// a gap of zero: `wald` is `F = (p10 − p01)² ∕ V` on (1, df), `rao-scott` divides `X² = n (p10 −
  /// p01)² ∕ (p10 + p01)` by the design effect of `p10 − p01`. `typology` is Rao and Scott's
  /// second-order F of the four types by the groups.
  ///
  /// Where few give only one of the judgements the log ratio is far from normal.
  ///
  /// - Parameters:
  ///   - a: The first judgement: a variable of two answers of which the second counts, or a
  ///     condition.
  ///   - b: The second judgement.
  ///   - group: The group variable; nil for all only.
  ///   - reference: The code of the group that others are compared with; nil means the variable's
  ///     reference or the first group.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Shares as 0…1, log ratios, κ up to 1; a ratio without a denominator is NaN. Tests
  ///   are F, at least 0, NaN where the variance is unknown.
  /// - Throws: ``SurveyError`` for an unknown name or code, a judgement that is not yes or no, or
  ///   when nobody gave both.
  /// - Complexity: O(rows).
  /// - Note: Agrees with `svymean`, `svycontrast`, `svykappa` and `svychisq` of R's survey 4.1 on
  ///   their estimates and errors; tests have the design's degrees of freedom.
  /// - SeeAlso: McNemar (1947), Psychometrika 12; Rao and Scott (1984), Annals of Statistics 12.
  public func discordance(
    _ a: String, _ b: String, by group: String? = nil, reference: String? = nil,
    level: Double = 0.95
  ) throws -> Discordance {
    let name = "\(a), \(b)"
    let found = try findings { survey in
      let pair = try JudgementPair(a, b, by: group, in: survey)
      return (
        grouped: try group.map {
          try TypeShares(pair.cells(by: [$0]), notes: pair.notes, types: pair.type)
        },
        all: try TypeShares(pair.cells(by: []), notes: pair.notes, types: pair.type)
      )
    }
    let accounting = try found.accounting { ($0.grouped ?? $0.all).cells.accounting }
    let all = try Typology(found.map(\.all))
    let notes = found.notes(\.all.notes)
    guard let group else {
      return Discordance(
        rows: [all.row(0, group: nil, level: level)], differences: [],
        tests: all.tests(0, variable: name, term: "all"), accounting: accounting,
        notes: notes + all.notes(of: nil, variable: name))
    }
    let grouped = try Typology(found.map { $0.grouped ?? $0.all })
    let groups = grouped.groups
    let base = try Survey.base(reference, of: try dataset.variable(group), among: groups)
    let differences = grouped.estimates.contrasts(
      of: grouped.shareAmongFirst, named: "share_among_a", groups: groups, base: base)
    let rows =
      groups.indices.map { grouped.row($0, group: groups[$0], level: level) }
      + [all.row(0, group: nil, level: level)]
    let df = all.estimates.degreesOfFreedom(of: [0])
    return Discordance(
      rows: rows,
      differences: differences.groupDifferences(
        groups: groups, base: base, count: grouped.count, level: level),
      tests: all.tests(0, variable: name, by: group, term: "all")
        + groups.indices.flatMap {
          grouped.tests($0, variable: name, by: group, term: groups[$0].code)
        }
        + [
          differences.waldTest("equal-shares", variable: name, by: group, degreesOfFreedom: df),
          try grouped.independence(variable: name, by: group, degreesOfFreedom: df),
        ].compactMap { $0 },
      accounting: accounting,
      notes: notes + grouped.notes(of: group, variable: name)
        + groups.indices.filter { grouped.respondents[$0] < 2 }.map {
          Note.lonelyGroup(groups[$0], of: group)
        }
        + Note.unknownVariance(
          of: rows.filter {
            $0.count > 1 && $0.shareAmongFirst.standardError.isNaN
              && !$0.shareAmongFirst.estimate.isNaN
          }.map { $0.group.map { "'\($0.code)'" } ?? "all" }, at: name))
  }
}
