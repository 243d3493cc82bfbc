internal import Glibc
public import SurveyData
internal import SurveyNumerics

/// Weighted correlations of several numbers, every pair once, by group.
public struct Correlations: Sendable {
  /// The variables, in order.
  public let variables: [Variable]
  /// The group variables.
  public let groupVariables: [Variable]
  /// The correlations: pair after pair, each by group.
  public let rows: [Row]
  /// The correlations with their joint covariance, group after group; a label has both variables'
  /// names with `:` between them.
  public let estimates: Estimates
  /// Where every row of the file went: those who answer all variables count.
  public let accounting: Accounting

  /// The correlation of two variables.
  public struct Row: Hashable, Sendable {
    /// The correlation, of `estimate.variable` with `other`.
    public let estimate: EstimateRow
    /// The name of the other variable.
    public let other: String
    /// The chance of a correlation at least as far from zero when there is none, 0…1; NaN without
    /// an error.
    public let pValue: Double
  }
}

extension Correlations.Row {
  /// The correlation with its test, `t = atanh r · (1 − r²) ∕ se` on the design's degrees of
  /// freedom, on the same scale as the interval.
  init(_ estimate: EstimateRow, with other: String) {
    self.estimate = estimate
    self.other = other
    let r = estimate.estimate
    let t = atanh(r) * (1 - r * r) / estimate.standardError
    pValue =
      2 * Distribution.t(degreesOfFreedom: estimate.degreesOfFreedom).upperTail(t.magnitude)
  }
}

extension Survey {
  /// Estimates the weighted (Pearson) correlations of several numbers.
  ///
  /// `r = S_xy ∕ √(S_xx S_yy)`; with `a = (x − x̄) ∕ s_x` and `b = (y − ȳ) ∕ s_y` its influence is
  /// `n∕(n − 1) · (a b − r (a² + b²) ∕ 2) ∕ Σ w`. Intervals are Fisher's: t on the scale of
  /// `atanh r`, with the design's error `se ∕ (1 − r²)`.
  ///
  /// All correlations rest on those who answer every variable, so that they have one joint
  /// covariance; a variable with many missing answers costs the others their respondents.
  ///
  /// - Parameters:
  ///   - variables: The names of two variables or more.
  ///   - groups: The names of variables whose combinations make the groups.
  ///   - options: The confidence level.
  /// - Returns: Correlations between −1 and 1; NaN in a group where a variable does not vary.
  /// - Throws: ``SurveyError`` for text, fewer than two variables, one that does not vary, an empty
  ///   base, or a stratum with one unit.
  /// - Complexity: O(rows × pairs), in an element sample O(rows × pairs²).
  /// - Note: Agrees with `svyvar(~x + y, design)` of R's survey 4.1 and the delta method on it, as
  ///   `svycontrast` makes it.
  /// - SeeAlso: Fisher (1921), Metron 1; Deville (1999), Survey Methodology 25.
  public func correlations(
    _ variables: [String], by groups: [String] = [],
    options: EstimationOptions = EstimationOptions()
  ) throws -> Correlations {
    guard variables.count > 1, Set(variables).count == variables.count else {
      throw SurveyError(
        .usage, "a correlation needs two different variables",
        remedy: "Name two or more, each once.")
    }
    let found = try findings {
      try $0.correlationRows(variables, by: groups, options: options)
    }
    let accounting = try found.accounting(\.accounting)
    return Correlations(
      variables: try variables.map { try dataset.variable($0) },
      groupVariables: try groups.map { try dataset.variable($0) },
      rows: zip(try found.rows(options: options, \.rows), found.first.others).map {
        Correlations.Row($0, with: $1)
      }, estimates: try found.estimates(\.estimates), accounting: accounting)
  }

  /// The correlations in one data set, pair after pair, each with the name of the other variable.
  private func correlationRows(
    _ variables: [String], by groups: [String], options: EstimationOptions
  ) throws -> (
    rows: [EstimateRow], others: [String], estimates: Estimates, accounting: Accounting
  ) {
    let inputs =
      groups.map { (name: $0, view: ColumnView.codes) } + variables.map { ($0, .numbers) }
    let survey = try merged(over: inputs)
    try survey.dataset.load(inputs)
    let moments = try JointMoments(
      variables.map { (name: $0, column: try survey.dataset.numeric($0)) }, by: groups, in: survey)
    try moments.requireVariation()
    let pairs = variables.indices.flatMap { i in
      variables.indices.dropFirst(i + 1).map { (first: i, second: $0) }
    }
    let deviations = moments.covariances.map { $0.diagonal.map { $0.squareRoot() } }
    let blocks = moments.bases.indices
    let values = blocks.flatMap { block in
      pairs.map {
        moments.covariances[block][$0.first, $0.second]
          / (deviations[block][$0.first] * deviations[block][$0.second])
      }
    }
    let totals = try moments.unitTotals(
      width: pairs.count,
      of: { covariance in
        pairs.map {
          covariance[$0.first, $0.second]
            / (covariance[$0.first, $0.first] * covariance[$0.second, $0.second]).squareRoot()
        }
      }
    ) { d, block, u in
      let factor = moments.factor(block)
      for (k, pair) in pairs.enumerated() {
        let a = d[pair.first] / deviations[block][pair.first]
        let b = d[pair.second] / deviations[block][pair.second]
        u[k] = factor * (a * b - values[block * pairs.count + k] * (a * a + b * b) / 2)
      }
    }
    let estimates = Estimates(
      labels: blocks.flatMap { block in
        pairs.map {
          Estimates.Label(
            variable: "\(variables[$0.first]):\(variables[$0.second])",
            groups: moments.groups(block).map(\.code))
        }
      }, values: values,
      counts: moments.bases.flatMap { repeatElement($0.count, count: pairs.count) },
      weightedCounts: moments.bases.flatMap { repeatElement($0.weight, count: pairs.count) },
      totals: totals)
    return (
      pairs.indices.flatMap { k in
        blocks.map { block in
          moments.row(
            "correlation", of: variables[pairs[k].first], estimates, block * pairs.count + k,
            block: block, isCorrelation: true, level: options.level)
        }
      }, pairs.flatMap { pair in blocks.map { _ in variables[pair.second] } }, estimates,
      moments.cells.accounting
    )
  }
}
