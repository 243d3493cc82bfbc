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

  /// Whether there is one mean, and it is the linear predictor.
  var isLinear: Bool { get }

  /// Finds means, slopes and curvatures at the inputs of a point.
  func evaluate(at point: CurvePoint)

  /// An interval that stays where means can be.
  func interval(
    _ mean: Double, _ error: Double, degreesOfFreedom: Double, level: Double
  ) -> ConfidenceInterval
}

extension ResponseCurve {
  var isLinear: Bool { false }
  var inputCount: Int { predictorCount + constantCount }
  var outcomeCount: Int { outcomes.count }

  /// The inputs of every case, inputs × cases: linear predictors, then the constants.
  ///
  /// - Parameters:
  ///   - elements: The model matrix, by columns.
  ///   - width: Its number of columns.
  ///   - count: The number of cases.
  ///   - parameters: The coefficients of every linear predictor, one after the other, then the
  ///     constants.
  ///   - offsets: What is added to linear predictors; empty when nothing is.
  ///   - isSlope: Whether elements and offsets are derivatives, of which constants have none.
  func inputs(
    _ elements: [Double], width: Int, of count: Int, at parameters: [Double],
    offsets: [Double] = [], isSlope: Bool = false
  ) -> [Double] {
    var values = Array(repeating: 0.0, count: inputCount * count)
    for k in 0..<predictorCount {
      if !offsets.isEmpty { for i in 0..<count { values[k * count + i] = offsets[i] } }
      for m in 0..<width {
        let coefficient = parameters[k * width + m]
        for i in 0..<count { values[k * count + i] += coefficient * elements[m * count + i] }
      }
    }
    guard !isSlope else { return values }
    for k in predictorCount..<inputCount {
      let constant = parameters[predictorCount * width + k - predictorCount]
      for i in 0..<count { values[k * count + i] = constant }
    }
    return values
  }
}

/// Means of outcomes with their derivatives by the inputs; whoever makes one frees it.
struct CurvePoint {
  /// The linear predictors, then the constants.
  let inputs: UnsafeMutableBufferPointer<Double>
  /// One mean an outcome.
  let means: UnsafeMutableBufferPointer<Double>
  /// `∂μ ∕ ∂input`, outcomes × inputs.
  let slopes: UnsafeMutableBufferPointer<Double>
  /// `∂²μ ∕ ∂input ∂input`, outcomes × inputs × inputs.
  let curvatures: UnsafeMutableBufferPointer<Double>

  init(outcomes: Int, inputs: Int) {
    func zeros(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
      let zeros = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
      zeros.initialize(repeating: 0)
      return zeros
    }
    self.inputs = zeros(inputs)
    means = zeros(outcomes)
    slopes = zeros(outcomes * inputs)
    curvatures = zeros(outcomes * inputs * inputs)
  }

  func deallocate() {
    for part in [inputs, means, slopes, curvatures] { part.deallocate() }
  }
}
