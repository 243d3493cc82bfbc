public import SurveyStatistics

/// What a model says beyond a smaller one of the same respondents, as a test that the coefficients
/// it has more are all zero.
public struct ModelDifference: Sendable {
  /// The position of the smaller model among those given.
  public let smaller: Int
  /// The position of the larger one.
  public let larger: Int
  /// The test; its term names what is added.
  public let test: TestResult

  /// Tests each model against the one before it, where one of the two holds all coefficients of the
  /// other.
  ///
  /// See ``ModelFit/difference(from:test:)`` for the formula and the influence. Models with other
  /// terms on both sides have none.
  ///
  /// - Parameters:
  ///   - models: Models of the same respondents, from `fit` of several formulas.
  ///   - test: The form of the test.
  /// - Returns: At most one a pair of neighbours.
  /// - Throws: ``SurveyError`` when a smaller model does not settle.
  /// - Complexity: O(coefficients³) a pair; likelihood ratios also fit once.
  /// - Note: As of `difference(from:test:)`, which it asks.
  /// - SeeAlso: Rao and Scott (1984), Annals of Statistics 12.
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
  /// The test is that of ``termTests(_:)`` on those coefficients: `βᵀV⁻¹β ∕ q`, its adjusted or
  /// working form, or the fall of the deviance, with `V` from the influence of the larger model.
  ///
  /// - Parameters:
  ///   - smaller: A model of the same respondents.
  ///   - test: The form of the test.
  /// - Returns: F or its like, at least 0; nil when it does not hold all coefficients of the
  ///   smaller one and more. The term names what is added.
  /// - Throws: ``SurveyError`` when the smaller model does not settle.
  /// - Complexity: O(coefficients³); a likelihood ratio also fits once.
  /// - Note: Agrees with `termTests(_:)` of the larger model, and its likelihood ratio with the
  ///   fall of the deviance.
  /// - SeeAlso: Rao and Scott (1984), Annals of Statistics 12; Lumley and Scott (2014), Australian
  ///   & New Zealand Journal of Statistics 56.
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
