internal import SurveyStatistics
internal import SurveyTables

extension Difference {
  /// The columns of an estimate with its test and interval.
  static let figures = [
    "estimate", "std_error", "statistic", "df", "p_value", "conf_low", "conf_high",
  ]

  /// The values of `figures`.
  var records: [Records.Value] {
    [
      .number(estimate), .number(standardError), .number(statistic), .number(degreesOfFreedom),
      .number(pValue), .number(interval.low), .number(interval.high),
    ]
  }

  /// Its cell in a table.
  func cell(as format: Table.Format) -> Table.Cell {
    interval.cell(estimate, as: format)
  }
}

extension ConfidenceInterval {
  /// An estimate with this interval in a table.
  func cell(_ estimate: Double, as format: Table.Format) -> Table.Cell {
    .estimate(
      Table.Quantity(estimate, as: format), low: low.isNaN ? nil : low,
      high: high.isNaN ? nil : high, mark: "")
  }
}

extension ResultContext {
  /// A variable's label, or the text itself where it is none, such as a condition.
  func title(of name: String) -> String {
    (try? survey.dataset.variable(name))?.title(in: language) ?? name
  }

  /// The interval of a share with this error.
  func interval(ofShare share: Difference, base: Int) -> ConfidenceInterval {
    Proportion(
      share.estimate, standardError: share.standardError, base: base, kishSize: Double(base),
      degreesOfFreedom: share.degreesOfFreedom
    ).interval(options.interval ?? .logit, level: options.level)
  }
}
