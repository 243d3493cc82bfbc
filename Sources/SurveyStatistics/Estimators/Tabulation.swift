public import SurveyData

/// A table of weighted shares: the answers to one variable, in groups.
public struct Tabulation: Sendable {
  /// The variable.
  public let variable: Variable
  /// The group variables.
  public let groupVariables: [Variable]
  /// What the percentages add up over.
  public let percentages: Percentages
  /// The reasons for a missing answer that count as answers, and so in the base.
  public let kept: Set<MissingReason>
  /// The only answer that is shown; nil means all.
  public let counted: CountedAnswer?
  /// The shares, group after group, each with all answers.
  public let rows: [EstimateRow]
  /// The shares of everybody in the table, whatever their group; empty without groups.
  public let totals: [EstimateRow]
  /// The shares with their joint covariance, in the order that suits it.
  public let estimates: Estimates
  /// Where every row of the file went.
  public let accounting: Accounting
  /// The merged respondents behind the table, for tests of independence.
  let found: Findings<TableFinding>
}

/// What one data set has of a table.
struct TableFinding: Sendable {
  let cells: AnswerCells
  let roster: Roster
  let shares: Shares
  /// The shares of everybody; nil without groups.
  let totals: Shares?

  init(
    _ names: [String], percentages: Percentages, keeping reasons: Set<MissingReason>,
    counting counted: CountedAnswer?, in survey: Survey
  ) throws {
    if percentages != .row {
      try survey.requireNoStandard(
        for: "percentages of columns or of all",
        remedy: "Leave out --percentages: shares within groups are.")
    }
    roster = survey.roster
    cells = try AnswerCells(names, keeping: reasons, counting: counted, in: survey)
    shares = try Shares(of: cells, percentages: percentages, roster: roster)
    totals =
      names.count == 1 || percentages == .column
      ? nil : try Shares(of: cells, isGrouped: false, roster: roster)
  }

  /// Shares as rows.
  func rows(_ shares: Shares?, options: EstimationOptions) -> [EstimateRow] {
    shares?.rows(of: cells, roster: roster, options: options) ?? []
  }
}

extension Tabulation {
  /// The same table with one answer only; nil for several codes as one, whose share is another.
  ///
  /// - Parameter answer: One code.
  public func showing(_ answer: CountedAnswer) -> Tabulation? {
    guard !answer.isNet, counted == nil else { return nil }
    return Tabulation(
      variable: variable, groupVariables: groupVariables, percentages: percentages, kept: kept,
      counted: answer, rows: rows.filter { $0.category?.code == answer.code },
      totals: totals.filter { $0.category?.code == answer.code }, estimates: estimates,
      accounting: accounting, found: found)
  }
}

extension Survey {
  /// Tabulates the answers to a variable.
  ///
  /// The share of an answer is `p = Σ w·1[answer] ∕ Σ w` over its base, with influence `(1[answer]
  /// − p) ∕ Σ w` inside the base and 0 outside: a group is weight zero for the others, never a
  /// filter.
  ///
  /// Those who are missing are left out, which is right only if they would have answered as the
  /// others. A question whose cells hold several answers has a share of each among all who gave
  /// any, and these add up to more than 1.
  ///
  /// - Parameters:
  ///   - variable: The variable's name.
  ///   - groups: The names of variables whose combinations make the groups.
  ///   - percentages: What adds up to 100.
  ///   - reasons: Reasons for a missing answer that are answers here, with categories of their own;
  ///     they count in the base.
  ///   - counted: The only answer that is shown, several codes as one; nil means all answers.
  ///   - options: Intervals and flags.
  /// - Returns: Shares between 0 and 1 with intervals by `options`; at 0 and 1 the exact one,
  ///   flagged, and a NaN standard error. In percentages of its own a group in which nobody is has
  ///   rows of NaN.
  /// - Throws: ``SurveyError`` for an unknown variable, an empty base, or a stratum with one unit.
  /// - Complexity: O(rows), one pass.
  /// - Note: Agrees with `svyby(~factor(y), ~g, design, svymean, covmat = TRUE)` and `svyciprop` of
  ///   R's survey 4.5.
  /// - SeeAlso: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 5.8;
  ///   Korn and Graubard (1998), Survey Methodology 24.
  public func tabulate(
    _ variable: String, by groups: [String] = [], percentages: Percentages = .row,
    keeping reasons: Set<MissingReason> = [], counting counted: CountedAnswer? = nil,
    options: EstimationOptions = EstimationOptions()
  ) throws -> Tabulation {
    let described = try dataset.variable(variable)
    guard !described.hasSeveralAnswers else {
      return try tabulateAnswers(
        described, by: groups, percentages: percentages, keeping: reasons, counting: counted,
        options: options)
    }
    let found = try findings {
      try TableFinding(
        [variable] + groups, percentages: percentages, keeping: reasons, counting: counted, in: $0)
    }
    let accounting = try found.accounting(\.cells.accounting)
    func isShown(_ row: EstimateRow) -> Bool {
      counted.map { $0.code == row.category?.code } ?? true
    }
    return Tabulation(
      variable: described,
      groupVariables: try groups.map { try dataset.variable($0) }, percentages: percentages,
      kept: reasons, counted: counted,
      rows: try found.rows(options: options) {
        $0.rows($0.shares, options: options).filter(isShown)
      },
      totals: try found.rows(options: options) {
        $0.rows($0.totals, options: options).filter(isShown)
      }, estimates: try found.estimates(\.shares.estimates), accounting: accounting, found: found)
  }
}

