extension RankTestResult: Poolable {
  /// Combines rank tests of imputed data: people are ranked anew in each, mean scores combine by
  /// Rubin's rules, and their differences are tested by t (two groups) or D₁.
  ///
  /// - Returns: Mean scores and their test, as of one data set.
  /// - Throws: ``SurveyError`` where data sets have other groups.
  public static func pooled(
    _ imputations: [RankTestResult], options: EstimationOptions
  ) throws -> RankTestResult {
    let first = imputations[0]
    return RankTestResult(
      test: try TestResult.pooled(imputations.map { [$0.test] })[0],
      scores: try Estimates(pooling: imputations.map(\.scores)), groups: first.groups,
      stratum: first.stratum, accounting: try Accounting.pooled(imputations.map(\.accounting)))
  }
}
