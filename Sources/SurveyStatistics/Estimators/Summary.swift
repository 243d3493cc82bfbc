public import SurveyData

/// What is said of a number.
public enum SummaryStatistic: Hashable, Sendable {
  /// The mean.
  case mean
  /// The total in the population that the weights add up to.
  case total
  /// The standard deviation.
  case standardDeviation
  /// The value below which a share of the population lies.
  case quantile(Double)

  /// The name in results: `mean`, `total`, `sd`, `q0.5`.
  public var name: String {
    switch self {
    case .mean: "mean"
    case .total: "total"
    case .standardDeviation: "sd"
    case .quantile(let p): "q\(canonicalCode(p))"
    }
  }

  var isQuantile: Bool { if case .quantile = self { true } else { false } }
}

/// Means, totals, quantiles and standard deviations of one number in groups, or a ratio of two.
public struct Summary: Sendable {
  /// What was summarized: a variable's name, `A/B` for a ratio, empty for a count of people.
  public let variable: String
  /// The group variables.
  public let groupVariables: [Variable]
  /// The estimates: statistic after statistic, each by group.
  public let rows: [EstimateRow]
  /// The means, totals or ratios with their joint covariance, by statistic name, group after group;
  /// quantiles and standard deviations are not among them.
  public let estimates: [String: Estimates]
  /// Where every row of the file went.
  public let accounting: Accounting
}

extension Summary {
  /// Which estimates have no standard error, and why; which groups have no ratio.
  public var notes: [Note] {
    let noRatio = rows.filter { $0.statistic == "ratio" && $0.estimate.isNaN && $0.count > 0 }
      .map { "'\($0.groups.map(\.code).joined(separator: ","))'" }.joined(separator: ", ")
    let withoutRatio = Note(
      .warning, id: "summarize.no-ratio",
      "\(noRatio): the denominator adds up to zero, so there is no ratio", naming: [noRatio],
      at: variable)
    return (noRatio.isEmpty ? [] : [withoutRatio])
      + Note.unknownVariance(
        of: rows.filter { $0.standardError.isNaN && !$0.estimate.isNaN }.map { row in
          row.groups.isEmpty
            ? row.statistic
            : "\(row.statistic) ('\(row.groups.map(\.code).joined(separator: ","))')"
        }, at: variable.isEmpty ? nil : variable)
  }
}

extension Survey {
  /// Summarizes a number: means, totals, standard deviations and quantiles, by group.
  ///
  /// A mean is `ȳ = Σ w y ∕ Σ w` with influence `(y − ȳ) ∕ Σ w`, a total `Σ w y` with `y`. The
  /// standard deviation is the root of `s² = Σ w n∕(n − 1) (y − ȳ)² ∕ Σ w`, with `(n∕(n − 1) (y −
  /// ȳ)² − s²) ∕ (2 s Σ w)`. A quantile is read off the weighted distribution function by the rule;
  /// its interval is Woodruff's, that of the share at or below it, `(1[y ≤ q] − F(q)) ∕ Σ w`,
  /// mapped back through the function, and its error the width over `2t`.
  ///
  /// A total trusts the weights to add up to the population. A quantile of few different values has
  /// an interval of values, and often no error.
  ///
  /// - Parameters:
  ///   - variable: The variable's name; nil counts people, of which only the total is a number.
  ///   - groups: The names of variables whose combinations make the groups.
  ///   - statistics: What to say of it.
  ///   - options: Intervals and quantile rule.
  /// - Returns: Estimates in the variable's unit, of people as a number of people; intervals
  ///   `estimate ± t·se` but for quantiles. A standard error is NaN where the sample says nothing
  ///   of it, and a group in which nobody is has NaN throughout.
  /// - Throws: ``SurveyError`` for text, an empty base, or a stratum with one unit.
  /// - Complexity: O(rows); quantiles O(rows × log rows).
  /// - Note: Agrees with `svymean`, `svytotal`, `svyvar`, `svyquantile` and `svyby` of R's survey
  ///   4.5, intervals by `df = degf(design)`.
  /// - SeeAlso: Binder (1983), International Statistical Review 51; Woodruff (1952), Journal of the
  ///   American Statistical Association 47; Hyndman and Fan (1996), The American Statistician 50.
  public func summarize(
    _ variable: String?, by groups: [String] = [], statistics: [SummaryStatistic] = [.mean],
    options: EstimationOptions = EstimationOptions()
  ) throws -> Summary {
    let inputs =
      groups.map { (name: $0, view: ColumnView.codes) }
      + [variable].compactMap { $0 }.map { ($0, .numbers) }
    let needsPeople =
      options.quantileRule.isInterpolating && statistics.contains(where: \.isQuantile)
    if variable == nil {
      try requireNoStandard(
        for: "a number of people", remedy: "A group keeps its weight: leave out --standardize.")
    }
    return try summary(of: variable ?? "", by: groups, options: options) { survey in
      let survey =
        try needsPeople
        ? survey.withPeople(for: options.quantileRule) : survey.merged(over: inputs)
      try survey.dataset.load(inputs)
      let number = try variable.map { (name: $0, column: try survey.dataset.numeric($0)) }
      let frame = NumericFrame(
        survey: survey, cells: try Cases([number].compactMap { $0 }, by: groups, in: survey),
        name: variable ?? "", values: number?.column.values, options: options)
      try frame.requireSomebody()
      var rows: [EstimateRow] = []
      var estimates: [String: Estimates] = [:]
      for statistic in statistics {
        switch statistic {
        case .mean, .total:
          let result = try statistic == .mean ? frame.means() : frame.totals()
          estimates[statistic.name] = result.estimates
          rows += result.rows
        case .standardDeviation: rows += try frame.standardDeviations()
        case .quantile(let p): rows += try frame.quantiles(p)
        }
      }
      return (rows, estimates, frame.cells.accounting)
    }
  }

