internal import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

extension CategoryFit: Poolable {
  /// Combines fits to imputed data by Rubin's rules.
  ///
  /// Parameters have Barnard and Rubin's degrees of freedom, tests are made by D₁, deviances are
  /// means. A test that one data set has not is left out.
  ///
  /// - Returns: Parameters as logarithms of odds or of ratios of chances, as of one data set.
  /// - Throws: ``SurveyError`` where data sets have other answers or parameters.
  public static func pooled(
    _ imputations: [CategoryFit], options: EstimationOptions
  ) throws -> CategoryFit {
    var fit = imputations[0]
    _ = try Accounting.pooled(imputations.map(\.accounting))
    fit.estimates = try Estimates(pooling: imputations.map(\.estimates))
    fit.rows = fit.rows.indices.map {
      CategoryRow(place: fit.rows[$0].place, of: fit.estimates, at: $0, level: options.level)
    }
    fit.tests = try TestResult.pooled(imputations.map(\.tests), leavingOutOthers: true)
    let m = Double(imputations.count)
    fit.deviance = imputations.reduce(0) { $0 + $1.deviance } / m
    fit.nullDeviance = imputations.reduce(0) { $0 + $1.nullDeviance } / m
    fit.imputations = imputations
    return fit
  }
}
