package import SurveyData
package import SurveyRequests
package import SurveyStatistics

/// Distributions as `tabulate` makes them, with what stands beside them.
package struct ShareAnalysis {
  let names: [String]
  let groups: [String]
  let percentages: Percentages
  let test: IndependenceStatistic?
  /// Whom percentages are of, each with the reasons for a missing answer that count.
  let bases: [(base: PercentageBase, kept: Set<MissingReason>)]
  /// Those of them that are answers by `--keep`.
  let answers: Set<MissingReason>
  /// The reasons that count among those who were asked, for bounds.
  let asked: Set<MissingReason>
  let hasBounds: Bool
  /// The shares that answers are said to have, scaled to add up to one; nil when none are.
  let shares: [(code: String, share: Double)]?
  /// The only answer that is shown of a variable, on each base; none where all are.
  var counted: [String: CountedAnswer] = [:]
  /// The letters that say which groups a share exceeds; nil when there are none.
  let letters: LetterOptions?

  /// Says what is tabulated.
  package init(
    names: [String], groups: [String], percentages: Percentages, test: IndependenceStatistic?,
    bases: [(base: PercentageBase, kept: Set<MissingReason>)], answers: Set<MissingReason>,
    asked: Set<MissingReason>, hasBounds: Bool, shares: [(code: String, share: Double)]?,
    counted: [String: CountedAnswer] = [:], letters: LetterOptions?
  ) {
    self.names = names
    self.groups = groups
    self.percentages = percentages
    self.test = test
    self.bases = bases
    self.answers = answers
    self.asked = asked
    self.hasBounds = hasBounds
    self.shares = shares
    self.counted = counted
    self.letters = letters
  }
}
