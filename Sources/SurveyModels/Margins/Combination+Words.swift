internal import SurveyData
internal import SurveyStatistics

extension Combination {
  /// The combination in the words of another program, every part in parentheses.
  ///
  /// - Parameter coefficient: What a coefficient is called.
  func words(_ coefficient: (Int) -> String) -> String {
    func join(_ a: Combination, _ sign: String, _ b: Combination) -> String {
      "(\(a.words(coefficient)) \(sign) \(b.words(coefficient)))"
    }
    return switch self {
    case .number(let value): canonicalCode(value)
    case .estimate(let position): coefficient(position)
    case .negative(let inner): "(-\(inner.words(coefficient)))"
    case .sum(let a, let b): join(a, "+", b)
    case .product(let a, let b): join(a, "*", b)
    case .quotient(let a, let b): join(a, "/", b)
    case .power(let a, let b): join(a, "^", b)
    case .call(let function, let inner): "\(function.rawValue)(\(inner.words(coefficient)))"
    }
  }
}

extension FormulaFit {
  /// A written-out combination of parameters in the words of another program.
  ///
  /// - Parameters:
  ///   - text: The combination, as for `contrasts(_:level:)`.
  ///   - coefficient: What the parameter at a position is called.
  /// - Throws: ``SurveyError`` of kind usage with a caret for a name that is not there.
  package func written(_ text: String, coefficient: (Int?) -> String) throws -> String {
    var parser = CombinationParser(text, names: parameterNames)
    return try parser.parse().words(coefficient)
  }
}
