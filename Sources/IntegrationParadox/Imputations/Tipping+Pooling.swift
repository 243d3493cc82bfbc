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
