package import SurveyData
package import SurveyStatistics

/// The people that a family of models shares: every model of the family is fitted on those who have
/// answered all its variables.
package struct ModelSample: Sendable {
  private let model: ModelTerms
  private let frame: ModelFrame
  private let response: Response
  /// The columns of the widest model, the constant first.
  package let columns: [Column]

  /// A column of the model matrix.
  package struct Column: Sendable {
    /// What it stands for.
    package let column: ModelColumn
    /// The term that it belongs to, as a position in the formula; nil for the constant.
    package let term: Int?
    /// Its value for each respondent.
    package let values: [Double]
  }

  /// Reads the variables of the widest model.
  ///
  /// - Parameters:
  ///   - formula: The widest model.
  ///   - family: As of `Survey/fit(_:family:level:)`.
  ///   - otherwise: What to do with an outcome of more than two values, where other families are
  ///     not taken: `or …`.
  ///   - merging: Whether people with the same answers may make one row.
  /// - Throws: ``SurveyError`` for a name, code or outcome that does not fit, or when nobody has
  ///   answered everything.
  package init(
    _ formula: Formula, family: ModelFamily?, otherwise: String? = nil, merging: Bool = true,
    in survey: Survey
  ) throws {
    let model = try ModelTerms(formula, in: survey.dataset)
    let survey =
      merging ? try survey.merged(over: model.inputs(in: survey.dataset)) : survey
    let frame = try ModelFrame(model, in: survey, merging: false)
    try self.init(
      model, frame,
      Response(model, frame, family: family, in: survey.dataset, otherwise: otherwise))
  }

  /// Reads the variables of the widest model of an outcome whose answers have an order: that of its
  /// codes, or of its numbers.
  /// - Throws: As the other.
  package init(ordered formula: Formula, in survey: Survey) throws {
    let model = try ModelTerms(formula, in: survey.dataset)
    let survey = try survey.merged(over: model.inputs(in: survey.dataset))
    let frame = try ModelFrame(model, in: survey, merging: false)
    try self.init(model, frame, Response(family: .linear, outcomes: frame.outcomes))
  }

  private init(
    _ model: ModelTerms, _ frame: ModelFrame, _ response: Response
  ) throws {
    self.model = model
    self.frame = frame
    self.response = response
    let matrix = try ModelMatrix(model, frame)
    columns = matrix.columns.indices.map { index in
      Column(
        column: matrix.columns[index], term: matrix.terms[index],
        values: matrix.products([matrix.plan[index].parts]))
    }
  }

  /// The respondents: the people of the survey that was asked, or its merged ones.
  package var people: People { frame.people }
  /// How many respondents there are.
  package var count: Int { frame.count }
  /// The outcome of each respondent, as the family takes it.
  package var outcomes: [Double] { response.outcomes }
  /// The family.
  package var family: ModelFamily { response.family }
  /// The value of the outcome whose chance is modelled; nil for a linear model.
  package var event: String? { response.event }
  /// Where the rows went.
  package var accounting: Accounting { frame.accounting }
  /// What must be known of the outcome.
  package var notes: [Note] { frame.notes + response.notes }

  /// Fits a model of some of the terms.
  ///
  /// - Parameter terms: Positions in the formula's terms; nil means all.
  /// - Throws: As `Survey/fit(_:family:level:)`.
  package func fit(terms: [Int]? = nil, level: Double) throws -> ModelFit {
    try people.survey.fit(
      model.keeping(terms ?? Array(model.formula.terms.indices)), frame: frame,
      response: response, level: level)
  }
}

extension ModelTerms {
  /// The model of some of the terms, on the same predictors.
  fileprivate func keeping(_ terms: [Int]) -> ModelTerms {
    ModelTerms(
      formula: formula.keeping(terms, named: terms.map { name(of: formula.terms[$0]) }),
      outcome: outcome, predictors: predictors, offsets: offsets)
  }

  private init(
    formula: Formula, outcome: Outcome, predictors: [Predictor], offsets: [Expression]
  ) {
    self.formula = formula
    self.outcome = outcome
    self.predictors = predictors
    self.offsets = offsets
  }
}

extension Formula {
  /// The formula of some of the terms; the atoms stay, so that their positions do.
  fileprivate func keeping(_ kept: [Int], named names: [String]) -> Formula {
    Formula(
      name: name,
      source: outcome.name + " ~ " + (names.isEmpty ? "1" : names.joined(separator: " + "))
        + (hasIntercept ? "" : " - 1"),
      outcome: outcome, atoms: atoms, terms: kept.map { terms[$0] }, offsets: offsets,
      hasIntercept: hasIntercept)
  }

  private init(
    name: String?, source: String, outcome: Atom, atoms: [Atom], terms: [[Int]], offsets: [Atom],
    hasIntercept: Bool
  ) {
    self.name = name
    self.source = source
    self.outcome = outcome
    self.atoms = atoms
    self.terms = terms
    self.offsets = offsets
    self.hasIntercept = hasIntercept
  }
}
