internal import SurveyData
internal import SurveyStatistics

extension CategoryFit {
  /// The average marginal effects of some variables on the chance of every answer.
  ///
  /// Formula, influence and options as of `ModelFit.margins(of:over:at:options:)`, with the chance
  /// of each answer for the mean: ordinal `P_j = F(ζ_j − xβ) − F(ζ_{j−1} − xβ)`, multinomial
  /// `P_j = e^{xβ_j} ∕ Σ e^{xβ_k}`. Over the answers the effects add up to zero.
  ///
  /// An ordinal model forces effects on the lowest and highest answers to have opposite signs; where
  /// proportional odds fail they can be wrong in the middle.
  ///
  /// - Parameters:
  ///   - variables: Variables of the formula, estimated together.
  ///   - group: Averages within each category of this variable, over the respondents who have it.
  ///   - settings: Sets other variables for everybody.
  ///   - options: Level, fixed or sampled covariates, contrasts.
  /// - Returns: Effects as 0…1, a row an answer. Joint tests of a multinomial model leave out the last
  ///   answer, whose effect follows from the others; those of an ordinal model are of the first answer
  ///   alone, since one coefficient moves all answers.
  /// - Throws: ``SurveyError`` for a variable that is not in the model, or in steps only.
  /// - Complexity: O(rows × columns × answers²) for each category and setting.
  /// - Note: Agrees with numerical derivatives of a likelihood by hand in R (numDeriv), and with two
  ///   answers with the margins of the logistic model.
  /// - SeeAlso: Long and Freese (2014), Regression Models for Categorical Dependent Variables Using
  ///   Stata, chapters 7 and 8.
  public func margins(
    of variables: [String], over group: String? = nil, at settings: Settings? = nil,
    options: MarginOptions = MarginOptions()
  ) throws -> MarginalEffects {
    guard imputations.isEmpty else {
      return try MarginalEffects.pooled(
        try imputations.map {
          try $0.margins(of: variables, over: group, at: settings, options: options)
        }, options: options.estimation)
    }
    return try basis.margins(of: variables, over: group, at: settings, options: options)
  }

  /// The average marginal effects of one variable; see `margins(of:over:at:options:)`.
  public func margins(
    of variable: String, over group: String? = nil, at settings: Settings? = nil,
    options: MarginOptions = MarginOptions()
  ) throws -> MarginalEffects {
    try margins(of: [variable], over: group, at: settings, options: options)
  }

  /// Adjusted predictions of the chance of every answer; see
  /// `ModelFit.predictions(at:over:options:)`.
  ///
  /// - Returns: Chances as 0…1, a row an answer, which add up to 1; intervals are made on the scale of
  ///   the logarithm of odds.
  /// - Throws: ``SurveyError`` for a variable that is not in the model, a category that nobody has.
  /// - Complexity: O(rows × columns × answers) for each combination of values.
  public func predictions(
    at settings: Settings, over group: String? = nil, options: MarginOptions = MarginOptions()
  ) throws -> Predictions {
    guard imputations.isEmpty else {
      let each = try imputations.map {
        try $0.predictions(at: settings, over: group, options: options)
      }
      return try Predictions(pooling: each, curve: basis.curve, level: options.level)
    }
    return try basis.predictions(at: settings, over: group, options: options)
  }

  /// Adjusted predictions; see `predictions(at:over:options:)`.
  public func predictions(
    at settings: String, over group: String? = nil, options: MarginOptions = MarginOptions()
  ) throws -> Predictions {
    try predictions(at: Settings(settings), over: group, options: options)
  }

  /// Written-out linear and nonlinear combinations of the parameters; see
  /// `ModelFit.contrasts(_:level:)`.
  ///
  /// Cut points are called `1|2`. The coefficients of a multinomial model have their answer in front,
  /// `2:education=3`; those of the base and of reference categories are zero.
  ///
  /// - Throws: ``SurveyError`` of kind usage with a caret for a name that is not there.
  public func contrasts(_ texts: [String], level: Double = 0.95) throws -> Contrasts {
    guard imputations.isEmpty else {
      return try Contrasts(
        pooling: try imputations.map { try $0.contrasts(texts, level: level) }, level: level)
    }
    return try Contrasts(
      texts, of: estimates, names: coefficientNames, outcome: formula.outcome.name, level: level)
  }

  /// What every parameter may be called, with its position; nil for one that is zero.
  var coefficientNames: [(name: String, position: Int?)] {
    let prefixes = family == .ordinal ? [""] : categories.map { "\($0.code):" }
    var names: [(name: String, position: Int?)] = []
    for (index, row) in rows.enumerated() {
      let prefix = row.outcome.map { "\($0.code):" } ?? ""
      guard case .column(let column, _) = row.place else {
        names.append((row.term, index))
        continue
      }
      names += column.names.map { (prefix + $0, index) }
    }
    for prefix in prefixes {
      names += references.sorted { $0.key < $1.key }.map { ("\(prefix)\($0.key)=\($0.value)", nil) }
    }
    if family == .multinomial {
      names += columns.flatMap(\.names).map { (prefixes[0] + $0, nil) }
    }
    return names
  }
}
