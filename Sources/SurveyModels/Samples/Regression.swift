internal import SurveyData
package import SurveyNumerics
package import SurveyStatistics

/// A regression of numbers on columns, with the influence of its coefficients: the workshop's form
/// of a fit, for analyses that are made of several.
package struct Regression: Sendable {
  /// The coefficients, one a column, with what a unit of weight of each respondent adds:
  /// `A⁻¹ x (y − μ)`.
  package let coefficients: Influence
  /// The mean that the model gives each respondent.
  package let means: [Double]
  /// `y − μ` of each respondent.
  package let residuals: [Double]
  /// The inverse of the information, with weights whose mean is 1.
  package let inverseInformation: Matrix

  /// Fits by pseudo maximum likelihood; see `Survey/fit(_:family:level:)`.
  ///
  /// - Parameters:
  ///   - outcomes: One a respondent; 0 and 1 for a logistic model.
  ///   - columns: The predictors, none of which follows from the others; the constant is one.
  ///   - people: The respondents, whose weights are used.
  ///   - family: Logistic or linear.
  /// - Throws: ``SurveyError`` without a place when there is no finite maximum.
  /// - Complexity: O(cases × columns²) a step.
  package init(
    of outcomes: [Double], on columns: [[Double]], among people: People, family: ModelFamily
  ) throws {
    precondition(family == .logistic || family == .linear, "a family with another score")
    let used = people.weights
    let mean = used.reduce(0, +) / Double(people.count)
    let weights = used.map { $0 / mean }
    var matrix = ModelMatrix(columns: columns, rowCount: used.count)
    try matrix.settleWhole(weights: weights)
    let likelihood = Likelihood(
      matrix: matrix, outcomes: outcomes, weights: weights, family: family)
    guard case .found(let maximum) = try likelihood.maximum() else {
      throw SurveyError(
        .noAnswer,
        "the predictors tell for certain what the outcome is, so that a logit has no "
          + "finite estimate",
        remedy: "Merge categories, leave a variable out, or leave respondents out with --where.")
    }
    // With the links of these two families a row's score is its residual.
    let residuals = Likelihood.speaking(maximum.scores, family, outcomes: outcomes)
    self.residuals = residuals
    means = zip(outcomes, residuals).map { $0 - $1 }
    inverseInformation = matrix.coefficientCovariance(maximum.inverse)
    var inverse = matrix.coefficientMap(maximum.inverse)
    for k in inverse.elements.indices { inverse.elements[k] /= mean }
    let (width, count) = (columns.count, used.count)
    let elements = matrix.elements()
    var x = Array(repeating: 0.0, count: width)
    let made = people.replicateWeights.map {
      likelihood.maxima(
        with: $0, from: maximum.coefficients
      ).map { [matrix] in matrix.coefficients($0) }
    }
    coefficients = Influence(
      matrix.coefficients(maximum.coefficients), of: people, replicates: made
    ) { place, u in
      for k in 0..<width { x[k] = elements[k * count + place] * residuals[place] }
      for k in 0..<width {
        var sum = 0.0
        for l in 0..<width { sum += inverse[k, l] * x[l] }
        u[k] = sum
      }
    }
  }

  /// The columns that follow from columns before them; see `ModelMatrix.settle(_:weights:)`.
  package static func dependentColumns(_ columns: [[Double]], among people: People) -> [Int] {
    ModelMatrix(columns: columns, rowCount: people.caseCount)
      .dependentColumns(weights: people.weights)
  }
}
