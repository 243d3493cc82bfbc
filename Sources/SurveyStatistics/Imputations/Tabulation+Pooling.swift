extension Tabulation: Poolable {
  /// Combines tables of imputed answers by Rubin's rules.
  ///
  /// Intervals are made of the combined shares by the method of the options. A share of 0 or 1 in
  /// some data sets takes its variance in `rows` from the others; in `estimates` it has none.
  ///
  /// - Returns: Shares between 0 and 1.
  /// - Throws: ``SurveyError`` where data sets have other answers or groups.
  public static func pooled(
    _ imputations: [Tabulation], options: EstimationOptions
  ) throws -> Tabulation {
    let first = imputations[0]
    let accounting = try Accounting.pooled(imputations.map(\.accounting))
    return Tabulation(
      variable: first.variable, groupVariables: first.groupVariables,
      percentages: first.percentages, kept: first.kept, counted: first.counted,
      rows: try EstimateRow.pooled(imputations.map(\.rows), options: options),
      totals: try EstimateRow.pooled(imputations.map(\.totals), options: options),
      estimates: try Estimates(pooling: imputations.map(\.estimates)),
      accounting: accounting, cells: first.cells,
      roster: first.roster, imputations: imputations)
  }
}
