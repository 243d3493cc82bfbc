internal import SurveyData
internal import SurveyStatistics

/// How the means of a row's outcomes follow from its inputs: linear predictors, each with
/// coefficients of its own, and constants that are the same in every row (cut points).
///
/// A mean or a chance has one outcome and one linear predictor.
protocol ResponseCurve: Sendable {
  /// The number of linear predictors.
  var predictorCount: Int { get }
  /// The number of constants.
  var constantCount: Int { get }
  /// The outcomes; one nil where there is only a mean or a chance.
  var outcomes: [Category?] { get }
  /// The outcomes whose effects are free to differ, on which joint tests rest.
  var testedOutcomes: [Category?] { get }

  /// Finds means, slopes and curvatures at the inputs of a row.
  func evaluate(_ inputs: UnsafeBufferPointer<Double>, into point: inout CurvePoint)

  /// An interval that stays where means can be.
  func interval(
    _ mean: Double, _ error: Double, degreesOfFreedom: Double, level: Double
  ) -> ConfidenceInterval
}

extension ResponseCurve {
  var inputCount: Int { predictorCount + constantCount }
  var outcomeCount: Int { outcomes.count }
}

/// Means of outcomes with their derivatives by the inputs.
struct CurvePoint {
  /// One mean an outcome.
  var means: [Double]
  /// `∂μ ∕ ∂input`, outcomes × inputs.
  var slopes: [Double]
  /// `∂²μ ∕ ∂input ∂input`, outcomes × inputs × inputs.
  var curvatures: [Double]

  init(outcomes: Int, inputs: Int) {
    means = Array(repeating: 0, count: outcomes)
    slopes = Array(repeating: 0, count: outcomes * inputs)
    curvatures = Array(repeating: 0, count: outcomes * inputs * inputs)
  }
}
