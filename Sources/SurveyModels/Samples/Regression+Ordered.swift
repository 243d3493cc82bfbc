internal import SurveyData
internal import SurveyNumerics
package import SurveyStatistics

extension Regression {
  /// Fits an ordered logit, `logit P(y ≤ j) = ζ_j − xβ`: its slopes with their influence.
  ///
  /// The cut points take the place of the constant, whose coefficient is 0; means and residuals there
  /// are none.
  ///
  /// - Parameters:
  ///   - outcomes: One a respondent; their order is that of the answers.
  ///   - columns: The predictors, the constant first.
  ///   - people: The respondents, whose weights are used.
  /// - Throws: ``SurveyError`` without a place when there is no finite maximum, or one answer only.
  /// - Complexity: O(cases × parameters²) a step.
  package init(
    ordered outcomes: [Double], on columns: [[Double]], among people: People
  ) throws {
    let used = people.weights
    let mean = used.reduce(0, +) / Double(people.count)
    let answers = Set(outcomes).sorted()
    let place = Dictionary(uniqueKeysWithValues: zip(answers, answers.indices.map(Int32.init)))
    guard answers.count > 1 else {
      throw SurveyError(
        .noAnswer, "everybody gives the same answer, so there is nothing to explain",
        remedy: "Look at the outcome and at --where.")
    }
    let slopes = columns.count - 1
    let weights = used.map { $0 / mean }
    var matrix = ModelMatrix(columns: columns, rowCount: used.count)
    try matrix.settleWhole(weights: weights)
    let likelihood = CategoryLikelihood(
      curve: ChoiceCurve(
        family: .ordinal, categories: answers.map { Category(canonicalCode($0)) }),
      matrix: matrix.withoutConstant, answers: outcomes.map { place[$0, default: 0] },
      weights: weights)
    guard case .found(let maximum) = likelihood.maximum() else {
      throw SurveyError(
        .noAnswer,
        "the predictors tell for certain what the outcome is, so that an ordered logit has no "
          + "finite estimate",
        remedy: "Merge categories, leave a variable out, or leave respondents out with --where.")
    }
    let map = likelihood.parameterMap * maximum.inverse
    let covariance = map * likelihood.parameterMap.transposed
    var inverse = Matrix(rows: columns.count, columns: columns.count)
    for k in 0..<slopes { for l in 0..<slopes { inverse[k + 1, l + 1] = covariance[k, l] } }
    inverseInformation = inverse
    means = []
    residuals = []
    // The slope along the predictor, then those along the cut points.
    let (curve, count) = (likelihood.curve, used.count)
    let scores = curve.scores(
      curve.inputs(
        likelihood.elements, width: slopes, of: count, at: maximum.parameters),
      answers: likelihood.answers)
    let own = likelihood.parameterMap * maximum.parameters
    let made = people.replicateWeights.map {
      likelihood.maxima(
        with: $0, from: maximum.parameters
      ).map { [0] + (likelihood.parameterMap * $0).prefix(slopes) }
    }
    coefficients = Influence(
      [0] + own.prefix(slopes), of: people, replicates: made
    ) { row, u in
      for k in 0..<slopes {
        var sum = 0.0
        for l in 0..<slopes {
          sum += map[k, l] * scores[row] * likelihood.elements[l * count + row]
        }
        for cut in 1..<curve.inputCount {
          sum += map[k, slopes + cut - 1] * scores[cut * count + row]
        }
        u[k + 1] = sum / mean
      }
    }
  }
}
