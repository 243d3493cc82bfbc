internal import SurveyData
internal import SurveyNumerics

extension Survey {
  /// Compares an estimate with a value, in each of some groups.
  ///
  /// The value is known, so that `θ − c` has the error of θ: its influence is that of the estimate,
  /// `(y − ȳ) ∕ Σ w` of a share or mean. A ratio `θ ∕ c` and an odds ratio are tested on the log
  /// scale. A value that was itself estimated from a sample makes the test too sure.
  ///
  /// - Parameters:
  ///   - estimand: What is compared; of shares one answer.
  ///   - value: The value, in the estimate's unit; a share as 0…1.
  ///   - groups: The names of variables whose combinations make groups, each compared for itself.
  ///   - measure: Difference, ratio or odds ratio.
  ///   - adjustment: How p-values are adjusted for the groups.
  ///   - options: The confidence level.
  /// - Returns: A row a group: a difference of shares −1…1, of numbers in their unit, or a ratio
  ///   above 0; the test is NaN where the variance is unknown.
  /// - Throws: ``SurveyError`` for an unknown name or code, shares without an answer, an empty
  ///   base.
  /// - Complexity: O(rows).
  /// - Note: Agrees with `svymean(~I(x - value), design)` of R's survey 4.1 on the design's degrees
  ///   of freedom, which all differences have; `svyttest(I(x - value) ~ 0, design)` takes one less.
  /// - SeeAlso: Binder (1983), International Statistical Review 51.
  public func compare(
    _ estimand: Estimand, to value: Double, by groups: [String] = [],
    measure: ComparisonMeasure = .difference, adjustment: Adjustment = .holm,
    options: EstimationOptions = EstimationOptions()
  ) throws -> Comparison {
    try measure.check(estimand.statistic, of: estimand.variable)
    if estimand.statistic == .share {
      guard estimand.answer != nil else {
        throw SurveyError(
          .usage, at: estimand.variable,
          "has several answers, and one share is compared with a value",
          remedy: "Name the answer with --answer, or state all shares with --shares.")
      }
      guard (0...1).contains(value) else {
        throw SurveyError(
          .usage, at: estimand.variable,
          "a share lies between 0 and 1, and it is compared with \(canonicalCode(value))",
          remedy: "Write 0.3 for 30 %.")
      }
    }
    let found = try GroupEstimates(estimand, by: groups, in: self, options: options)
    let rows = found.groups.indices.flatMap { group in
      found.answers.map { answer in
        found.row(answer, group, value: value, measure: measure, level: options.level)
      }
    }
    return try comparison(
      found, by: groups, measure: measure, rows: rows, tests: [], adjustment: adjustment)
  }

  /// Compares the shares of all answers with stated ones, `p_k − P_k`, and tests them together.
  ///
  /// The test of all of them is Rao and Scott's goodness of fit.
  ///
  /// - Parameters:
  ///   - variable: The variable's name.
  ///   - shares: The stated share of every answer by its code; they add up to 1 within 0.001 and
  ///     are scaled to do so exactly.
  ///   - groups: The names of variables whose combinations make groups, each compared for itself.
  ///   - adjustment: How p-values of single answers are adjusted.
  ///   - options: The confidence level.
  /// - Returns: A row an answer and group, differences −1…1; one goodness of fit a group among the
  ///   tests, its `X²` growing with the scale of the weights.
  /// - Throws: ``SurveyError`` for shares that do not add up, unknown answers and answers without
  ///   one.
  /// - Complexity: O(rows × answers²).
  /// - Note: Agrees with `svygofchisq(~x, p, design)` of R's survey 4.5, and each answer with
  ///   `svymean(~I((x == k) - p), design)` of 4.1.
  /// - SeeAlso: Rao and Scott (1981), Journal of the American Statistical Association 76.
  public func compare(
    _ variable: String, toShares shares: [String: Double], by groups: [String] = [],
    adjustment: Adjustment = .holm, options: EstimationOptions = EstimationOptions()
  ) throws -> Comparison {
    let found = try GroupEstimates(
      .shares(of: variable), by: groups, in: self, options: options)
    let stated = try StatedShares(shares, of: variable, among: found)
    let rows = found.groups.indices.flatMap { group in
      stated.answers.map { answer in
        found.row(
          (answer.category, answer.position), group, value: answer.share, measure: .difference,
          level: options.level)
      }
    }
    return try comparison(
      found, by: groups, measure: .difference, rows: rows,
      tests: stated.goodnessOfFit(by: groups, in: self).map(\.test), adjustment: adjustment)
  }

  private func comparison(
    _ found: GroupEstimates, by groups: [String], measure: ComparisonMeasure,
    rows: [Comparison.Row], tests: [TestResult], adjustment: Adjustment
  ) throws -> Comparison {
    let empty = Comparison.Row.empty(
      found.absent, like: rows.prefix { $0.groups == rows[0].groups })
    let rows = Comparison.Row.adjusted(rows + empty, by: adjustment)
    return Comparison(
      estimand: found.estimand, variable: try dataset.variable(found.estimand.variable),
      groupVariables: try groups.map { try dataset.variable($0) }, withinVariable: nil,
      measure: measure, adjustment: adjustment, rows: rows, tests: tests,
      accounting: found.accounting,
      notes: Comparison.notes(on: rows, of: found.estimand.variable))
  }
}

extension GroupEstimates {
  /// The comparison of an estimate with a value.
  fileprivate func row(
    _ answer: (category: Category?, position: Int), _ group: Int, value: Double,
    measure: ComparisonMeasure, level: Double
  ) -> Comparison.Row {
    let place = place(answer.position, group)
    let estimate = estimates.values[place]
    let found = estimates.inEach { one in
      let (contrast, slopes) = measure.contrast(one.values[place], value)
      let error = abs(slopes.0) * one.standardErrors[place]
      return Estimates(
        labels: [Estimates.Label(variable: "")], values: [contrast],
        covariance: Matrix([[error * error]]), standardErrors: [error],
        degreesOfFreedom: [one.degreesOfFreedom[place]], counts: [one.counts[place]],
        weightedCounts: [one.weightedCounts[place]])
    }
    var difference = measure.difference(found, level: level)
    if difference.standardError.isNaN, measure == .difference, let shares {
      difference.interval = shares.difference(place, fromValue: value)
    }
    return Comparison.Row(
      category: answer.category, stratum: nil, group: .group(groups[group]),
      reference: .value(value), groups: groups[group], groupEstimate: estimate,
      referenceEstimate: value,
      difference: difference,
      adjustedP: .nan, count: count(of: [group]))
  }
}
