extension GoodnessOfFit: Poolable {
  /// Combines tests of imputed answers by D₂, which has no scale of its own.
  ///
  /// - Returns: D₂, at least 0, with `scale` 1.
  /// - Throws: ``SurveyError`` where data sets have different tests.
  /// - SeeAlso: Li, Meng, Raghunathan and Rubin (1991), Statistica Sinica 1.
  public static func pooled(
    _ imputations: [GoodnessOfFit], options: EstimationOptions
  ) throws -> GoodnessOfFit {
    GoodnessOfFit(test: try TestResult.pooled(imputations.map { [$0.test] })[0], scale: 1)
  }
}
