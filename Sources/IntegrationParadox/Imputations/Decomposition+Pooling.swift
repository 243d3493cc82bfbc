internal import SurveyData
public import SurveyStatistics

extension Decomposition: Poolable {
  /// Combines decompositions of imputed data by Rubin's rules, part by part; shares are those of
  /// the combined parts in the combined gap.
  ///
  /// - Returns: Parts in the unit of the gap.
  /// - Throws: ``SurveyError`` where data sets have other groups or covariates.
  public static func pooled(
    _ imputations: [Decomposition], options: EstimationOptions
  ) throws -> Decomposition {
    let first = imputations[0]
    let accounting = try Accounting.pooled(imputations.map(\.accounting))
    let rows = try ImputedRows(imputations.map(\.rows), of: first.event) {
      [$0.component.rawValue, $0.variable]
    }.map { rows in
      (row: rows[0], part: Difference(pooling: rows.map(\.difference), level: options.level))
    }
    let means = try ImputedRows(imputations.map(\.means), of: first.event, by: \.group.code)
    let gap = rows.first { $0.row.component == .gap }?.part.estimate ?? .nan
    return Decomposition(
      rows: rows.map {
        Row(
          component: $0.row.component, variable: $0.row.variable, difference: $0.part,
          share: $0.part.estimate / gap)
      },
      means: means.map { means in
        Mean(
          group: means[0].group, count: means.map(\.count).meanCount,
          difference: Difference(pooling: means.map(\.difference), level: options.level))
      }, reference: first.reference, group: first.group, event: first.event,
      accounting: accounting, notes: imputations.map(\.notes).joinedOnce)
  }
}
