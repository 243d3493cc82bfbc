import SurveyData
package import SurveyStatistics

/// Comparisons as `compare` makes them, with the trends and rank tests beside them.
package struct ComparisonAnalysis {
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

  /// Says what is compared.
  package init(
    comparisons: [Comparison], baseline: Baseline, adjustment: Adjustment, hasTrend: Bool,
    ranked: [Ranked], ties: TieRule, shares: [(code: String, share: Double)]?
  ) {
    self.comparisons = comparisons
    self.baseline = baseline
    self.adjustment = adjustment
    self.hasTrend = hasTrend
    self.ranked = ranked
    self.ties = ties
    self.shares = shares
  }

  /// The rank tests of a variable.
  package struct Ranked {
    let variable: String
    /// Whether its answers are ordered texts.
    let isText: Bool
    let tests: [RankTest]

    /// Says how a variable is ranked.
    package init(
      variable: String, isText: Bool, tests: [RankTest]
    ) {
      self.variable = variable
      self.isText = isText
      self.tests = tests
    }
  }
}
