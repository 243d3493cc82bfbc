extension Tabulation: Poolable {
  /// Combines tables of imputed answers; see ``EstimateRow`` for the intervals of shares.
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
