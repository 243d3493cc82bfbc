internal import SurveyStatistics

extension Double {
  /// The degrees of freedom of a number that a model's coefficients make: those of its respondents'
  /// design, `units − strata`, + 1 − coefficients.
  ///
  /// One rule holds for all: a mean, a share, a total, a prediction, an average of predictions, and
  /// what is made of these (gaps, differences, levels, parts of a decomposition) has the design's; a
  /// coefficient, and what is made of coefficients (effects with and without mediators, a spline, a
  /// trend or product terms on the logit scale, gaps with controls held constant), has its model's,
  /// so that a coefficient has one interval wherever it stands.
  ///
  /// - SeeAlso: `svyglm` of R's survey, whose rule the model's is.
  static func model(_ design: Double, coefficients: Int) -> Double {
    design + 1 - Double(coefficients)
  }
}

extension Estimates {
  /// The same estimates as coefficients of a model.
  /// - Parameter coefficients: How many the model has.
  func leaving(_ coefficients: Int) -> Estimates {
    inEach {
      $0.on(degreesOfFreedom: .model($0.degreesOfFreedom[0], coefficients: coefficients))
    }
  }
}
