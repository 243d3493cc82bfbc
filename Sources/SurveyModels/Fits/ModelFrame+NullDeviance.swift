extension ModelFrame {
  /// The least deviance of a model with the constant and the offset alone, or with neither.
  func nullDeviance(_ response: Response, hasIntercept: Bool) throws -> Double {
    let family = response.family
    var eta = 0.0
    if hasIntercept, offsets.isEmpty {
      let total = weights.reduce(0, +)
      let sum = zip(response.outcomes, weights).reduce(0) { $0 + $1.0 * $1.1 }
      eta = family.link.predictor(sum / total)
      if family.isBinary, !response.isShare {
        return sum * family.response(eta, 1).deviance
          + (total - sum) * family.response(eta, 0).deviance
      }
    } else if hasIntercept {
      let likelihood = Likelihood(
        matrix: ModelMatrix(constantOf: caseCount), outcomes: response.outcomes, weights: weights,
        family: family, offsets: offsets)
      guard case .found(let maximum) = try likelihood.maximum() else { return .nan }
      return maximum.deviance
    }
    var deviance = 0.0
    for index in weights.indices {
      let predictor = offsets.isEmpty ? eta : eta + offsets[index]
      deviance += weights[index] * family.response(predictor, response.outcomes[index]).deviance
    }
    return deviance
  }
}
