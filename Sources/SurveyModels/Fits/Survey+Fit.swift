internal import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

extension Survey {
  /// Fits a regression by pseudo maximum likelihood.
  ///
  /// Solves `Σ w x s = 0` with `s = (y − μ) μ′ ∕ v(μ)` by Fisher's scoring. The influence of one
  /// unit of weight on the coefficients is `A⁻¹ x s` with `A = Σ w x xᵀ μ′² ∕ v(μ)`, the expected
  /// information; rows that miss the outcome or a predictor keep their units in the design. Tests
  /// and intervals use t with the design's degrees of freedom + 1 − coefficients. Where the link is
  /// not the family's own (probit, complementary log-log, gamma), programs that take the observed
  /// information instead give slightly other standard errors.
  ///
  /// - Parameters:
  ///   - formula: The model.
  ///   - family: The kind of outcome; nil means logistic for a condition and for an outcome with an
  ///     answer that counts (`Variable.countedAnswer(among:)`), otherwise linear.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Coefficients on the scale of the link (log odds, logarithms of ratios, or the
  ///   outcome's unit) with joint covariance, tests and intervals; an error that the sample cannot
  ///   give is NaN.
  /// - Throws: ``SurveyError`` for a name, code or outcome that does not fit, an outcome that the
  ///   predictors tell for certain, a stratum with one unit.
  /// - Complexity: O(rows × columns²) a step, about five steps.
  /// - Note: Agrees with `svyglm(…, family = quasibinomial(link))`, `gaussian`, `quasipoisson` and
  ///   `Gamma("log")` of R's survey 4.1, logistic and linear also with 4.5, run to the same
  ///   precision.
  /// - SeeAlso: Binder (1983), International Statistical Review 51.
  public func fit(
    _ formula: Formula, family: ModelFamily? = nil, level: Double = 0.95
  ) throws -> ModelFit {
    try fit([formula], family: family, level: level)[0]
  }

  /// Fits several regressions to the respondents who have answered the variables of all of them,
  /// so that they can be compared; see ``fit(_:family:level:)-(Formula,_,_)``.
  ///
  /// - Returns: One fit a formula, in their order, all of the same respondents.
  /// - Throws: As the other, and when nobody has answered all of them.
  public func fit(
    _ formulas: [Formula], family: ModelFamily? = nil, level: Double = 0.95
  ) throws -> [ModelFit] {
    let found = try findings { survey in
      let models = try formulas.map { try ModelTerms($0, in: survey.dataset) }
      return try models.indices.map { index in
        var others = models
        let model = others.remove(at: index)
        return try survey.fit(model, alongside: others, family: family, level: level)
      }
    }
    return try formulas.indices.map { index in
      try ModelFit(found.map { $0[index] }, level: level)
    }
  }

  private func fit(
    _ model: ModelTerms, alongside others: [ModelTerms], family: ModelFamily?, level: Double
  ) throws -> ModelFit {
    let frame = try ModelFrame(model, alongside: others, in: self)
    let response = try Response(model, frame, family: family, in: dataset)
    return try fit(model, frame: frame, response: response, level: level)
  }

  /// Fits a model whose rows and outcome are known.
  func fit(
    _ model: ModelTerms, frame: ModelFrame, response: Response, level: Double
  ) throws -> ModelFit {
    let formula = model.formula
    var matrix = try ModelMatrix(model, frame)
    guard matrix.width > 0 else {
      throw SurveyError(
        .usage, at: formula.source, "has neither terms nor a constant, so there is nothing to fit")
    }
    func likelihoodOfMatrix() -> Likelihood {
      Likelihood(
        matrix: matrix, outcomes: response.outcomes, weights: frame.weights,
        family: response.family, offsets: frame.offsets)
    }
    var likelihood = likelihoodOfMatrix()
    // The first pass shows which columns follow from others, unless offsets hide rows from it.
    var opening = frame.offsets.isEmpty ? likelihood.opening() : nil
    let dropped = matrix.settle(
      opening?.pass.information ?? matrix.gram(weights: frame.weights), weights: frame.weights)
    if !dropped.isEmpty || matrix.coordinates != nil {
      (likelihood, opening) = (likelihoodOfMatrix(), nil)
    }
    let notes = frame.notes + dropped
    switch try likelihood.maximum(from: opening) {
    case .found(let maximum):
      let unsure = try likelihood.restsOnTinyWeights().map {
        [Note.tinyWeights($0, of: formula.outcome.name)]
      }
      return try ModelFit(
        model, frame: frame, matrix: matrix, likelihood: likelihood, response: response,
        maximum: maximum, in: self, level: level, notes: notes + (unsure ?? []))
    case .endless(let direction):
      guard likelihood.separates(direction) else {
        throw SurveyError(
          .noAnswer, at: formula.source, "the coefficients do not settle",
          remedy: "Bring the predictors to similar scales, or leave some out.")
      }
      throw Separation(
        model: model, frame: frame, matrix: matrix, family: response.family,
        outcomes: response.outcomes,
        names: response.names
      ).error(direction: matrix.coefficients(direction))
    }
  }

  /// Fits a regression; see ``fit(_:family:level:)-(Formula,_,_)``.
  ///
  /// - Returns: As of the other.
  /// - Throws: As the other, and for a text that is no formula.
  public func fit(
    _ formula: String, family: ModelFamily? = nil, level: Double = 0.95
  ) throws -> ModelFit {
    try fit(Formula(formula), family: family, level: level)
  }

  /// Fits a logistic regression; see ``fit(_:family:level:)-(Formula,_,_)``.
  ///
  /// - Returns: Coefficients as log odds ratios.
  /// - Throws: As the other.
  public func logit(_ formula: String, level: Double = 0.95) throws -> ModelFit {
    try fit(Formula(formula), family: .logistic, level: level)
  }
}
