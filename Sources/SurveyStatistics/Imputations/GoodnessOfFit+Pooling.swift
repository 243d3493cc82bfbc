extension GoodnessOfFit: Poolable {
  /// Combines tests of imputed answers by D₂, which has no scale of its own.
  public static func pooled(
    _ imputations: [GoodnessOfFit], options: EstimationOptions
  ) throws -> GoodnessOfFit {
    GoodnessOfFit(test: try TestResult.pooled(imputations.map { [$0.test] })[0], scale: 1)
  }
}
