internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

/// A fitted model as predictions see it: cases whose answers can be changed, parameters with their
/// influence, and the curve that leads from them to means.
public struct PredictionBasis: Sendable {
  let terms: ModelTerms
  var frame: ModelFrame
  let survey: Survey
  /// The columns that have coefficients.
  let plan: ModelMatrix
  let curve: any ResponseCurve
  /// The coefficients of every linear predictor, one after the other, then the constants.
  let parameters: [Double]
  /// The unit sums of the derivatives of the log likelihood by them.
  let scoreTotals: UnitTotals
  /// What turns scores into influence, `A⁻¹` for weights as they are.
  let inverse: Matrix
  /// The derivative of each case's log likelihood by each of its inputs, inputs × cases, at its
  /// inputs, which come likewise.
  let scores: @Sendable (_ frame: ModelFrame, _ inputs: [Double]) throws -> [Double]

  /// The model matrix of a frame.
  func matrix(of frame: ModelFrame) throws -> ModelMatrix {
    try plan.rebuilt(from: frame.predictors, rowCount: frame.caseCount)
  }

  /// The same with cases that know some variables: when cases are merged by their answers, they
  /// know only the variables of the model itself, and rows take their place.
  func knowing(_ variables: [String]) throws -> Self {
    guard frame.people.areMerged else { return self }
    let inputs = try Set(terms.inputs(in: survey.dataset).map(\.name))
    let follows = inputs.reduce(into: Set<String>()) {
      $0.formUnion(survey.dataset.origins(of: $1).subtracting([$1]))
    }
    if variables.allSatisfy({ inputs.contains($0) && !follows.contains($0) }) { return self }
    var result = self
    result.frame = try ModelFrame(terms, alongside: frame.others, in: survey, merging: false)
    return result
  }

  /// All variables that the predictors and offsets come from, in order of appearance.
  func variables() throws -> [String] {
    var names: [String] = []
    let sources =
      try terms.predictors.map { try $0.inputs(in: survey.dataset) }
      + terms.offsets.map { try $0.numberInputs(in: survey.dataset) }
    for source in sources {
      let inputs = source.map(\.name)
      let behind = inputs.reduce(into: Set<String>()) {
        $0.formUnion(survey.dataset.origins(of: $1))
      }
      names += (inputs + behind.sorted()).filter { !names.contains($0) }
    }
    return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Checks that a variable is in the model.
  func require(_ variable: String) throws {
    let names = try variables()
    guard !names.contains(variable) else { return }
    _ = try survey.dataset.variable(variable)
    throw SurveyError(
      .usage, at: variable, "is not among the model's predictors: \(names.joined(separator: ", "))",
      remedy: suggestion(for: variable, among: names))
  }
}
