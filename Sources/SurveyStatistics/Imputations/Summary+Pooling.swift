extension Summary: Poolable {
  /// Combines summaries of imputed answers by Rubin's rules, intervals `estimate ± t·se`.
  ///
  /// - Returns: Estimates in the variable's unit.
  /// - Throws: ``SurveyError`` where data sets have other groups.
  public static func pooled(
    _ imputations: [Summary], options: EstimationOptions
  ) throws -> Summary {
    let first = imputations[0]
    // Accounts first: their errors tell best what differs.
    let accounting = try Accounting.pooled(imputations.map(\.accounting))
    var estimates: [String: Estimates] = [:]
    for statistic in first.estimates.keys {
      estimates[statistic] = try Estimates(
        pooling: imputations.compactMap { $0.estimates[statistic] })
    }
    return Summary(
      variable: first.variable, groupVariables: first.groupVariables,
      rows: try EstimateRow.pooled(imputations.map(\.rows), options: options),
      estimates: estimates, accounting: accounting)
  }
}

extension Scale: Poolable {
  /// Combines analyses of imputed items; quartiles have intervals `estimate ± t·se`.
  ///
  /// - Returns: Alpha and correlations on their scales, scores in the unit of the items.
  /// - Throws: ``SurveyError`` where data sets have other groups.
  public static func pooled(_ imputations: [Scale], options: EstimationOptions) throws -> Scale {
    let first = imputations[0]
    let accounting = try Accounting.pooled(imputations.map(\.accounting))
    return Scale(
      items: first.items, turns: first.turns, groupVariables: first.groupVariables,
      rows: try EstimateRow.pooled(imputations.map(\.rows), options: options),
      estimates: try Estimates(pooling: imputations.map(\.estimates)), accounting: accounting,
      notes: first.notes)
  }
}

extension Correlations: Poolable {
  /// Combines correlations of imputed answers as `atanh r` by Rubin's rules, with Fisher's
  /// intervals.
  ///
  /// - Returns: Correlations between −1 and 1; `estimates` has their plain means.
  /// - Throws: ``SurveyError`` where data sets have other groups.
  /// - SeeAlso: Schafer (1997), Analysis of Incomplete Multivariate Data, section 4.4.3.
  public static func pooled(
    _ imputations: [Correlations], options: EstimationOptions
  ) throws -> Correlations {
    let first = imputations[0]
    let accounting = try Accounting.pooled(imputations.map(\.accounting))
    let rows = try EstimateRow.pooled(
      imputations.map { $0.rows.map(\.estimate) }, options: options)
    return Correlations(
      variables: first.variables, groupVariables: first.groupVariables,
      rows: zip(rows, first.rows).map { Row($0, with: $1.other) },
      estimates: try Estimates(pooling: imputations.map(\.estimates)), accounting: accounting)
  }
}
