import SurveyData
import SurveyStatistics

/// Statistics of numbers as `summarize` makes them.
struct SummaryAnalysis {
  let names: [String]
  let ratios: [(String, String)]
  let groups: [String]
  let statistics: [SummaryStatistic]
  let rule: QuantileRule
  /// The numbers whose correlations are asked for.
  let correlated: [String]
  /// The items of every scale, each with what it is subtracted from when it is reversed.
  let scales: [[(item: String, turn: Double?)]]

  /// Whether people are counted.
  var countsPeople: Bool {
    names.isEmpty && ratios.isEmpty && scales.isEmpty && correlated.isEmpty
  }
}

extension Summarize {
  /// What is summarized, for a program that does the same.
  func analysis(
    of survey: Survey, _ statistics: [SummaryStatistic], _ ratios: [(String, String)]
  ) throws -> Analysis {
    let isAsked = statistic != nil || quantiles != nil
    let scales = try scaling.scale.map { items in
      try survey.scale(
        items.names, reversing: (scaling.reverse?.names ?? []).filter(items.names.contains))
    }
    return .summaries(
      SummaryAnalysis(
        names: scaling.correlations && !isAsked ? [] : variables, ratios: ratios,
        groups: estimation.groups, statistics: statistics, rule: quantileRule,
        correlated: scaling.correlations ? variables : [],
        scales: scales.map { zip($0.items.map(\.name), $0.turns).map { (item: $0, turn: $1) } }))
  }
}