  /// A summary of what is found in every data set.
  private func summary(
    of name: String, by groups: [String], options: EstimationOptions,
    _ find: (Survey) throws -> (
      rows: [EstimateRow], estimates: [String: Estimates], accounting: Accounting
    )
  ) throws -> Summary {
    let found = try findings(find)
    // Accounts first: their errors tell best what differs.
    let accounting = try found.accounting(\.accounting)
    return Summary(
      variable: name, groupVariables: try groups.map { try dataset.variable($0) },
      rows: try found.rows(options: options, \.rows),
      estimates: Dictionary(
        uniqueKeysWithValues: try found.first.estimates.map { name, estimates in
          (name, try found.estimates { $0.estimates[name] ?? estimates })
        }), accounting: accounting)
  }

  /// Summarizes a number in the groups of a variable; see
  /// ``summarize(_:by:statistics:options:)-(String?,[String],_,_)``.
  ///
  /// - Returns: As of the other.
  /// - Throws: As the other.
  public func summarize(
    _ variable: String?, by group: String, statistics: [SummaryStatistic] = [.mean],
    options: EstimationOptions = EstimationOptions()
  ) throws -> Summary {
    try summarize(variable, by: [group], statistics: statistics, options: options)
  }

  /// Estimates the ratio of two totals, `Σ w·a ∕ Σ w·b`.
  ///
  /// The influence of `R` is `(a − R b) ∕ Σ w·b`. Only those count who answered both; the estimate
  /// leans a little in small samples, as every ratio.
  ///
  /// - Parameters:
  ///   - numerator: The name of `a`.
  ///   - denominator: The name of `b`.
  ///   - groups: The names of variables whose combinations make the groups.
  ///   - options: Intervals.
  /// - Returns: Ratios in the unit of `a` over that of `b`, with `R ± t·se`; NaN in a group whose
  ///   denominator adds up to zero, which a note names.
  /// - Throws: ``SurveyError`` for text, an empty base, a denominator that is zero everywhere, or a
  ///   stratum with one unit.
  /// - Complexity: O(rows).
  /// - Note: Agrees with `svyby(~a, ~g, denominator = ~b, design, svyratio)` of R's survey 4.1,
  ///   which the emitted program runs.
  /// - SeeAlso: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 5.6.
  public func ratio(
    _ numerator: String, over denominator: String, by groups: [String] = [],
    options: EstimationOptions = EstimationOptions()
  ) throws -> Summary {
    let inputs =
      groups.map { (name: $0, view: ColumnView.codes) }
      + [numerator, denominator].map { ($0, .numbers) }
    return try summary(of: "\(numerator)/\(denominator)", by: groups, options: options) { survey in
      let survey = try survey.merged(over: inputs)
      try survey.dataset.load(inputs)
      let a = try survey.dataset.numeric(numerator)
      let b = try survey.dataset.numeric(denominator)
      let cells = try Cases([(numerator, a), (denominator, b)], by: groups, in: survey)
      let frame = NumericFrame(
        survey: survey, cells: cells, name: "\(numerator)/\(denominator)", values: a.values,
        options: options)
      try frame.requireSomebody()
      let result = try frame.ratios(over: b.values)
      return (result.rows, ["ratio": result.estimates], cells.accounting)
    }
  }
}
