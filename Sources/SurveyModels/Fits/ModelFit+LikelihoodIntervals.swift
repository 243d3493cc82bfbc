internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

extension ModelFit {
  /// The same fit with intervals from the profile of the likelihood.
  ///
  /// A limit is the value `b` at which the least deviance of a model whose coefficient is `b` lies
  /// `t² λ` above the deviance, with `λ = V ∕ V₀` the coefficient's design effect by its influence.
  /// The limits need not lie as far on both sides. The dispersion of all these families is 1 by
  /// definition, so that Pearson's has no part in it. A linear model's limits are those of Wald.
  ///
  /// - Parameter level: The confidence level, between 0 and 1.
  /// - Returns: A fit whose rows have those intervals, in the unit of the coefficients; a side on
  ///   which the deviance never rises so far is infinite.
  /// - Throws: ``SurveyError`` for a gamma model, whose deviance is no likelihood.
  /// - Complexity: About ten fits a coefficient.
  /// - Note: Agrees with a profile by hand (R's `uniroot`) to 1e-7; `confint(fit, method =
  ///   "likelihood")` of R's survey 4.5 divides the rise by Pearson's dispersion, which makes its
  ///   intervals too short or too long.
  /// - SeeAlso: Venzon and Moolgavkar (1988), Applied Statistics 37; Rao and Scott (1984), Annals
  ///   of Statistics 12.
  public func withLikelihoodIntervals(level: Double = 0.95) throws -> ModelFit {
    guard family != .gamma else {
      throw SurveyError(
        .usage, "a gamma model has no likelihood intervals, as its deviance is no likelihood",
        remedy: "Leave out --ci likelihood.")
    }
    guard imputations.isEmpty else {
      throw SurveyError(
        .usage,
        "imputed data sets have a likelihood each and none together, so there is no profile to take "
          + "intervals from",
        remedy: "Leave out --ci likelihood: the combined estimates have intervals by t.")
    }
    guard family != .linear else { return self }
    let df = rows.first?.degreesOfFreedom ?? .nan
    let t = Distribution.t(degreesOfFreedom: df).quantile(0.5 + level / 2)
    let working = fitted.working
    var copy = self
    copy.rows = try rows.indices.map { column in
      let row = rows[column]
      guard t.isFinite else { return row }
      let naive = working[column, column]
      let own = fitted.matrix.ownPart(of: column, weights: fitted.frame.weights)
      let cut = t * t * row.standardError * row.standardError / naive
      let profile = DevianceProfile(best: row.estimate, deviance: deviance) {
        try self.profile(column, own, at: $0)
      }
      let (low, high) = (
        try profile.limit(side: -1, cut: cut, start: t * row.standardError),
        try profile.limit(side: 1, cut: cut, start: t * row.standardError)
      )
      return row.with(ConfidenceInterval(low: low, high: high))
    }
    return copy
  }

  /// The least deviance with a coefficient held, and half its downhill slope there.
  ///
  /// - Parameter values: What multiplies it.
  private func profile(
    _ column: Int, _ values: [Double], at value: Double
  ) throws -> (deviance: Double, score: Double)? {
    let (matrix, frame) = (fitted.matrix, fitted.frame)
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
