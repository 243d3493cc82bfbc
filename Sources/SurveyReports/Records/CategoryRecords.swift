internal import Glibc
package import SurveyModels
package import SurveyTables

/// The machine-readable rows of a model of several answers.
package struct CategoryRecords {
  package let fit: CategoryFit
  /// Whether ratios stand beside the coefficients.
  package let exponentiate: Bool

  package init(_ fit: CategoryFit, exponentiate: Bool) {
    self.fit = fit
    self.exponentiate = exponentiate
  }

  /// One row a parameter; a multinomial model has the answer in front.
  package var rows: Records {
    let isMultinomial = fit.family == .multinomial
    let isImputed = fit.rows.contains { $0.missingInformation != nil }
    return Records(
      "rows",
      columns: (isMultinomial ? ["outcome"] : []) + ModelRecords.columns
        + (exponentiate ? ModelRecords.ratios : [])
        + (isImputed ? EstimateRecords.imputationFigures : []),
      rows: fit.rows.map { row in
        var values: [Records.Value] = isMultinomial ? [.text(row.outcome?.code ?? "")] : []
        values += [
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
    Records(
      "fit",
      columns: [
        "family", "base", "categories", "n", "weighted_n", "deviance", "null_deviance", "df", "aic",
        "effective_parameters", "bic", "r2_cox_snell", "r2_nagelkerke", "r2_mcfadden",
      ],
      rows: [
        [
          .text(fit.family.rawValue),
          fit.family == .multinomial ? .text(fit.categories[0].code) : .empty,
          .integer(fit.categories.count), .integer(fit.count), .number(fit.weightedCount),
          .number(fit.deviance), .number(fit.nullDeviance),
          .number(fit.rows.first?.degreesOfFreedom ?? .nan), .number(statistics.aic),
          .number(statistics.effectiveParameters), .number(statistics.bic),
          .number(statistics.coxSnell), .number(statistics.nagelkerke),
          .number(statistics.mcFadden),
        ]
      ])
  }
}
