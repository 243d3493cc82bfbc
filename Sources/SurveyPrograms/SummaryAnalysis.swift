import SurveyData
package import SurveyStatistics

/// Statistics of numbers as `summarize` makes them.
package struct SummaryAnalysis {
  let names: [String]
  let ratios: [(String, String)]
  let groups: [String]
  let statistics: [SummaryStatistic]
  let rule: QuantileRule
  /// The numbers whose correlations are asked for.
  let correlated: [String]
  /// The items of every scale, each with what it is subtracted from when it is reversed.
  let scales: [[(item: String, turn: Double?)]]

  /// Says what is summarized.
  package init(
    names: [String], ratios: [(String, String)], groups: [String], statistics: [SummaryStatistic],
    rule: QuantileRule, correlated: [String], scales: [[(item: String, turn: Double?)]]
  ) {
    self.names = names
    self.ratios = ratios
    self.groups = groups
    self.statistics = statistics
    self.rule = rule
    self.correlated = correlated
    self.scales = scales
  }

  /// Whether people are counted.
  var countsPeople: Bool {
    names.isEmpty && ratios.isEmpty && scales.isEmpty && correlated.isEmpty
  }
}
