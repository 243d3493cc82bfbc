internal import SurveyData
internal import SurveyStatistics

extension ModelFit {
  /// The average marginal effect of a variable on the mean outcome.
  ///
  /// A factor: `Σ w [F(η with b for everybody) − F(η with a)] ∕ Σ w` for a category b and its
  /// reference a. A number: `Σ w F′(η) dη∕dx ∕ Σ w`. The model matrix is rebuilt, so that products,
  /// dummies, splines and expressions follow. Influence: the gradient times that of the
  /// coefficients; with sampled covariates also `(effect of a row − mean) ∕ Σ w`.
  ///
  /// - Parameters:
  ///   - variable: A variable of the formula.
  ///   - group: Averages within each category of this variable, over the respondents who have it.
  ///   - settings: Sets other variables for everybody, `generation=0,1`.
  ///   - options: Level, fixed or sampled covariates, contrasts.
  /// - Returns: Effects in the unit of the outcome, chances as 0…1, with differences between places
  ///   (the interaction on that scale) and their joint test. Tests have the design's degrees of
  ///   freedom.
  /// - Throws: ``SurveyError`` for a variable that is not in the model, or in steps only.
  /// - Complexity: O(rows × columns) for each category and setting.
  /// - Note: Agrees with `margins, dydx()` of Stata and `avg_slopes(…, wts = …, vcov = V)` of
  ///   marginaleffects, whose derivatives are numerical.
  /// - SeeAlso: Williams (2012), Stata Journal 12; Mize (2019), Sociological Science 6; Korn and
  ///   Graubard (1999), Analysis of Health Surveys, section 3.7.
  public func margins(
    of variable: String, over group: String? = nil, at settings: Settings? = nil,
    options: MarginOptions = MarginOptions()
  ) throws -> MarginalEffects {
    try margins(of: [variable], over: group, at: settings, options: options)
  }

  /// The average marginal effects of several variables, estimated together; see
  /// `margins(of:over:at:options:)`.
  public func margins(
    of variables: [String], over group: String? = nil, at settings: Settings? = nil,
    options: MarginOptions = MarginOptions()
  ) throws -> MarginalEffects {
    try basis.margins(of: variables, over: group, at: settings, options: options)
  }

  /// Adjusted predictions: the mean outcome when some variables are set for everybody.
  ///
  /// `Σ w F(η at the settings) ∕ Σ w`, variables that are not set as each respondent answered. When
  /// all are set this is the prediction at one point. Influence as of
  /// `margins(of:over:at:options:)`. Intervals are made on the scale of the linear
  /// predictor.
  ///
  /// - Parameters:
  ///   - settings: The values; `mean`, `median`, `mode`, `min`, `max`, `all` stand for those of the
  ///     respondents, which count as given.
  ///   - group: Averages within each category of this variable.
  ///   - options: Level, fixed or sampled covariates.
  /// - Throws: ``SurveyError`` for a variable that is not in the model, a category that nobody has.
  /// - Complexity: O(rows × columns) for each combination of values.
  /// - Note: Agrees with `svypredmeans` of R's survey 4.5 when covariates are sampled, and with
  ///   `margins, at()` of Stata.
  /// - SeeAlso: Korn and Graubard (1999), Analysis of Health Surveys, section 3.7.
  public func predictions(
    at settings: Settings, over group: String? = nil, options: MarginOptions = MarginOptions()
  ) throws -> Predictions {
    try basis.predictions(at: settings, over: group, options: options)
  }

  /// Adjusted predictions; see `predictions(at:over:options:)`.
  public func predictions(
    at settings: String, over group: String? = nil, options: MarginOptions = MarginOptions()
  ) throws -> Predictions {
    try predictions(at: Settings(settings), over: group, options: options)
  }
}
