import SurveyData
package import SurveyModels
import SurveyRequests
import SurveyStatistics

/// An analysis in the words of no program, as the verbs hand it to a translation.
package enum Analysis {
  /// The distribution of each variable within the groups.
  case shares(ShareAnalysis)
  /// Statistics of each variable, ratios of two, correlations and scales.
  case summaries(SummaryAnalysis)
  /// Groups against each other, items of the same people, numbers against a value.
  case comparisons(ComparisonAnalysis)
  /// Regressions for one mean or chance, and what is asked after them.
  case models(ModelAnalysis<ModelFit>)
  /// A regression for several answers.
  case categories(ModelAnalysis<CategoryFit>)
  /// The gap between two judgements by the same people.
  case gap(JudgementAnalysis)
  /// Those who say yes to one of two judgements only.
  case discordance(JudgementAnalysis)
  /// What brings its own words.
  case translated(any TranslatedAnalysis)

  /// The variables whose answers are taken as categories.
  var factors: [String] {
    switch self {
    case .shares(let analysis): analysis.names + analysis.groups
    case .summaries(let analysis): analysis.groups
    case .comparisons(let analysis):
      analysis.comparisons.flatMap(\.factors) + analysis.ranked.filter(\.isText).map(\.variable)
    case .gap(let analysis), .discordance(let analysis): [analysis.group].compactMap { $0 }
    case .translated(let analysis): analysis.factors
    case .models(let models): [models.margins.asked.over].compactMap { $0 }
    case .categories(let models): [models.margins.asked.over].compactMap { $0 }
    }
  }

  /// The expressions and variables that it reads besides.
  var inputs: [String] {
    switch self {
    case .shares: []
    case .summaries(let analysis):
      analysis.names + analysis.ratios.flatMap { [$0.0, $0.1] } + analysis.correlated
        + analysis.scales.flatMap { $0.map(\.item) }
    case .comparisons(let analysis):
      analysis.comparisons.flatMap { [$0.variable.name] + $0.items }
    case .gap(let analysis), .discordance(let analysis):
      analysis.first.variables + analysis.second.variables
        + analysis.formulas.flatMap { Self.inputs(of: $0.formula) }
    case .translated(let analysis):
      analysis.inputs + formulas.flatMap { Self.inputs(of: $0.formula) }
    case .models, .categories: formulas.flatMap { Self.inputs(of: $0.formula) }
    }
  }

  /// The formulas of models, each with the references of its factors.
  var formulas: [(formula: Formula, references: [String: String])] {
    switch self {
    case .models(let models): models.fits.map { ($0.formula, $0.references) }
    case .categories(let models): models.fits.map { ($0.formula, $0.references) }
    case .gap(let analysis), .discordance(let analysis): analysis.formulas
    case .translated(let analysis): analysis.formulas
    default: []
    }
  }

  private static func inputs(of formula: Formula) -> [String] {
    ([formula.outcome] + formula.atoms + formula.offsets).flatMap(\.expression.variables)
  }
}

extension Comparison {
  /// The variables whose answers it takes as categories.
  fileprivate var factors: [String] {
    (estimand.statistic == .share ? [variable.name] + items : [])
      + groupVariables.map(\.name) + [withinVariable?.name].compactMap { $0 }
  }

  /// The items that are compared.
  var items: [String] {
    rows.first.map { [$0.group, $0.reference] }?
      .compactMap { if case .item(let name) = $0 { name } else { nil } } ?? []
  }
}
