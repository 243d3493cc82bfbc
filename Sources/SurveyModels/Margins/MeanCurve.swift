internal import SurveyData
internal import SurveyStatistics

/// The mean of one outcome, `μ = F(η)`.
struct MeanCurve: ResponseCurve {
  let link: Link

  var predictorCount: Int { 1 }
  var constantCount: Int { 0 }
  var outcomes: [Category?] { [nil] }
  var testedOutcomes: [Category?] { outcomes }

  func evaluate(_ inputs: UnsafeBufferPointer<Double>, into point: inout CurvePoint) {
    point.means[0] = link.mean(inputs[0])
    point.slopes[0] = link.slope(inputs[0])
    point.curvatures[0] = link.curvature(inputs[0])
  }

  /// `F(g(μ) ± t·se ∕ F′)`, the interval on the scale of the linear predictor carried back.
  func interval(
    _ mean: Double, _ error: Double, degreesOfFreedom: Double, level: Double
  ) -> ConfidenceInterval {
    let eta = link.predictor(mean)
    let wide = ConfidenceInterval.wald(
      eta, error / link.slope(eta), degreesOfFreedom: degreesOfFreedom, level: level)
    return ConfidenceInterval(low: link.mean(wide.low), high: link.mean(wide.high))
  }
}
