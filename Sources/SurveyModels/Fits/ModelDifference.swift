public import SurveyStatistics

/// What a model says beyond a smaller one of the same respondents, as a test that the coefficients
/// it has more are all zero.
public struct ModelDifference: Sendable {
  /// The position of the smaller model.
  public let smaller: Int
  /// The position of the larger one.
  public let larger: Int
  /// The test; its term names what is added.
  public let test: TestResult

  /// Tests each model against the one before it, where one of the two holds all coefficients of the
  /// other.
  ///
  /// - Parameters:
  ///   - models: Models of the same respondents, from `fit` of several formulas.
  ///   - test: The form of the test.
  public static func between(_ models: [ModelFit], test: TermTest) throws -> [ModelDifference] {
    try models.indices.dropFirst().compactMap { index in
      let (first, second) = (models[index - 1], models[index])
      let isLarger = second.rows.count > first.rows.count
      let (small, large) = isLarger ? (first, second) : (second, first)
      let known = Set(small.rows.map(\.term))
      let added = large.rows.indices.filter { !known.contains(large.rows[$0].term) }
      guard small.formula.outcome == large.formula.outcome, small.family == large.family,
        !added.isEmpty, added.count == large.rows.count - small.rows.count
      else { return nil }
      var names: [String] = []
      for name in added.map({ large.rows[$0].variable }) where !names.contains(name) {
        names.append(name)
      }
      return ModelDifference(
        smaller: isLarger ? index - 1 : index, larger: isLarger ? index : index - 1,
        test: try large.test(added, named: names.joined(separator: " + "), test))
    }
  }
}
