internal import Glibc
package import SurveyData
package import SurveyModels
package import SurveyStatistics
package import SurveyTables

/// A parameter of a model with its test, as records hold it.
package protocol ParameterRow {
  var term: String { get }
  var variable: String { get }
  var category: String? { get }
  var estimate: Double { get }
  var standardError: Double { get }
  var statistic: Double { get }
  var degreesOfFreedom: Double { get }
  var pValue: Double { get }
  var interval: ConfidenceInterval { get }
  var missingInformation: MissingInformation? { get }
  /// The answer whose equation it stands in; nil where there is one equation.
  var outcome: Category? { get }
}

extension ModelRow: ParameterRow {
  package var outcome: Category? { nil }
}

extension CategoryRow: ParameterRow {}

extension ReportedFit {
  /// One row a parameter; a multinomial model has the answer in front, and ratios stand behind.
  package func records(exponentiate: Bool) -> Records {
    let isImputed = rows.contains { $0.missingInformation != nil }
    return Records(
      "rows",
      columns: (hasOutcomes ? ["outcome"] : []) + [
        "term", "variable", "category", "estimate", "std_error", "statistic", "df", "p_value",
        "conf_low", "conf_high",
      ] + (exponentiate ? ["exp_estimate", "exp_conf_low", "exp_conf_high"] : [])
        + (isImputed ? EstimateRecords.imputationFigures : []),
      rows: rows.map { row in
        let outcome: [Records.Value] = hasOutcomes ? [.text(row.outcome?.code ?? "")] : []
        let values: [Records.Value] = [
          .text(row.term), .text(row.variable), row.category.map { .text($0) } ?? .empty,
          .number(row.estimate), .number(row.standardError), .number(row.statistic),
          .number(row.degreesOfFreedom), .number(row.pValue), .number(row.interval.low),
          .number(row.interval.high),
        ]
        let exponents = [row.estimate, row.interval.low, row.interval.high]
        return outcome + values + (exponentiate ? exponents.map { .number(exp($0)) } : [])
          + (isImputed ? EstimateRecords.values(row.missingInformation) : [])
      })
  }
}

extension ModelFit {
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
          .text(family.rawValue), event.map { .text($0) } ?? .empty,
          .integer(count), .number(weightedCount), .number(deviance),
          .number(nullDeviance), .number(rows.first?.degreesOfFreedom ?? .nan),
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

extension CategoryFit {
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
          .text(family.rawValue),
          family == .multinomial ? .text(categories[0].code) : .empty,
          .integer(categories.count), .integer(count), .number(weightedCount),
          .number(deviance), .number(nullDeviance),
          .number(rows.first?.degreesOfFreedom ?? .nan), .number(statistics.aic),
          .number(statistics.effectiveParameters), .number(statistics.bic),
          .number(statistics.coxSnell), .number(statistics.nagelkerke),
          .number(statistics.mcFadden),
        ]
      ])
  }
}
