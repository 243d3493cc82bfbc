import SurveyData
import SurveyModels
import SurveyStatistics

/// An analysis in the words of no program, as the verbs hand it to a translation.
enum Analysis {
  /// The distribution of each variable within the groups.
  case shares([String], by: [String], percentages: Percentages, test: IndependenceStatistic?)
  /// Statistics of each variable, and ratios of two; no variable at all counts people.
  case summaries(
    [String], ratios: [(String, String)], by: [String], statistics: [SummaryStatistic],
    rule: QuantileRule)
  /// Groups against each other, items of the same people, numbers against a value.
  case comparisons(ComparisonAnalysis)
  /// Regressions for one mean or chance, and what is asked after them.
  case models(ModelAnalysis)
  /// A regression for several answers.
  case categories(CategoryAnalysis)
  /// The gap between two judgements by the same people.
  case gap(Expression, Expression, by: String?, reference: String?)

  /// The variables whose answers are taken as categories.
  var factors: [String] {
    switch self {
    case .shares(let names, let groups, _, _): names + groups
    case .summaries(_, _, let groups, _, _): groups
    case .comparisons(let analysis):
      analysis.comparisons.flatMap(\.factors) + analysis.ranked.filter(\.isText).map(\.variable)
    case .gap(_, _, let group, _): [group].compactMap { $0 }
    case .models(let models): [models.asked.over].compactMap { $0 }
    case .categories: []
    }
  }

  /// The expressions and variables that it reads besides.
  var inputs: [String] {
    switch self {
    case .shares: []
    case .summaries(let names, let ratios, _, _, _): names + ratios.flatMap { [$0.0, $0.1] }
    case .comparisons(let analysis):
      analysis.comparisons.flatMap { [$0.variable.name] + $0.items }
    case .gap(let a, let b, _, _): a.variables + b.variables
    case .models, .categories: formulas.flatMap { Self.inputs(of: $0.formula) }
    }
  }

  /// The formulas of models, each with the references of its factors.
  var formulas: [(formula: Formula, references: [String: String])] {
    switch self {
    case .models(let models): models.fits.map { ($0.formula, $0.references) }
    case .categories(let models): [(models.fit.formula, models.fit.references)]
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
