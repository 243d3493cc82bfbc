import SurveyData
import SurveyModels
import SurveyStatistics

/// Regressions as `model` fits them, with what is asked after the fit.
struct ModelAnalysis {
  let fits: [ModelFit]
  let asked: MarginArguments
  let report: ModelReportArguments
  let options: MarginOptions
  let hasLikelihoodIntervals: Bool
  /// The effects that `--margins` asks for.
  let effects: MarginalEffects?
  /// The predictions that `--predict` asks for.
  let predictions: Predictions?

  init(
    _ fits: [ModelFit], asked: MarginArguments, report: ModelReportArguments,
    estimation: EstimationArguments
  ) throws {
    self.fits = fits
    self.asked = asked
    self.report = report
    let options = asked.options(level: estimation.level)
    self.options = options
    hasLikelihoodIntervals = estimation.interval == .likelihood
    effects = try asked.margins.map {
      try fits[0].margins(
        of: $0.names, over: asked.over, at: asked.at.map { try Settings($0) }, options: options)
    }
    predictions = try asked.predict.map {
      try fits[0].predictions(at: Settings($0), over: asked.over, options: options)
    }
  }
}
