package import SurveyModels
package import SurveyRequests
import SurveyStatistics

/// Regressions as `model` fits them, with what is asked after the fit.
package struct ModelAnalysis<Fit: FormulaFit> {
  let fits: [Fit]
  let margins: MarginAnalysis
  let report: ModelReportOptions
  let hasLikelihoodIntervals: Bool

  package init(
    _ fits: [Fit], asked: MarginRequest, report: ModelReportOptions, level: Double,
    hasLikelihoodIntervals: Bool
  ) throws {
    self.fits = fits
    self.report = report
    self.hasLikelihoodIntervals = hasLikelihoodIntervals
    margins = try MarginAnalysis(asked, of: fits[0], level: level)
  }
}
