import SurveyData
import SurveyModels
import SurveyStatistics

/// A regression for several answers as `model` fits it, with what is asked besides.
struct CategoryAnalysis {
  let fit: CategoryFit
  let report: ModelReportArguments

  init(
    _ formulas: [Formula], _ family: CategoryFamily, of survey: Survey, asked: MarginArguments,
    report: ModelReportArguments, interval: ProportionIntervalMethod?
  ) throws {
    let others = [
      ("several formulas", formulas.count > 1),
      ("--margins, --predict or --contrast", asked.asksAnything),
      ("--term-tests", report.termTests != .wald), ("--ci likelihood", interval == .likelihood),
    ].filter(\.1).map(\.0)
    guard others.isEmpty else {
      let names = others.joined(separator: ", ")
      throw SurveyError(
        .usage, "--emit writes no program for \(names) of \(family.rawValue) models",
        remedy: "Leave out \(names), or --emit.")
    }
    fit = try survey.fit(formulas[0], categories: family)
    self.report = report
  }
}
