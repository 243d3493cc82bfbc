public import SurveyData
public import SurveyStatistics

/// The share who say yes, in each group and in all.
public struct Prevalence: Sendable {
  /// The variable or condition.
  public let item: String
  /// A row for each group, then one for all.
  public internal(set) var rows: [Row]
  /// The test that all groups have the same share; nil when there is one group.
  public let equality: TestResult?
  /// Where every row of the file went.
  public let accounting: Accounting
  /// What the user must know about the item.
  public let notes: [Note]

  /// The share of a group.
  public struct Row: Hashable, Sendable {
    /// The group; nil for all.
    public let group: Category?
    /// The respondents who answered.
    public let count: Int
    /// The share, 0…1, with its error.
    public let share: Difference
    /// Its interval by the method that was chosen; `wald` may leave 0…1.
    public let interval: ConfidenceInterval
  }
}

extension Survey {
  /// Estimates the share who say yes, by group.
  ///
  /// `p = Σ w·1[yes] ∕ Σ w` over those who answered, with influence `(1[yes] − p) ∕ Σ w`.
  ///
  /// It is the share of those who answered; who did not may be others.
  ///
  /// - Parameters:
  ///   - item: A variable of two answers of which the second counts, or a condition.
  ///   - group: The group variable.
  ///   - method: How the interval is made.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Shares 0…1 with intervals by `method`; at 0 and 1 the exact one and a NaN standard
  ///   error. The test of equal shares is a Wald F of the groups, nil when there is one.
  /// - Throws: ``SurveyError`` for an unknown name, an item that is not yes or no, or when nobody
  ///   answered.
  /// - Complexity: O(rows).
  /// - Note: Agrees with `svyby(~yes, ~g, design, svymean)` of R's survey 4.1; intervals are those
  ///   of ``Proportion``, which agree with `svyciprop` of 4.5.
  /// - SeeAlso: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 5.8;
  ///   Korn and Graubard (1998), Survey Methodology 24.
  public func prevalence(
    of item: String, by group: String, interval method: ProportionIntervalMethod = .logit,
    level: Double = 0.95
  ) throws -> Prevalence {
    let judgement = try Judgement(item, in: dataset)
    let found = try findings { survey in
      let (survey, numbers) = try survey.numbers(of: [judgement], by: group)
      let values = numbers[0].column.values
      try JudgementPair.requireFlags(item, values)
      let grouped = try Cases(numbers, by: [group], in: survey)
      guard !grouped.units.isEmpty else {
        throw SurveyError(
          .noAnswer, at: item, "nobody answered",
          remedy: "Look at its codes and missing reasons with `vekt inspect`.")
      }
      let all = try Cases(numbers, answering: [group], by: [], in: survey)
      return (
        groups: grouped.categories, grouped: try grouped.shares(of: values),
        all: try all.shares(of: values), accounting: grouped.accounting
      )
    }
    let accounting = try found.accounting(\.accounting)
    let groups = found.first.groups
    let (grouped, all) = (try found.estimates(\.grouped), try found.estimates(\.all))
    let equality = groups.first.map { base in
      grouped.contrasts(
        of: groups.indices.map { .estimate($0) }, named: item, groups: groups, base: base
      ).waldTest(
        "equal-shares", variable: item, by: group, degreesOfFreedom: all.degreesOfFreedom(of: [0]))
    }
    let rows =
      Prevalence.rows(grouped, groups: groups, method, level: level)
      + Prevalence.rows(all, groups: [nil], method, level: level)
    return Prevalence(
      item: item, rows: rows, equality: groups.count > 1 ? equality : nil,
      accounting: accounting,
      notes: [judgement.note].compactMap { $0 }
        + Note.unknownVariance(
          of: rows.filter(\.share.standardError.isNaN).map {
            $0.group.map { "'\($0.code)'" } ?? "all"
          }, at: item))
  }
}

extension Prevalence {
  fileprivate static func rows(
    _ estimates: Estimates, groups: [Category?], _ method: ProportionIntervalMethod, level: Double
  ) -> [Row] {
    let logitErrors = estimates.logitErrors
    return groups.indices.map { block in
      let share = estimates.difference(block, level: level)
      let count = estimates.counts[block]
      return Row(
        group: groups[block], count: count, share: share,
        interval: Proportion(
          share.estimate, standardError: share.standardError, base: count,
          kishSize: Double(count), degreesOfFreedom: share.degreesOfFreedom,
          isKnown: share.standardError == 0, logitError: logitErrors?[block]
        ).interval(method, level: level))
    }
  }
}

extension Cases {
  /// The share of the ones among flags, of every group.
  fileprivate func shares(of flags: [Double]) throws -> Estimates {
    let (shares, totals) = try means(width: 1) { row, _, f in f[0] = flags[row] }
    let groups = categories
    return Estimates(
      labels: shares.indices.map { block in
        Estimates.Label(variable: "share", groups: groups.isEmpty ? [] : [groups[block].code])
      }, values: shares, counts: respondents, weightedCounts: bases.map(\.weight), totals: totals)
  }
}
