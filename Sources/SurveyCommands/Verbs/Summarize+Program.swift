import SurveyData
import SurveyPrograms
import SurveyReports
import SurveyRequests
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

  /// What one table of variables of any kind is made of, for a program that does the same.
  func analysis(
    of entries: [TableOne.Entry], testing tests: TableOneTests, in survey: Survey
  ) throws -> Analysis {
    let groups = estimation.groups
    let parts = groups.isEmpty ? [[]] : [[], groups]
    func summaries(_ names: [String], _ statistics: [SummaryStatistic]) -> [Analysis] {
      parts.map { by in
        .summaries(
          SummaryAnalysis(
            names: names, ratios: [], groups: by, statistics: statistics, rule: quantileRule,
            correlated: [], scales: []))
      }
    }
    let described = try entries.map { entry -> DescriptionAnalysis.Entry in
      switch entry.figures {
      case .shares(let all, _):
        return DescriptionAnalysis.Entry(
          entry.name,
          parts.map { by in
            .shares(
              ShareAnalysis(
                names: [entry.name], groups: by, percentages: .row,
                test: entry.test == nil || by.isEmpty ? nil : tests.shares,
                bases: [(.answered, [])], answers: [], asked: [], hasBounds: false, shares: nil,
                counted: all.counted.map { [entry.name: $0] } ?? [:], letters: nil))
          })
      case .numbers(_, _, let figures):
        return DescriptionAnalysis.Entry(
          entry.name, summaries([entry.name], figures.flatMap(\.statistics)),
          comparison: try entry.test.map { test in
            .comparisons(
              ComparisonAnalysis(
                comparisons: [
                  try survey.compare(.mean(of: entry.name), across: groups).withoutEmptyGroups
                ], baseline: .reference(nil), adjustment: .none, hasTrend: false,
                ranked: RankTest(rawValue: test.test).map {
                  [ComparisonAnalysis.Ranked(variable: entry.name, isText: false, tests: [$0])]
                } ?? [], ties: .middle, shares: nil))
          })
      }
    }
    return .translated(
      DescriptionAnalysis(described, people: summaries([], [.total]), by: groups))
  }
}
