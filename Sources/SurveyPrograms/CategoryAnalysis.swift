import SurveyData
package import SurveyModels
package import SurveyRequests
import SurveyStatistics

/// Regressions for several answers as `model` fits them, with what is asked besides.
package struct CategoryAnalysis {
  let fits: [CategoryFit]
  let margins: MarginAnalysis
  let report: ModelReportOptions
  let hasLikelihoodIntervals: Bool

  package init(
    _ fits: [CategoryFit], asked: MarginRequest, report: ModelReportOptions, level: Double,
    hasLikelihoodIntervals: Bool
  ) throws {
    self.fits = fits
    self.report = report
    self.hasLikelihoodIntervals = hasLikelihoodIntervals
    margins = try MarginAnalysis(asked, of: fits[0], level: level)
  }
}
