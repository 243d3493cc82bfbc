import SurveyData
import SurveyModels
import SurveyStatistics

/// Regressions for several answers as `model` fits them, with what is asked besides.
struct CategoryAnalysis {
  let fits: [CategoryFit]
  let margins: MarginAnalysis
  let report: ModelReportArguments
  let hasLikelihoodIntervals: Bool

  init(
    _ fits: [CategoryFit], asked: MarginArguments, report: ModelReportArguments,
    estimation: EstimationArguments
  ) throws {
    self.fits = fits
    self.report = report
    hasLikelihoodIntervals = estimation.interval == .likelihood
    margins = try MarginAnalysis(asked, of: fits[0], level: estimation.level)
  }
}
