import SurveyModels
import SurveyStatistics

/// Regressions as `model` fits them, with what is asked after the fit.
struct ModelAnalysis {
  let fits: [ModelFit]
  let margins: MarginAnalysis
  let report: ModelReportArguments
  let hasLikelihoodIntervals: Bool

  init(
    _ fits: [ModelFit], asked: MarginArguments, report: ModelReportArguments,
    estimation: EstimationArguments
  ) throws {
    self.fits = fits
    self.report = report
    hasLikelihoodIntervals = estimation.interval == .likelihood
    margins = try MarginAnalysis(asked, of: fits[0], level: estimation.level)
  }
}
