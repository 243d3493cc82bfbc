import SurveyData
import SurveyModels
import SurveyStatistics

/// A regression for several answers as `model` fits it, with what is asked besides.
struct CategoryAnalysis {
  let fit: CategoryFit
  let margins: MarginAnalysis
  let report: ModelReportArguments

  init(
    _ formulas: [Formula], _ family: CategoryFamily, of survey: Survey, asked: MarginArguments,
    report: ModelReportArguments, estimation: EstimationArguments
  ) throws {
    let others = [
      ("several formulas", formulas.count > 1),
      ("--term-tests", report.termTests != .wald),
      ("--ci likelihood", estimation.interval == .likelihood),
    ].filter(\.1).map(\.0)
    guard others.isEmpty else {
      let names = others.joined(separator: ", ")
      throw SurveyError(
        .usage, "--emit writes no program for \(names) of \(family.rawValue) models",
        remedy: "Leave out \(names), or --emit.")
    }
    fit = try survey.fit(formulas[0], categories: family)
    margins = try MarginAnalysis(asked, of: fit, level: estimation.level)
    self.report = report
  }
}
