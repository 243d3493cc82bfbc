import SurveyData
import SurveyStatistics

/// Comparisons as `compare` makes them, with the trends and rank tests beside them.
struct ComparisonAnalysis {
  let comparisons: [Comparison]
  let baseline: Baseline
  let adjustment: Adjustment
  /// Whether the estimates are followed over the groups.
  let hasTrend: Bool
  /// The rank tests of every variable.
  let ranked: [Ranked]
  let ties: TieRule
  /// The shares that answers are said to have, scaled to add up to one; nil when none are.
  let shares: [(code: String, share: Double)]?

  /// The rank tests of a variable.
  struct Ranked {
    let variable: String
    /// Whether its answers are ordered texts.
    let isText: Bool
    let tests: [RankTest]
  }
}

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

extension ShareList {
  /// The shares in the order of the answers, scaled to add up to one.
  func scaled(in survey: Survey, of variable: String) throws -> [(code: String, share: Double)] {
    let categories = try survey.dataset.categorical(variable).categories
    let shares = try shares.byCode(of: variable, among: categories)
    let sum = shares.values.reduce(0, +)
    return categories.compactMap { category in
      shares[category.code].map { (category.code, $0 / sum) }
    }
  }
}
