internal import SurveyData
internal import SurveyNumerics

extension ModelFit {
  /// The breakpoints of every spline, its ends among them, by the term's name.
  package var knots: [String: [Double]] { fitted.frame.knots(of: fitted.terms) }
}

extension ModelFrame {
  /// The breakpoints of every spline, by the term's name.
  func knots(of model: ModelTerms) -> [String: [Double]] {
    var knots: [String: [Double]] = [:]
    for (predictor, values) in zip(model.predictors, predictors) {
      guard case .basis(_, .spline(let spline)) = values else { continue }
      knots[predictor.name] = spline.breakpoints
    }
    return knots
  }
}
