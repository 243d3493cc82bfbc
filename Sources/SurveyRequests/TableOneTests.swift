package import SurveyStatistics

/// Which test each row of a table of variables of any kind has.
package struct TableOneTests: Sendable {
  /// How numbers are tested.
  package enum OfNumbers: Hashable, Sendable {
    /// That the groups have the same mean.
    case means
    /// That they have the same ranks.
    case ranks(RankTest)
  }

  /// The test that answers are independent of groups.
  package var shares = IndependenceStatistic.f
  /// The test of numbers; nil means that of means where means are shown, otherwise that of ranks.
  package var numbers: OfNumbers?
  /// Whether there are tests at all.
  package var areWanted = true

  /// The usual tests.
  package init() {}
}
