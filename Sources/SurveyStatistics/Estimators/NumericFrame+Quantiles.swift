internal import SurveyNumerics

extension NumericFrame {
  /// The quantile of a share of the weight with Woodruff's interval, in every group.
  ///
  /// The interval of the share at or below the quantile is mapped back through the distribution
  /// function by the same rule; the standard error is the interval's width over `2t`.
  ///
  /// - SeeAlso: Woodruff (1952), Journal of the American Statistical Association 47.
  /// - Note: Agrees with `svyquantile(…, qrule = …)` of R's survey 4.5 with its intervals `mean`
  ///   (the default here too), `beta`, `xlogit` and `asin`.
  func quantiles(_ p: Double) throws -> [EstimateRow] {
    let values = values ?? []
    let distributions = bases.indices.map(distribution)
    let estimates = distributions.map { $0.quantile(p, rule: options.quantileRule) }
    let shares = zip(distributions, estimates).map { $0.share(upTo: $1) }
    let totals = try cells.unitTotals(width: 1, in: survey) { row, block, u in
      u[0] = ((values[row] <= estimates[block] ? 1 : 0) - shares[block]) / bases[block].weight
    }
    let name = SummaryStatistic.quantile(p).name
    return bases.indices.map { block in
      let df = totals.degreesOfFreedom[block]
      let share = Proportion(
        shares[block], standardError: totals.standardErrors(block)[0],
        base: bases[block].count, kishSize: bases[block].kishSize, degreesOfFreedom: df)
      let limits = share.interval(options.interval ?? .wald, level: options.level)
      let interval = ConfidenceInterval(
        low: distributions[block].quantile(limits.low, rule: options.quantileRule),
        high: distributions[block].quantile(limits.high, rule: options.quantileRule))
      let t = tQuantile(level: options.level, degreesOfFreedom: df)
      return row(
        name, block, estimate: estimates[block], error: (interval.high - interval.low) / (2 * t),
        interval: interval, degreesOfFreedom: df, designEffect: .nan)
    }
  }
}