extension Survey {
  /// Tabulates the answers to a variable in the groups of another; see
  /// ``tabulate(_:by:percentages:keeping:counting:options:)-(String,[String],_,_,_,_)``.
  ///
  /// - Returns: As of the other.
  /// - Throws: As the other.
  public func tabulate(
    _ variable: String, by group: String, percentages: Percentages = .row,
    keeping reasons: Set<MissingReason> = [], counting counted: CountedAnswer? = nil,
    options: EstimationOptions = EstimationOptions()
  ) throws -> Tabulation {
    try tabulate(
      variable, by: [group], percentages: percentages, keeping: reasons, counting: counted,
      options: options)
  }
}

extension Shares {
  /// The shares as rows, by group, then answer.
  ///
  /// A group in which nobody is has its rows too, while the combinations of groups are few: without
  /// an estimate where the percentages are its own, otherwise with the share 0 of the answer or of
  /// all.
  package func rows(
    of cells: AnswerCells, roster: Roster, options: EstimationOptions
  ) -> [EstimateRow] {
    let columns = groups.first?.isEmpty == true ? [] : Array(cells.columns.dropFirst())
    let categories = cells.columns[0].categories
    let number = Dictionary(uniqueKeysWithValues: zip(groups, groups.indices))
    let logitErrors = estimates.logitErrors
    let place = Dictionary(uniqueKeysWithValues: zip(keys, keys.indices))
    return TableSize.listedGroups(columns, known: groups, answers: categories.count)
      .flatMap { positions in
        let inside = zip(columns, positions).map { $0.categories[$1] }
        let group = number[positions]
        return categories.indices.map { category in
          // Of column and total percentages another group's share has the same base.
          let index = place[Key(group: group ?? 0, category: category)]
          guard let index, bases[index].count > 0, group != nil || percentages != .row else {
            return EstimateRow(
              emptyOf: cells.names[0], category: categories[category], statistic: "share",
              groups: inside)
          }
          return row(
            index, isEmpty: group == nil, category: categories[category], groups: inside,
            of: cells.names[0], roster: roster, logitErrors: logitErrors, options: options)
        }
      }
  }

  /// A share, or the share 0 that nobody's group has of the same base.
  private func row(
    _ index: Int, isEmpty: Bool, category: Category, groups: [Category], of name: String,
    roster: Roster, logitErrors: [Double]?, options: EstimationOptions
  ) -> EstimateRow {
    let error = isEmpty ? .nan : estimates.standardErrors[index]
    let proportion = Proportion(
      isEmpty ? 0 : estimates.values[index], standardError: error,
      base: bases[index].count, kishSize: bases[index].kishSize,
      degreesOfFreedom: estimates.degreesOfFreedom[index], isKnown: error == 0,
      logitError: isEmpty ? nil : logitErrors?[index])
    return EstimateRow(
      variable: name, category: category, statistic: "share", groups: groups,
      count: isEmpty ? 0 : estimates.counts[index],
      weightedCount: isEmpty ? 0 : estimates.weightedCounts[index],
      base: bases[index].count, estimate: proportion.value,
      standardError: proportion.standardError,
      interval: proportion.interval(options.interval ?? .logit, level: options.level),
      degreesOfFreedom: proportion.degreesOfFreedom,
      designEffect: designEffect(
        ofVariance: proportion.standardError * proportion.standardError,
        unitVariance: proportion.value * (1 - proportion.value), count: bases[index].count,
        weight: bases[index].weight, roster: roster, method: options.designEffect),
      flags: options.reliability.flags(for: proportion), isExact: proportion.isExact)
  }
}

/// The variance of a mean over that of the mean of a simple random sample of the same size.
///
/// - Parameters:
///   - variance: The design's variance of the mean.
///   - unitVariance: `Σ w(y − ȳ)² ∕ Σ w`.
///   - count: The respondents.
///   - weight: The sum of their weights.
///   - method: How the simple sample is drawn; nil means without replacement when the design has
///     population sizes, otherwise with.
/// - Returns: NaN for a variable without variance, or without replacement for a weight sum below the
///   number of respondents.
/// - Note: Agrees with `deff = "replace"` and `deff = TRUE` of R's survey.
package func designEffect(
  ofVariance variance: Double, unitVariance: Double, count: Int, weight: Double, roster: Roster,
  method: DesignEffectMethod? = nil
) -> Double {
  let n = Double(count)
  guard n > 1, unitVariance > 0 else { return .nan }
  let simple = unitVariance / (n - 1)
  guard (method ?? (roster.hasPopulationSizes ? .srs : .replace)) == .srs else {
    return variance / simple
  }
  return weight >= n ? variance / (simple * (1 - n / weight)) : .nan
}
