import SurveyData
import SurveyModels
import SurveyStatistics

/// A regression for several answers as `model` fits it, with what is asked besides.
struct CategoryAnalysis {
  let fit: CategoryFit
  let report: ModelReportArguments

  init(
    _ formulas: [Formula], _ family: CategoryFamily, of survey: Survey, asked: MarginArguments,
    report: ModelReportArguments
  ) throws {
    guard formulas.count == 1, !asked.asksAnything else {
      throw SurveyError(
        .usage, "--emit writes \(family.rawValue) models of one formula, without margins",
        remedy: "Leave out the others, or --emit.")
    }
    fit = try survey.fit(formulas[0], categories: family)
    self.report = report
  }
}
