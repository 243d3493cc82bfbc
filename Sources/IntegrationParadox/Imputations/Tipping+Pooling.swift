internal import SurveyData
public import SurveyStatistics

extension Tipping: Poolable {
  /// Follows the gradient of imputed data: the prevalences are combined by Rubin's rules, and the
  /// points are those of the combined prevalences.
  ///
  /// - Returns: Prevalences and parameters as 0…1.
  /// - Throws: ``SurveyError`` where data sets have other levels.
  public static func pooled(
    _ imputations: [Tipping], options: EstimationOptions
  ) throws -> Tipping {
    try LevelPrevalence(pooling: imputations.map(\.prevalence), level: options.level)
      .tipping(imputations[0].options)
  }
}

extension LevelPrevalence {
  /// Combines the prevalences of imputed data by Rubin's rules.
  init(pooling imputations: [LevelPrevalence], level: Double) throws {
    let first = imputations[0]
    let same = try ImputedRows(imputations.map { Array(zip($0.levels, $0.observed)) }, of: nil) {
      $0.0.code
    }
    levels = first.levels
    counts = first.counts.indices.map { index in imputations.map { $0.counts[index] }.meanCount }
    observed = same.map { Difference(pooling: $0.map(\.1), level: level) }
    source = .imputations(imputations)
    accounting = try Accounting.pooled(imputations.map(\.accounting))
    notes = imputations.map(\.notes).joinedOnce
  }
}
