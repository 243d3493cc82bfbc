package import SurveyData
internal import SurveyNumerics

extension Survey {
  /// Compares groups with each other, with all others, or with everybody.
  ///
  /// Groups may share sampling units, and a group is part of everybody, so that the covariance
  /// counts: `V(a − b) = V(a) + V(b) − 2 C(a, b)`. A ratio is tested on the log scale, where its
  /// influence is `u_a ∕ a − u_b ∕ b`, the odds ratio's `u_a ∕ (a(1 − a)) − u_b ∕ (b(1 − b))`. A
  /// group and the rest or everybody are estimated as overlapping domains with one joint influence.
  /// Medians are linearized by Woodruff's density, so that two groups' medians are compared by t.
  ///
  /// A group of one respondent has no variance of its own; a note says so.
  ///
  /// - Parameters:
  ///   - estimand: What is compared: shares 0…1, a mean, total or median in the variable's unit.
  ///   - groups: The names of the group variables, crossed with each other.
  ///   - baseline: What each group is compared with.
  ///   - within: A variable in whose categories the groups are compared separately.
  ///   - measure: Difference, ratio or odds ratio.
  ///   - adjustment: How p-values are adjusted for the comparisons of one answer in one stratum.
  ///   - options: The confidence level.
  /// - Returns: A row a comparison: differences of shares −1…1 and of numbers in their unit, ratios
  ///   above 0; a test or an interval that the sample cannot give is NaN. The Wald F of all groups,
  ///   answers together and one by one, are its tests.
  /// - Throws: ``SurveyError`` for an unknown name or code, one group only, an empty base.
  /// - Complexity: O(rows) and O(units) a comparison; with the rest or everybody
  ///   O(rows × groups), in an element sample O(rows × groups²).
  /// - Note: Agrees with `svycontrast(svyby(…, covmat = TRUE), c(-1, 1))` of R's survey 4.5 and,
  ///   for ratios, odds ratios, totals, medians, the rest and everybody, with 4.1. Tests have the
  ///   degrees of freedom of the rows compared; the t-test that R's `svyttest` makes of two groups,
  ///   with one degree less, is among the tests.
  /// - SeeAlso: Binder (1983), International Statistical Review 51; Korn and Graubard (1999),
  ///   Analysis of Health Surveys, chapter 3; Woodruff (1952), Journal of the American Statistical
  ///   Association 47.
  public func compare(
    _ estimand: Estimand, across groups: [String], against baseline: Baseline = .reference(nil),
    within: String? = nil, measure: ComparisonMeasure = .difference,
    adjustment: Adjustment = .holm, options: EstimationOptions = EstimationOptions()
  ) throws -> Comparison {
    let variable = try dataset.variable(estimand.variable)
    try measure.check(estimand.statistic, of: variable.name)
    let groupVariables = try groups.map { try dataset.variable($0) }
    let layout = try ComparisonLayout(
      GroupEstimates(
        estimand, by: [within].compactMap { $0 } + groups, in: self, options: options),
      groupVariables: groupVariables, within: try within.map { try dataset.variable($0) },
      reference: baseline)
    var rows: [Comparison.Row] = []
    var tests: [TestResult] = []
    for stratum in layout.strata {
      let pairs = baseline == .allPairs ? stratum.groups.count - 1 : 2
      try TableSize.check(
        estimates: stratum.groups.count * pairs / 2
          * layout.found.answersGiven(in: stratum.groups).count,
        of: "\(stratum.groups.count) groups compared", at: layout.by)
      for answer in layout.found.answersGiven(in: stratum.groups) {
        let found = try layout.rows(
          answer, in: stratum, against: baseline, measure: measure, level: options.level)
        rows += found + layout.emptyRows(in: stratum, against: baseline, like: found)
      }
      tests += layout.tests(in: stratum)
    }
    rows = Comparison.Row.adjusted(rows, by: adjustment)
    try layout.found.requireAnswers(rows)
    return Comparison(
      estimand: estimand, variable: variable, groupVariables: groupVariables,
      withinVariable: layout.within, measure: measure, adjustment: adjustment,
      rows: rows, tests: tests, accounting: layout.found.accounting,
      notes: layout.notes + Comparison.notes(on: rows, of: variable.name, besides: layout.notes))
  }

  /// Compares the groups of one variable with one of them; formula, tests and source are those of
  /// `compare(_:across:against:within:measure:adjustment:options:)`.
  ///
  /// - Parameters:
  ///   - estimand: What is compared.
  ///   - group: The name of the group variable.
  ///   - reference: The code of the group that the others are compared with; nil means the group
  ///     variable's reference, or its first group.
  ///   - adjustment: How p-values are adjusted.
  ///   - options: The confidence level.
  /// - Returns: A row a group but the reference: differences of shares −1…1, of numbers in their
  ///   unit.
  /// - Throws: ``SurveyError`` for an unknown name or code, one group only, an empty base.
  public func compare(
    _ estimand: Estimand, across group: String, to reference: String? = nil,
    adjustment: Adjustment = .holm, options: EstimationOptions = EstimationOptions()
  ) throws -> Comparison {
    try compare(
      estimand, across: [group], against: .reference(reference), adjustment: adjustment,
      options: options)
  }

  /// Compares the groups of one variable with one of them: shares of a categorical variable, means
  /// of a number.
  ///
  /// - Parameters:
  ///   - variable: The variable's name.
  ///   - group: The name of the group variable.
  ///   - reference: The code of the group that the others are compared with; nil means the group
  ///     variable's reference, or its first group.
  ///   - adjustment: How p-values are adjusted.
  ///   - options: The confidence level.
  /// - Returns: As of the comparison of an estimand.
  /// - Throws: ``SurveyError`` for an unknown name or code, one group only, an empty base.
  public func compare(
    _ variable: String, across group: String, to reference: String? = nil,
    adjustment: Adjustment = .holm, options: EstimationOptions = EstimationOptions()
  ) throws -> Comparison {
    try compare(
      .standard(variable, in: self), across: group, to: reference, adjustment: adjustment,
      options: options)
  }

  /// The group that others are compared with.
  package static func base(
    _ reference: String?, of variable: Variable, among groups: [Category]
  ) throws -> Category {
    guard groups.count > 1 else {
      throw SurveyError(
        .noAnswer, at: variable.name,
        "a comparison needs two groups, and there is \(groups.count)")
    }
    guard let code = reference ?? variable.reference else { return groups[0] }
    guard let found = groups.named(code) else {
      throw SurveyError(
        .usage, at: variable.name,
        "has no group '\(code)' among those with answers: \(groups.listedInQuotes)",
        remedy: groups.suggestion(for: code))
    }
    return found
  }
}
