import SurveyData
import SurveyPrograms
import SurveyReports
import SurveyStatistics

extension Tabulate {
  /// What is tabulated, for a program that does the same.
  func analysis(of survey: Survey) throws -> Analysis {
    guard banner.banner != nil else {
      return .shares(try shares(of: survey, by: estimation.groups))
    }
    return .translated(
      try BannerAnalysis(
        all: shares(of: survey, by: [], isCompared: false),
        parts: banner.parts(in: survey.dataset).map { try shares(of: survey, by: $0) }))
  }

  private func shares(
    of survey: Survey, by groups: [String], isCompared: Bool = true
  ) throws -> ShareAnalysis {
    let names = try names(in: survey.dataset)
    return try ShareAnalysis(
      names: names, groups: groups, percentages: percentages,
      test: isCompared ? statistic ?? (test ? .f : nil) : nil,
      bases: base.base.bases.map { ($0, try base.kept($0)) }, answers: base.named(),
      asked: base.named().union(AnswerBounds.open), hasBounds: bounds,
      shares: shares.map { try $0.scaled(in: survey, of: names[0]) },
      counted: Dictionary(
        uniqueKeysWithValues: Set(names).compactMap { name in
          try counted(name, keeping: base.anyKept(), in: survey.dataset).map { (name, $0) }
        }),
      letters: isCompared ? letters.options : nil)
  }
}
