internal import Glibc
package import SurveyModels
package import SurveyTables

/// The machine-readable rows of a model.
package struct ModelRecords {
  package let fit: ModelFit
  /// Whether odds ratios stand beside the coefficients.
  package let exponentiate: Bool

  package init(_ fit: ModelFit, exponentiate: Bool) {
    self.fit = fit
    self.exponentiate = exponentiate
  }

  /// The columns of a coefficient.
  static let columns = [
    "term", "variable", "category", "estimate", "std_error", "statistic", "df", "p_value",
    "conf_low", "conf_high",
  ]
  /// The columns of its odds ratio, or ratio of means.
  static let ratios = ["exp_estimate", "exp_conf_low", "exp_conf_high"]

  /// One row a coefficient.
  package var rows: Records {
    let isImputed = fit.rows.contains { $0.missingInformation != nil }
    return Records(
      "rows",
      columns: Self.columns + (exponentiate ? Self.ratios : [])
        + (isImputed ? EstimateRecords.imputationFigures : []),
      rows: fit.rows.map { row in
        let values: [Records.Value] = [
          .text(row.term), .text(row.variable), row.category.map { .text($0) } ?? .empty,
          .number(row.estimate), .number(row.standardError), .number(row.statistic),
          .number(row.degreesOfFreedom), .number(row.pValue), .number(row.interval.low),
          .number(row.interval.high),
        ]
        let exponents = [row.estimate, row.interval.low, row.interval.high]
        return values + (exponentiate ? exponents.map { .number(exp($0)) } : [])
          + (isImputed ? EstimateRecords.values(row.missingInformation) : [])
      })
  }

  /// How the model fits, one row.
  package func summary(_ statistics: FitStatistics) -> Records {
    let goodness = statistics.goodness
    return Records(
      "fit",
      columns: [
        "family", "event", "n", "weighted_n", "deviance", "null_deviance", "df", "aic",
        "effective_parameters", "bic", "r2", "r2_cox_snell", "r2_nagelkerke", "r2_mcfadden",
        "roc_area", "archer_lemeshow", "archer_lemeshow_df1", "archer_lemeshow_df2",
        "archer_lemeshow_p", "dispersion",
      ],
      rows: [
        [
          .text(fit.family.rawValue), fit.event.map { .text($0) } ?? .empty,
          .integer(fit.count), .number(fit.weightedCount), .number(fit.deviance),
          .number(fit.nullDeviance), .number(fit.rows.first?.degreesOfFreedom ?? .nan),
          .number(statistics.aic), .number(statistics.effectiveParameters),
          .number(statistics.bic), .number(statistics.rSquared), .number(statistics.coxSnell),
          .number(statistics.nagelkerke), .number(statistics.mcFadden),
          .number(statistics.rocArea), .number(goodness?.statistic ?? .nan),
          .number(goodness?.df1 ?? .nan), .number(goodness?.df2 ?? .nan),
          .number(goodness?.pValue ?? .nan), .number(statistics.dispersion),
        ]
      ])
  }
}
