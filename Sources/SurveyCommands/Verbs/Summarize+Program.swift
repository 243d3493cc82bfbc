import SurveyData
import SurveyPrograms
import SurveyStatistics

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
