internal import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

extension ModelFit: Poolable {
  /// Combines fits to imputed data by Rubin's rules: coefficients with Barnard and Rubin's degrees
  /// of freedom, tests of terms by D₁; deviances are means.
  ///
  /// - Returns: Coefficients in their unit, as of one data set.
  /// - Throws: ``SurveyError`` where data sets have other coefficients.
  public static func pooled(
    _ imputations: [ModelFit], options: EstimationOptions
  ) throws -> ModelFit {
    var fit = imputations[0]
    _ = try Accounting.pooled(imputations.map(\.accounting))
    for (number, other) in imputations.enumerated() where other.terms != fit.terms {
      let all = (Set(fit.terms).symmetricDifference(other.terms)).sorted()
      throw SurveyError(
        .data, at: fit.formula.source,
        "'\(all.first ?? fit.formula.source)' has a coefficient in imputation 1 or \(number + 1) only",
        remedy: "List the codes in the codebook, or join categories that are rare.")
    }
    fit.estimates = try Estimates(pooling: imputations.map(\.estimates))
    fit.rows = fit.rows.indices.map { index in
      let (value, error) = (fit.estimates.values[index], fit.estimates.standardErrors[index])
      let df = fit.estimates.degreesOfFreedom[index]
      return ModelRow(
        column: fit.rows[index].column, estimate: value, standardError: error,
        degreesOfFreedom: df,
        pValue: 2 * Distribution.t(degreesOfFreedom: df).upperTail(abs(value / error)),
        interval: .wald(value, error, degreesOfFreedom: df, level: options.level),
        missingInformation: fit.estimates.missingInformation[index])
    }
    fit.tests = try TestResult.pooled(imputations.map(\.tests))
    fit.deviance = mean(imputations.map(\.deviance))
    fit.nullDeviance = mean(imputations.map(\.nullDeviance))
    fit.imputations = imputations
    return fit
  }

  private var terms: [String] { rows.map(\.term) }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}
