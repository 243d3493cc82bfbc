import SurveyData
import SurveyPrograms
import SurveyStatistics

extension Compare {
  /// What is compared, for a program that does the same.
  func analysis(of survey: Survey) throws -> Analysis {
    let options = estimation.options(for: survey.dataset.codebook)
    let comparisons = try (isPaired ? [variables[0]] : variables).map {
      try comparison(of: $0, in: survey, options: options).withoutEmptyGroups
    }
    let ranked =
      try (comparison.rank.isEmpty ? [] : variables).map { name in
        let variable = try survey.dataset.variable(name)
        return ComparisonAnalysis.Ranked(
          variable: name,
          isText: variable.type == .text || variable.categories.contains { $0.number == nil },
          tests: comparison.rank)
      }
    return .comparisons(
      ComparisonAnalysis(
        comparisons: comparisons,
        baseline: comparison.against.baseline(reference: comparison.reference),
        adjustment: comparison.adjust,
        hasTrend: comparison.trend, ranked: ranked, ties: comparison.ties,
        shares: try comparison.shares.map { try $0.scaled(in: survey, of: variables[0]) }))
  }
}
