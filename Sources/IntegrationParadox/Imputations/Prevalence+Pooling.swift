internal import SurveyData
public import SurveyStatistics

extension Prevalence: Poolable {
  /// Combines shares of imputed answers by Rubin's rules, with intervals by the method of the
  /// options; the equality of groups is tested by D₁.
  ///
  /// - Returns: Shares 0…1.
  /// - Throws: ``SurveyError`` where data sets have other groups.
  public static func pooled(
    _ imputations: [Prevalence], options: EstimationOptions
  ) throws -> Prevalence {
    let first = imputations[0]
    let accounting = try Accounting.pooled(imputations.map(\.accounting))
    let rows = try ImputedRows(imputations.map(\.rows), of: first.item) { $0.group?.code }
    return Prevalence(
      item: first.item,
      rows: rows.map { rows in
        let share = Difference(pooling: rows.map(\.share), level: options.level)
        let count = rows.map(\.count).meanCount
        return Row(
          group: rows[0].group, count: count, share: share,
          interval: Proportion(
            share.estimate, standardError: share.standardError, base: count,
            kishSize: Double(count), degreesOfFreedom: share.degreesOfFreedom,
            isKnown: share.standardError == 0
          ).interval(options.interval ?? .logit, level: options.level))
      },
      equality: try TestResult.pooled(imputations.map { [$0.equality].compactMap { $0 } }).first,
      accounting: accounting, notes: imputations.map(\.notes).joinedOnce)
  }
}
