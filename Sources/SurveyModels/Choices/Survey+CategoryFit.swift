internal import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

extension Survey {
  /// Fits a regression for an outcome of several answers by pseudo maximum likelihood.
  ///
  /// Solves `Σ w ∂ ln P(yᵢ) ∕ ∂θ = 0` by Newton's method with the exact second derivatives. The
  /// influence of one unit of weight is `A⁻¹ ∂ ln P(yᵢ) ∕ ∂θ` with `A = −Σ w ∂² ln P(yᵢ) ∕ ∂θ ∂θᵀ`.
  /// Ordinal: `logit P(y ≤ j) = ζ_j − xβ`, so that a positive β means higher answers, and one β for
  /// all cut points, which the proportional odds test doubts. Multinomial: one β for every answer
  /// but the base. Tests and intervals use t with the design's degrees of freedom − slopes of one
  /// equation, as R does for the ordered logit; cut points and constants cost none.
  ///
  /// - Parameters:
  ///   - formula: The model; an ordinal one has no `- 1`.
  ///   - family: Ordered or unordered answers. The order is that of the codebook or of the numbers;
  ///     the base of a multinomial model is the codebook's reference or the first answer.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Parameters as logarithms of odds (ordinal) or of ratios of chances (multinomial),
  ///   with joint covariance, tests and intervals; NaN errors where the design has no degrees of
  ///   freedom to give.
  /// - Throws: ``SurveyError`` for a name or code that does not fit, one answer only, answers that
  ///   the predictors tell for certain, a stratum with one unit.
  /// - Complexity: O(rows × parameters²) a step, about six steps.
  /// - Note: Agrees with `svyolr(…)` of R's survey 4.5 to the precision of its numerical
  ///   derivatives (about 1e-5), with a likelihood by hand to 1e-7, and with the coefficients of
  ///   `multinom(…, weights =)` of R's nnet.
  /// - SeeAlso: Binder (1983), International Statistical Review 51; Agresti (2013), Categorical
  ///   Data Analysis, sections 8.1 and 8.2.
  public func fit(
    _ formula: Formula, categories family: CategoryFamily, level: Double = 0.95
  ) throws -> CategoryFit {
    try fit([formula], categories: family, level: level)[0]
  }

  /// Fits several regressions for outcomes of several answers to the respondents who have answered
  /// the variables of all of them, so that they can be compared; see
  /// ``fit(_:categories:level:)-(Formula,_,_)``.
  ///
  /// - Returns: One fit a formula, in their order, all of the same respondents.
  /// - Throws: As the other, and when nobody has answered all of them.
  public func fit(
    _ formulas: [Formula], categories family: CategoryFamily, level: Double = 0.95
  ) throws -> [CategoryFit] {
    let found = try findings { survey in
      let models = try formulas.map { try ModelTerms($0, in: survey.dataset) }
      return try models.indices.map { index in
        var others = models
        let model = others.remove(at: index)
        return try survey.fit(model, alongside: others, categories: family, level: level)
      }
    }
    return try formulas.indices.map { index in
      try CategoryFit(found.map { $0[index] }, level: level)
    }
  }

  private func fit(
    _ model: ModelTerms, alongside others: [ModelTerms], categories family: CategoryFamily,
    level: Double
  ) throws -> CategoryFit {
    let formula = model.formula
    guard family == .multinomial || formula.hasIntercept else {
      throw SurveyError(
        .usage, at: formula.source, "an ordinal model has cut points in place of a constant",
        remedy: "Leave out '- 1' and '+ 0'.")
    }
    let frame = try ModelFrame(model, alongside: others, in: self)
    guard frame.offsets.isEmpty else {
      throw SurveyError(
        .usage, at: formula.source, "\(family.article) model takes no offset",
        remedy: "Leave offset(…) out.")
    }
    let outcome = try CategoryOutcome(model, frame, family: family, in: dataset)
    var matrix = try ModelMatrix(model, frame)
    guard matrix.width > 0 else {
      throw SurveyError(
        .usage, at: formula.source, "has neither terms nor a constant, so there is nothing to fit")
    }
    let notes =
      frame.notes
      + matrix.settle(matrix.gram(weights: frame.weights), weights: frame.weights)
    let full = matrix
    if family == .ordinal { matrix = matrix.withoutConstant }
    let likelihood = CategoryLikelihood(
      curve: ChoiceCurve(family: family, categories: outcome.categories), matrix: matrix,
      answers: outcome.answers, weights: frame.weights)
    switch likelihood.maximum() {
    case .found(let maximum):
      let unsure = likelihood.restsOnTinyWeights().map {
        [Note.tinyWeights($0, of: formula.outcome.name)]
      }
      let fit = try CategoryFit(
        model, frame: frame, likelihood: likelihood, outcome: outcome, maximum: maximum, in: self,
        level: level, notes: notes + (unsure ?? []))
      guard family == .ordinal else { return fit }
      return try fit.testingProportionalOdds(
        model, frame: frame, matrix: full, outcome: outcome, in: self)
    case .endless(let direction):
      guard likelihood.separates(direction) else {
        throw SurveyError(
          .noAnswer, at: formula.source, "the coefficients do not settle",
          remedy: "Bring the predictors to similar scales, or leave some out.")
      }
      throw CategorySeparation(
        model: model, frame: frame, matrix: matrix, outcome: outcome, family: family
      ).error(direction: likelihood.parameterMap * direction)
    }
  }

  /// Fits a regression for an outcome of several answers; see
  /// ``fit(_:categories:level:)-(Formula,_,_)``.
  ///
  /// - Returns: As of the other.
  /// - Throws: As the other, and for a text that is no formula.
  public func fit(
    _ formula: String, categories family: CategoryFamily, level: Double = 0.95
  ) throws -> CategoryFit {
    try fit(Formula(formula), categories: family, level: level)
  }
}
