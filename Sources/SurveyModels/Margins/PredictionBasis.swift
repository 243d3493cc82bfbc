internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

/// A fitted model as predictions see it: rows whose answers can be changed, coefficients with their
/// influence, and the curve that leads from them to means.
struct PredictionBasis: Sendable {
  let terms: ModelTerms
  let frame: ModelFrame
  let survey: Survey
  /// The columns that have coefficients.
  let columns: [ModelColumn]
  let curve: any ResponseCurve
  /// The coefficients of every linear predictor, one after the other, then the constants.
  let parameters: [Double]
  /// The unit sums of their scores.
  let scoreTotals: UnitTotals
  /// What turns the scores of a row into its influence, `A⁻¹` for one unit of weight.
  let inverse: Matrix
  /// The derivative of each row's log likelihood by each of its inputs, inputs × rows.
  let scores: [[Double]]

  /// The model matrix when everybody gives some answers.
  func matrix(of frame: ModelFrame) -> ModelMatrix {
    var matrix = ModelMatrix(terms, frame)
    let kept = Set(columns)
    matrix.drop(matrix.columns.indices.filter { !kept.contains(matrix.columns[$0]) })
    return matrix
  }

  /// The derivative of the model matrix by a number, product by product.
  ///
  /// Each column is linear in each of its factors, so that its derivative is the sum over its
  /// factors of the column with that factor's derivative in its place.
  /// - Returns: rows × columns, by columns; nil where nothing depends on the variable smoothly.
  func slopes(of frame: ModelFrame, by variable: String, on dataset: Dataset) throws -> [Double]? {
    var result: [Double]?
    for (predictor, values) in try frame.slopes(by: variable, terms, on: dataset) {
      var changed = frame
      changed.predictors[predictor] = values
      let matrix = matrix(of: changed)
      let name = terms.predictors[predictor].name
      var sum = result ?? Array(repeating: 0, count: matrix.elements.count)
      for (index, column) in matrix.columns.enumerated()
      where column.parts.contains(where: { $0.variable == name }) {
        for place in index * matrix.rowCount..<(index + 1) * matrix.rowCount {
          sum[place] += matrix.elements[place]
        }
      }
      result = sum
    }
    return result
  }

  /// All variables that the predictors come from, in order of appearance.
  func variables() throws -> [String] {
    var names: [String] = []
    for predictor in terms.predictors {
      let inputs = try predictor.inputs(in: survey.dataset).map(\.name)
      let behind = try predictor.origins(in: survey.dataset).subtracting(inputs).sorted()
      names += (inputs + behind).filter { !names.contains($0) }
    }
    return names
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
