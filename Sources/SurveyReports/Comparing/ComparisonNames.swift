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
      itemTitle(name)
    case .value(let value): NumberFormat(language: language).significant(value, digits: 1)
    }
  }

  /// An item's label, with its name where the other has the same label.
  private func itemTitle(_ name: String) -> String {
    func title(_ name: String) -> String {
      (try? survey.dataset.variable(name))?.title(in: language) ?? name
    }
    let items = comparison.rows.first.map { [$0.group, $0.reference] } ?? []
    let isShared = items.contains {
      if case .item(let other) = $0 { other != name && title(other) == title(name) } else { false }
    }
    return isShared ? "\(title(name)) (\(name))" : title(name)
  }

  /// The groups of a row, `All` without group variables.
  func groups(of row: Comparison.Row) -> String { name(of: .group(row.groups), baseline: false) }
}
