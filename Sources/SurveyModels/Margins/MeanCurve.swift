internal import Glibc
internal import SurveyData
internal import SurveyStatistics

/// The mean of one outcome as a family has it, `μ = F(η)`.
struct MeanCurve: ResponseCurve {
  let family: ModelFamily

  var predictorCount: Int { 1 }
  var constantCount: Int { 0 }
  var outcomes: [Category?] { [nil] }

  func evaluate(_ inputs: UnsafeBufferPointer<Double>, into point: inout CurvePoint) {
    (point.means[0], point.slopes[0], point.curvatures[0]) = values(inputs[0])
  }

  /// `F`, `F′` and `F″`.
  private func values(_ eta: Double) -> (mean: Double, slope: Double, curvature: Double) {
    switch family {
    case .linear: return (eta, 1, 0)
    case .logistic:
      let e = exp(-abs(eta))
      let large = 1 / (1 + e)
      let mean = eta < 0 ? e * large : large
      let slope = e * large * large
      return (mean, slope, slope * (1 - 2 * mean))
    }
  }

  /// The linear predictor at a mean.
  private func predictor(_ mean: Double) -> Double {
    switch family {
    case .linear: mean
    case .logistic: log(mean) - log1p(-mean)
    }
  }

  /// `F(g(μ) ± t·se ∕ F′)`, the interval on the scale of the linear predictor carried back.
  func interval(
    _ mean: Double, _ error: Double, degreesOfFreedom: Double, level: Double
  ) -> ConfidenceInterval {
    let eta = predictor(mean)
    let wide = ConfidenceInterval.wald(
      eta, error / values(eta).slope, degreesOfFreedom: degreesOfFreedom, level: level)
    return ConfidenceInterval(low: values(wide.low).mean, high: values(wide.high).mean)
  }
}
