extension ModelFrame {
  /// The least deviance of a model with the constant and the offset alone, or with neither.
  func nullDeviance(_ response: Response, hasIntercept: Bool) throws -> Double {
    let family = response.family
    var eta = 0.0
    if hasIntercept, offsets.isEmpty {
      let total = weights.reduce(0, +)
      eta = family.link.predictor(
        zip(response.outcomes, weights).reduce(0) { $0 + $1.0 * $1.1 } / total)
    } else if hasIntercept {
      let likelihood = Likelihood(
        matrix: ModelMatrix(constantOf: caseCount), outcomes: response.outcomes, weights: weights,
        family: family, offsets: offsets)
      guard case .found(let maximum) = try likelihood.maximum() else { return .nan }
      return maximum.deviance
    }
    if offsets.isEmpty, family.isBinary {
      var sums = (no: 0.0, yes: 0.0)
      for index in weights.indices {
        if response.outcomes[index] == 1 {
          sums.yes += weights[index]
        } else {
          sums.no += weights[index]
        }
      }
      return sums.no * family.response(eta, 0).deviance
        + sums.yes * family.response(eta, 1).deviance
    }
    var deviance = 0.0
    for index in weights.indices {
      let predictor = offsets.isEmpty ? eta : eta + offsets[index]
      deviance += weights[index] * family.response(predictor, response.outcomes[index]).deviance
    }
    return deviance
  }
}
