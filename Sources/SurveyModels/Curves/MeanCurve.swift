internal import SurveyData
internal import SurveyStatistics

/// The mean of one outcome, `μ = F(η)`.
struct MeanCurve: ResponseCurve {
  let link: Link

  var isLinear: Bool { link == .identity }
  var predictorCount: Int { 1 }
  var constantCount: Int { 0 }
  var outcomes: [Category?] { [nil] }
  var testedOutcomes: [Category?] { outcomes }

  func evaluate(at point: CurvePoint) {
    let eta = point.inputs[0]
    guard link != .logit else {
      let (mean, slope, _) = Link.logistic(eta)
      (point.means[0], point.slopes[0]) = (mean, slope)
      point.curvatures[0] = slope * (1 - 2 * mean)
      return
    }
    point.means[0] = link.mean(eta)
    point.slopes[0] = link.slope(eta)
    point.curvatures[0] = link.curvature(eta)
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
