package import SurveyStatistics
package import SurveyTables

extension Difference {
  /// The columns of an estimate with its test and interval.
  package static let figures = [
    "estimate", "std_error", "statistic", "df", "p_value", "conf_low", "conf_high",
  ]

  /// The values of `figures`.
  package var records: [Records.Value] {
    [
      .number(estimate), .number(standardError), .number(statistic), .number(degreesOfFreedom),
      .number(pValue), .number(interval.low), .number(interval.high),
    ]
  }
}
