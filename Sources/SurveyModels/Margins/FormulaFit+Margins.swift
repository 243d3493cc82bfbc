internal import SurveyData
internal import SurveyStatistics

extension FormulaFit {
  /// The average marginal effects of several variables, estimated together, on the mean outcome or,
  /// of an outcome of several answers, on the chance of each.
  ///
  /// A factor: `Σ w [F(η with b for everybody) − F(η with a)] ∕ Σ w` for a category b and its
  /// reference a. A number: `Σ w F′(η) dη∕dx ∕ Σ w`. For answers `F` is the chance of each: ordinal
  /// `P_j = F(ζ_j − xβ) − F(ζ_{j−1} − xβ)`, multinomial `P_j = e^{xβ_j} ∕ Σ e^{xβ_k}`; over the
  /// answers effects add up to zero. The model matrix is rebuilt, so that products, dummies,
  /// splines and expressions follow. Influence: the gradient times that of the coefficients; with
  /// sampled covariates also `(effect of a row − mean) ∕ Σ w`. Fits to imputed data are asked one
  /// by one, and the answers combined by Rubin's rules.
  ///
  /// An ordinal model forces effects on the lowest and highest answers to have opposite signs;
  /// where proportional odds fail they can be wrong in the middle.
  ///
  /// - Parameters:
  ///   - variables: Variables of the formula.
  ///   - group: Averages within each category of this variable, over the respondents who have it.
  ///   - settings: Sets other variables for everybody, `generation=0,1`.
  ///   - options: Level, fixed or sampled covariates, contrasts.
  /// - Returns: Effects in the unit of the outcome, chances as 0…1, a row an answer where there are
  ///   several, with differences between places (the interaction on that scale) and their joint
  ///   test. Tests have the design's degrees of freedom; those of a multinomial model leave out the
  ///   last answer, whose effect follows from the others, those of an ordinal model are of the
  ///   first answer alone, since one coefficient moves all answers. An effect that is not
  ///   estimable, since it rests on a combination about which the respondents tell nothing, is NaN,
  ///   and a note names it; so are predictions and combinations of parameters.
  /// - Throws: ``SurveyError`` for a variable that is not in the model, or in steps only.
  /// - Complexity: O(rows × columns) for each category and setting, times answers² where there are
  ///   several.
  /// - Note: Agrees with the delta method on `svyglm` with numerical derivatives in R (numDeriv),
  ///   and the printed eight digits with `marginaleffects` of Python; of several answers with the
  ///   same on a likelihood by hand. `covariates: .fixed` is what `margins, dydx()` of Stata is
  ///   documented to give, `.joint` its `vce(unconditional)`.
  /// - SeeAlso: Williams (2012), Stata Journal 12; Mize (2019), Sociological Science 6; Korn and
  ///   Graubard (1999), Analysis of Health Surveys, section 3.7; Long and Freese (2014), Regression
  ///   Models for Categorical Dependent Variables Using Stata, chapters 7 and 8.
  public func margins(
    of variables: [String], over group: String? = nil, at settings: Settings? = nil,
    options: MarginOptions = MarginOptions()
  ) throws -> MarginalEffects {
    try MarginalEffects(
      try found.map {
        try $0.basis.effects(of: variables, over: group, at: settings, options: options)
      }, over: group, options: options)
  }

  /// The average marginal effects of one variable; see `margins(of:over:at:options:)`.
  ///
  /// - Returns: As of the other.
  /// - Throws: As the other.
  public func margins(
    of variable: String, over group: String? = nil, at settings: Settings? = nil,
    options: MarginOptions = MarginOptions()
  ) throws -> MarginalEffects {
    try margins(of: [variable], over: group, at: settings, options: options)
  }

  /// Adjusted predictions: the mean outcome, or the chance of every answer, when some variables are
  /// set for everybody.
  ///
  /// `Σ w F(η at the settings) ∕ Σ w`, variables that are not set as each respondent answered. When
  /// all are set this is the prediction at one point. Influence as of
  /// `margins(of:over:at:options:)`. Intervals are made on the scale of the linear
  /// predictor, of a chance among several answers on that of the logarithm of odds.
  ///
  /// Combinations of values that nobody has are predicted too, wherever they are estimable.
  ///
  /// - Parameters:
  ///   - settings: The values; `mean`, `median`, `mode`, `min`, `max`, `all` stand for those of the
  ///     respondents, which count as given.
  ///   - group: Averages within each category of this variable.
  ///   - options: Level, fixed or sampled covariates.
  /// - Returns: Means in the unit of the outcome, chances as 0…1, which add up to 1 over the
  ///   answers.
  /// - Throws: ``SurveyError`` for a variable that is not in the model, a category that nobody has.
  /// - Complexity: O(rows × columns × answers) for each combination of values.
  /// - Note: Agrees with `svypredmeans` of R's survey 4.5 when covariates are sampled; fixed, it is
  ///   what `margins, at()` of Stata is documented to give.
  /// - SeeAlso: Korn and Graubard (1999), Analysis of Health Surveys, section 3.7.
  public func predictions(
    at settings: Settings, over group: String? = nil, options: MarginOptions = MarginOptions()
  ) throws -> Predictions {
    try Predictions(
      of: settings.variables.map(\.name),
      try found.map { try $0.basis.predictions(at: settings, over: group, options: options) },
      level: options.level)
  }

  /// Adjusted predictions; see `predictions(at:over:options:)`.
  ///
  /// - Returns: As of the other.
  /// - Throws: As the other, and for a text that sets nothing.
  public func predictions(
    at settings: String, over group: String? = nil, options: MarginOptions = MarginOptions()
  ) throws -> Predictions {
    try predictions(at: Settings(settings), over: group, options: options)
  }

  /// Written-out linear and nonlinear combinations of the parameters.
  ///
  /// `education=3 - education=2`, `exp(age * 10)`, `(a - b) / c`. Value `h(β)`, standard error by
  /// the delta method, `√(∇h V ∇hᵀ)`, the gradient by the chain rule, so that the influence is `∇h
  /// · u` with that of the parameters. A reference category's coefficient is zero. Cut points are
  /// called `1|2`; the coefficients of a multinomial model have their answer in front,
  /// `2:education=3`, and those of the base are zero.
  ///
  /// The test of a nonlinear combination against zero is rarely what one wants; its interval is
  /// symmetric, which can mislead far from a straight line.
  ///
  /// - Parameters:
  ///   - texts: The combinations, of names of parameters, numbers, `+ - * / ^`, parentheses and
  ///     exp, log, sqrt, abs, plogis, qlogis.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: A row a text, in the order given, on the scale of the parameters (or of what the
  ///   text makes of them); the joint Wald F that all are zero when there are several.
  /// - Throws: ``SurveyError`` of kind usage with a caret for a name that is not there.
  /// - Complexity: O(parameters²) a text.
  /// - Note: Agrees with `svycontrast` of R's survey 4.1, whose slopes are symbolic; tests have the
  ///   model's degrees of freedom.
  /// - SeeAlso: Wolter (2007), Introduction to Variance Estimation, chapter 6.
  public func contrasts(_ texts: [String], level: Double = 0.95) throws -> Contrasts {
    try Contrasts(
      texts, try found.map { try ContrastFinding(texts, of: $0) },
      variable: formula.outcome.name, level: level)
  }
}
