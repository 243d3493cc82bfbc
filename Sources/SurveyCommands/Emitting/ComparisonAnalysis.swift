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
    let groups = estimation.groups
    let adjustment = comparison.adjust
    let baseline = comparison.against.baseline(reference: comparison.reference)
    let comparisons: [Comparison]
    if isPaired {
      let estimand = try comparison.estimand(variables[0], in: survey.dataset)
      comparisons = [
        try survey.compare(
          estimand, with: variables[1], by: groups, measure: comparison.measure,
          adjustment: adjustment)
      ]
    } else {
      comparisons = try variables.map { name in
        if let shares = comparison.shares?.shares {
          return try survey.compare(name, toShares: shares, by: groups, adjustment: adjustment)
        }
        let estimand = try comparison.estimand(name, in: survey.dataset)
        if let value = comparison.value {
          return try survey.compare(
            estimand, to: value, by: groups, measure: comparison.measure, adjustment: adjustment)
        }
        return try survey.compare(
          estimand, across: groups, against: baseline, within: comparison.within,
          measure: comparison.measure, adjustment: adjustment)
      }
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
        comparisons: comparisons, baseline: baseline, adjustment: adjustment,
        hasTrend: comparison.trend, ranked: ranked, ties: comparison.ties,
        shares: try comparison.shares.map { try $0.scaled(in: survey, of: variables[0]) }))
  }
}

extension ShareList {
  /// The shares in the order of the answers, scaled to add up to one.
  func scaled(in survey: Survey, of variable: String) throws -> [(code: String, share: Double)] {
    let sum = shares.values.reduce(0, +)
    return try survey.dataset.categorical(variable).categories.compactMap { category in
      shares[category.code].map { (category.code, $0 / sum) }
    }
  }
}
