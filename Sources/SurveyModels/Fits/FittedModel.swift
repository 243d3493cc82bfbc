internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

/// A model with the respondents on which it was maximised: what further questions about the fit
/// need.
struct FittedModel: Sendable {
  let terms: ModelTerms
  let frame: ModelFrame
  let matrix: ModelMatrix
  let response: Response
  let maximum: Likelihood.Maximum
  let survey: Survey

  var family: ModelFamily { response.family }

  /// The linear predictor of every case.
  var predictors: [Double] {
    var eta =
      frame.offsets.isEmpty ? Array(repeating: 0.0, count: frame.caseCount) : frame.offsets
    for (k, slope) in maximum.coefficients.enumerated() {
      let first = k * matrix.rowCount
      for i in eta.indices { eta[i] += slope * matrix.elements[first + i] }
    }
    return eta
  }

  /// The likelihood of the model, or of one without some columns and with other offsets.
  func likelihood(without columns: [Int] = [], offsets: [Double]? = nil) -> Likelihood {
    var matrix = matrix
    matrix.drop(columns)
    return Likelihood(
      matrix: matrix, outcomes: response.outcomes, weights: frame.weights, family: family,
      offsets: offsets ?? frame.offsets)
  }
}
