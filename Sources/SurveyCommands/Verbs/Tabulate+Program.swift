import SurveyData
import SurveyPrograms
import SurveyReports
import SurveyStatistics

extension Tabulate {
  /// What is tabulated, for a program that does the same.
  func analysis(of survey: Survey) throws -> Analysis {
    let names = try names(in: survey.dataset)
    return .shares(
      ShareAnalysis(
        names: names, groups: estimation.groups, percentages: percentages,
        test: statistic ?? (test ? .f : nil),
        bases: try base.base.bases.map { ($0, try base.kept($0)) }, answers: try base.named(),
        asked: try base.named().union(AnswerBounds.open), hasBounds: bounds,
        shares: try shares.map { try $0.scaled(in: survey, of: names[0]) },
        counted: try Dictionary(
          uniqueKeysWithValues: Set(names).compactMap { name in
            try counted(name, keeping: base.anyKept(), in: survey.dataset).map { (name, $0) }
          }),
        letters: letters.options))
  }
}
