internal import Glibc
internal import SurveyData

extension EstimateRow {
  /// Combines rows of the same estimates by Rubin's rules, row by row.
  ///
  /// Intervals of shares are made on the logit scale (or by the method chosen) from the combined
  /// share, its total standard error and Barnard and Rubin's degrees of freedom, all others as
  /// `estimate ± t·se`. Correlations are combined on Fisher's scale, `tanh` of the mean of `atanh r`,
  /// and have their intervals there. Counts are rounded means.
  ///
  /// - SeeAlso: Schafer (1997), Analysis of Incomplete Multivariate Data, section 4.4.3.
  static func pooled(
    _ imputations: [[EstimateRow]], options: EstimationOptions
  ) throws -> [EstimateRow] {
    try imputations[0].indices.map { index in
      try EstimateRow(
        pooling: try imputations.map { rows in
          let first = imputations[0][index]
          guard rows.count == imputations[0].count, rows[index].isSame(as: first) else {
            let codes = ([first.category].compactMap { $0 } + first.groups).map { "'\($0.code)'" }
            throw SurveyError(
              .data, at: first.variable,
              "has other answers or groups in some imputations, at \(codes.joined(separator: ", "))",
              remedy: "List the codes in the codebook, or join categories that are rare.")
          }
          return rows[index]
        }, options: options)
    }
  }

  private func isSame(as other: EstimateRow) -> Bool {
    variable == other.variable && category?.code == other.category?.code
      && statistic == other.statistic && groups.map(\.code) == other.groups.map(\.code)
  }

  private init(pooling rows: [EstimateRow], options: EstimationOptions) throws {
    let isCorrelation = ["correlation", "item_rest"].contains(rows[0].statistic)
    let onFisherScale = isCorrelation && rows.allSatisfy { $0.estimate.magnitude < 1 }
    // A share of 0 or 1 in some data sets takes its variance from the others.
    let known = rows.map(\.standardError).filter { !$0.isNaN }
    let usual = mean(known.map { $0 * $0 }).squareRoot()
    let pooled = PooledEstimate(
      rows.map { onFisherScale ? atanh($0.estimate) : $0.estimate },
      standardErrors: rows.map {
        onFisherScale
          ? $0.standardError / (1 - $0.estimate * $0.estimate)
          : $0.isExact ? usual : $0.standardError
      }, degreesOfFreedom: rows.map(\.degreesOfFreedom))
    func count(_ part: (EstimateRow) -> Int) -> Int {
      Int(mean(rows.map { Double(part($0)) }).rounded())
    }
    let value = onFisherScale ? tanh(pooled.estimate) : pooled.estimate
    let error = pooled.standardError * (onFisherScale ? 1 - value * value : 1)
    let df = pooled.degreesOfFreedom
    let base = count(\.base)
    // The variance of a simple random sample, of which the design effect is a multiple.
    let simple = mean(rows.map { $0.standardError * $0.standardError / $0.designEffect })
    var interval = ConfidenceInterval.wald(
      value, error, degreesOfFreedom: df, level: options.level)
    var flags: [ReliabilityFlag] = []
    switch rows[0].statistic {
    case "share" where rows.allSatisfy(\.isExact):
      (interval, flags) = (rows[0].interval, rows[0].flags)
    case "share":
      let share = Proportion(
        value, standardError: error, base: base, kishSize: .nan, degreesOfFreedom: df)
      interval = share.interval(options.interval ?? .logit, level: options.level)
      flags = options.reliability.flags(for: share)
    case _ where isCorrelation:
      interval = .fisher(value, error, degreesOfFreedom: df, level: options.level)
    default: break
    }
    // A quantile's own interval is not symmetric; it stands where nothing was imputed.
    if pooled.information.fraction == 0 { (interval, flags) = (rows[0].interval, rows[0].flags) }
    self.init(
      variable: rows[0].variable, category: rows[0].category, statistic: rows[0].statistic,
      groups: rows[0].groups, count: count(\.count),
      weightedCount: mean(rows.map(\.weightedCount)), base: base, estimate: value,
      standardError: error, interval: interval, degreesOfFreedom: df,
      designEffect: error * error / simple, flags: flags,
      isExact: rows.allSatisfy(\.isExact), missingInformation: pooled.information)
  }
}
