internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

extension ModelFit {
  /// The same fit with intervals from the profile of the likelihood.
  ///
  /// A limit is the value `b` at which the least deviance of a model whose coefficient is `b` lies
  /// `t² λ` above the deviance, with `λ = V ∕ V₀` the coefficient's design effect. The limits need not
  /// lie as far on both sides. In a model of a chance the rise is over the dispersion of Pearson's
  /// residuals, as R has it, which is nearly 1. A linear model's limits are those of Wald.
  ///
  /// - Parameter level: The confidence level, between 0 and 1.
  /// - Returns: A fit whose rows have those intervals; a side on which the deviance never rises so
  ///   far is infinite.
  /// - Throws: ``SurveyError`` for a gamma model, whose deviance is no likelihood.
  /// - Complexity: About ten fits a coefficient.
  /// - Note: Agrees with `confint(fit, method = "likelihood")` of R's survey 4.5 to its fourth
  ///   digit, as R interpolates the profile; R divides by a Poisson model's dispersion too, which
  ///   makes its intervals too short or too long.
  public func withLikelihoodIntervals(level: Double = 0.95) throws -> ModelFit {
    guard family != .gamma else {
      throw SurveyError(
        .usage, "a gamma model has no likelihood intervals, as its deviance is no likelihood",
        remedy: "Leave out --ci likelihood.")
    }
    guard imputations.isEmpty else {
      throw SurveyError(
        .usage, "intervals from the likelihood cannot be combined over imputations",
        remedy: "Leave out --ci likelihood.")
    }
    guard family != .linear else { return self }
    let df = rows.first?.degreesOfFreedom ?? .nan
    let t = Distribution.t(degreesOfFreedom: df).quantile(0.5 + level / 2)
    let scale = family.isBinary ? fitted.dispersion(fitted.predictors) : 1
    var copy = self
    copy.rows = try rows.indices.map { column in
      let row = rows[column]
      guard t.isFinite else { return row }
      let naive = fitted.maximum.inverse[column, column]
      let cut = scale * t * t * row.standardError * row.standardError / naive
      let profile = DevianceProfile(best: row.estimate, deviance: deviance) {
        try self.profile(column, at: $0)
      }
      let (low, high) = (
        try profile.limit(side: -1, cut: cut, start: t * row.standardError),
        try profile.limit(side: 1, cut: cut, start: t * row.standardError)
      )
      return ModelRow(
        column: row.column, estimate: row.estimate, standardError: row.standardError,
        degreesOfFreedom: df, pValue: row.pValue, interval: ConfidenceInterval(low: low, high: high)
      )
    }
    return copy
  }

  /// The least deviance with a coefficient held, and half its downhill slope there.
  private func profile(
    _ column: Int, at value: Double
  ) throws -> (deviance: Double, score: Double)? {
    let (matrix, frame) = (fitted.matrix, fitted.frame)
    let values = matrix.products([matrix.plan[column].parts])
    let held = values.indices.map { index in
      value * values[index]
        + (frame.offsets.isEmpty ? 0 : frame.offsets[index])
    }
    var scores: [Double]
    var deviance = 0.0
    if matrix.width > 1 {
      let rest = fitted.likelihood(without: [column], offsets: held)
      guard case .found(let maximum) = try rest.maximum() else { return nil }
      (scores, deviance) = (maximum.scores, maximum.deviance)
    } else {
      scores = held
      for index in held.indices {
        let response = family.response(held[index], fitted.response.outcomes[index])
        scores[index] = response.score
        deviance += frame.weights[index] * response.deviance
      }
    }
    var score = 0.0
    for index in scores.indices {
      score += frame.weights[index] * scores[index] * values[index]
    }
    return (deviance, score)
  }
}
