internal import SurveyData

/// A formula whose names are known: what is a number, what a factor, before a row is read.
struct ModelTerms {
  let formula: Formula
  let outcome: Outcome
  let predictors: [Predictor]
  /// What is added to the linear predictor.
  let offsets: [Expression]

  init(_ formula: Formula, in dataset: Dataset) throws {
    self.formula = formula
    outcome = try Outcome(formula.outcome, of: formula, in: dataset)
    predictors = try formula.atoms.map { try Predictor($0, of: formula, in: dataset) }
    offsets = try formula.offsets.map { atom in
      let kind = try formula.text.pointing { try atom.expression.check(against: dataset) }
      if case .text = kind {
        throw formula.text.fault("this is a text, where a number should stand", at: atom.range)
      }
      return atom.expression
    }
  }

  func inputs(in dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
    try outcome.inputs(in: dataset) + predictors.flatMap { try $0.inputs(in: dataset) }
      + offsets.flatMap { try $0.numberInputs(in: dataset) }
  }

  /// The name of a term: `g`, `sex:g`.
  func name(of term: [Int]) -> String {
    term.map { predictors[$0].name }.joined(separator: ":")
  }

  /// Whether a factor of a term needs a column for its reference too, as nothing else in the model
  /// stands for it: R's rule is that the term without the factor is not in the model.
  func keepsReference(of predictor: Int, in term: [Int]) -> Bool {
    let rest = term.filter { $0 != predictor }
    return rest.isEmpty ? !formula.hasIntercept : !formula.terms.contains(rest)
  }
}
