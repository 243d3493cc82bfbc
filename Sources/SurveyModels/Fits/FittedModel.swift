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

  /// The covariance of the coefficients in a simple random sample, `V₀`.
  var working: Matrix { matrix.coefficientCovariance(maximum.inverse) }

  /// The linear predictor of every case.
  var predictors: [Double] {
    let eta = likelihood().predictors(maximum.coefficients)
    return frame.offsets.isEmpty ? eta : zip(frame.offsets, eta).map(+)
  }

  /// The likelihood of the model, or of one without some columns and with other offsets.
  func likelihood(without columns: [Int] = [], offsets: [Double]? = nil) -> Likelihood {
    Likelihood(
      matrix: matrix.without(columns, weights: frame.weights), outcomes: response.outcomes,
      weights: frame.weights, family: family,
      offsets: offsets ?? frame.offsets)
  }
}
