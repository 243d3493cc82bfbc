import SurveyData
import SurveyStatistics

/// Distributions as `tabulate` makes them, with what stands beside them.
struct ShareAnalysis {
  let names: [String]
  let groups: [String]
  let percentages: Percentages
  let test: IndependenceStatistic?
  /// Whom percentages are of, each with the reasons for a missing answer that count.
  let bases: [(base: PercentageBase, kept: Set<MissingReason>)]
  /// Those of them that are answers by `--keep`.
  let answers: Set<MissingReason>
  let hasBounds: Bool
  /// The shares that answers are said to have, scaled to add up to one; nil when none are.
  let shares: [(code: String, share: Double)]?
  /// The only answer that is shown of a variable, on each base; none where all are.
  var counted: [String: CountedAnswer] = [:]
  /// The letters that say which groups a share exceeds; nil when there are none.
  let letters: LetterArguments?

  /// The reasons that count among those who were asked, for bounds.
  var asked: Set<MissingReason> { answers.union(AnswerBounds.open) }
}

extension Tabulate {
  /// What is tabulated, for a program that does the same.
  func analysis(of survey: Survey) throws -> Analysis {
    .shares(
      ShareAnalysis(
        names: variables, groups: estimation.groups, percentages: percentages,
        test: statistic ?? (test ? .f : nil),
        bases: try base.base.bases.map { ($0, try base.kept($0)) }, answers: try base.named(),
        hasBounds: bounds,
        shares: try shares.map { try $0.scaled(in: survey, of: variables[0]) },
        counted: try Dictionary(
          uniqueKeysWithValues: Set(variables).compactMap { name in
            try counted(name, keeping: base.anyKept(), in: survey.dataset).map { (name, $0) }
          }),
        letters: letters.letters ? letters : nil))
  }
}
