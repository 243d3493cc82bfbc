import SurveyData
import SurveyStatistics
import SurveyTables

/// The sides of comparisons in words.
struct ComparisonNames {
  private let comparison: Comparison
  private let language: String
  private let survey: Survey

  init(_ comparison: Comparison, language: String, survey: Survey) {
    self.comparison = comparison
    self.language = language
    self.survey = survey
  }

  /// A side in words.
  ///
  /// - Parameter baseline: Whether it is what is compared with, so that it stands within a sentence.
  func name(of side: Comparison.Side, baseline: Bool) -> String {
    switch side {
    case .group(let categories):
      categories.isEmpty
        ? Phrase.all.text(in: language)
        : categories.map { $0.name(in: language) }.joined(separator: ", ")
    case .rest: Phrase.rest.text(in: language)
    case .total:
      baseline
        ? Phrase.all.text(in: language).lowercased() : Phrase.all.text(in: language)
    case .item(let name):
      (try? survey.dataset.variable(name))?.title(in: language) ?? name
    case .value(let value): NumberFormat(language: language).significant(value, digits: 1)
    }
  }

  /// The groups of a row, `All` without group variables.
  func groups(of row: Comparison.Row) -> String { name(of: .group(row.groups), baseline: false) }
}
