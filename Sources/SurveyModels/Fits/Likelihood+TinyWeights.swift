internal import SurveyData

extension Likelihood {
  /// A weight below this share of a respondent's mean is so small that a result should not rest on it.
  static let tinyWeight = 1e-6

  /// How many cases with tiny weights are all that keeps the outcome from being told for certain; nil
  /// where it would not be without them.
  ///
  /// A maximum then exists, and says no more than how small these weights are.
  /// - Complexity: O(rows); a fit where there are such weights.
  func restsOnTinyWeights() throws -> Int? {
    guard family.isBinary || family == .poisson else { return nil }
    let tiny = weights.indices.filter { weights[$0] > 0 && weights[$0] < Self.tinyWeight }
    guard !tiny.isEmpty else { return nil }
    var rest = self
    for index in tiny { rest.weights[index] = 0 }
    // Without them a column may be the same everywhere, which says nothing of the outcome.
    guard case .endless(let way) = try rest.maximum(), rest.separates(way) else { return nil }
    return tiny.count
  }
}

extension Note {
  /// That an estimate rests on respondents who hardly count.
  static func tinyWeights(_ count: Int, of outcome: String) -> Note {
    Note(
      .warning, id: "model.tiny-weights",
      "without \(count == 1 ? "one answer" : "\(count) answers") whose weight is below a millionth of "
        + "the mean the model would tell the outcome for certain, so that the coefficients say little "
        + "else than how small that weight is", naming: [String(count)], at: outcome)
  }
}
