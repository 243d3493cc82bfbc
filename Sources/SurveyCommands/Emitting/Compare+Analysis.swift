import SurveyData
import SurveyStatistics

extension Compare {
  /// What is compared, for a program that does the same.
  func analysis(of survey: Survey) throws -> Analysis {
    let groups = estimation.groups
    var besides = comparison.rank.map { "the rank test \($0.rawValue); see svyranktest" }
    if comparison.trend { besides.append("the trend; see svycontrast with polynomial weights") }
    guard comparison.shares == nil else {
      return .comparisons([], besides: ["stated shares; see svygofchisq"])
    }
    if isPaired {
      let estimand = try comparison.estimand(variables[0], in: survey.dataset)
      return .comparisons(
        [
          try survey.compare(
            estimand, with: variables[1], by: groups, measure: comparison.measure,
            adjustment: .none)
        ], besides: besides)
    }
    return .comparisons(
      try variables.map { name in
        let estimand = try comparison.estimand(name, in: survey.dataset)
        if let value = comparison.value {
          return try survey.compare(
            estimand, to: value, by: groups, measure: comparison.measure, adjustment: .none)
        }
        return try survey.compare(
          estimand, across: groups,
          against: comparison.against.baseline(reference: comparison.reference),
          within: comparison.within, measure: comparison.measure, adjustment: .none)
      }, besides: besides)
  }
}
