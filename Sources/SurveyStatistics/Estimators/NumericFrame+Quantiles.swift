internal import SurveyNumerics

extension NumericFrame {
  /// The quantile of a share of the weight with Woodruff's interval, in every group.
  ///
  /// The interval of the share at or below the quantile is mapped back through the distribution
  /// function by the same rule; the standard error is the interval's width over `2t`. Where a limit of
  /// the share leaves 0…1 there is no limit of the quantile and no standard error, nor where equal
  /// answers give a width of zero.
  ///
  /// - SeeAlso: Woodruff (1952), Journal of the American Statistical Association 47.
  /// - Note: Agrees with `svyquantile(…, qrule = …)` of R's survey 4.5 with its intervals `mean`
  ///   (the default here too), `beta`, `xlogit` and `asin`.
  func quantiles(_ p: Double) throws -> [EstimateRow] {
    let values = values ?? []
    let distributions = bases.indices.map { distribution(of: [$0]) }
    let estimates = distributions.map { $0.quantile(p, rule: options.quantileRule) }
    let shares = zip(distributions, estimates).map { $0.share(upTo: $1) }
    let totals =
      cells.replicates == nil
      ? try cells.totals(width: 1) { row, block, u in
        u[0] = ((values[row] <= estimates[block] ? 1 : 0) - shares[block]) / bases[block].weight
      }
      : try cells.means(width: 1) { row, block, f in
        f[0] = values[row] <= estimates[block] ? 1 : 0
      }.totals
    let name = SummaryStatistic.quantile(p).name
    return rows(name) { block in
      let df = totals.degreesOfFreedom[block]
      let error = totals.standardErrors(block, of: [shares[block]])[0]
      let share = Proportion(
        shares[block], standardError: error,
        base: bases[block].count, kishSize: bases[block].kishSize, degreesOfFreedom: df)
      guard error != 0 else {
        return row(
          name, block, estimate: estimates[block], error: 0,
          interval: ConfidenceInterval(low: estimates[block], high: estimates[block]),
          degreesOfFreedom: df, designEffect: .nan)
      }
      let interval = woodruff(share, in: distributions[block])
      let t = tQuantile(level: options.level, degreesOfFreedom: df)
      let width = interval.high - interval.low
      return row(
        name, block, estimate: estimates[block], error: width > 0 ? width / (2 * t) : .nan,
        interval: interval, degreesOfFreedom: df, designEffect: .nan)
    }
  }

  /// Woodruff's limits: where the distribution function reaches those of the share below the quantile.
  ///
  /// A limit at which the function would leave 0…1 does not exist; neither does where the variance of
  /// the share is not known, as that of everybody.
  func woodruff(_ share: Proportion, in distribution: WeightedDistribution) -> ConfidenceInterval {
    guard !share.standardError.isNaN else { return ConfidenceInterval(low: .nan, high: .nan) }
    let limits = share.interval(options.interval ?? .wald, level: options.level)
    func value(_ limit: Double) -> Double {
      limit > 0 && limit < 1 ? distribution.quantile(limit, rule: options.quantileRule) : .nan
    }
    return ConfidenceInterval(low: value(limits.low), high: value(limits.high))
  }
}
