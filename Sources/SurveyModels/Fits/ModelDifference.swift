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
  public static func between(
    _ models: [some FormulaFit], test: TermTest
  ) throws -> [ModelDifference] {
    try models.indices.dropFirst().compactMap { index in
      let (first, second) = (models[index - 1], models[index])
      if let found = try second.difference(from: first, test: test) {
        return ModelDifference(smaller: index - 1, larger: index, test: found)
      }
      return try first.difference(from: second, test: test).map {
        ModelDifference(smaller: index, larger: index - 1, test: $0)
      }
    }
  }
}

extension ModelFit: FormulaFit {
  /// Whether the outcome is modelled as a chance.
  public var isChance: Bool { event != nil }

  /// Tests that the coefficients it has beyond a smaller model are all zero.
  ///
  /// - Parameters:
  ///   - smaller: A model of the same respondents.
  ///   - test: The form of the test.
  /// - Returns: nil when it does not hold all coefficients of the smaller one and more; the term
  ///   names what is added.
  public func difference(from smaller: ModelFit, test: TermTest) throws -> TestResult? {
    guard let added = added(to: smaller) else { return nil }
    return try self.test(added, named: added.map { rows[$0].variable }.joinedOnce, test)
  }

  /// The coefficients that it has beyond a smaller model; nil when it is not larger.
  func added(to smaller: ModelFit) -> [Int]? {
    let known = Set(smaller.rows.map(\.term))
    let added = rows.indices.filter { !known.contains(rows[$0].term) }
    guard formula.outcome == smaller.formula.outcome, family == smaller.family, !added.isEmpty,
      added.count == rows.count - smaller.rows.count
    else { return nil }
    return added
  }
}

extension [String] {
  /// Names joined by ` + `, each once.
  var joinedOnce: String {
    var names: [String] = []
    for name in self where !names.contains(name) { names.append(name) }
    return names.joined(separator: " + ")
  }
}
