internal import SurveyData
internal import SurveyNumerics

extension WrittenContrast {
  /// The combination in the words of another program, every part in parentheses.
  ///
  /// - Parameter coefficient: What a coefficient is called; nil is one that is zero.
  func words(_ coefficient: (Int?) -> String) -> String {
    func join(_ a: WrittenContrast, _ sign: String, _ b: WrittenContrast) -> String {
      "(\(a.words(coefficient)) \(sign) \(b.words(coefficient)))"
    }
    return switch self {
    case .number(let value): canonicalCode(value)
    case .coefficient(let position): coefficient(position)
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
  ///   - coefficient: What the parameter at a position is called; nil is one that is zero.
  /// - Throws: ``SurveyError`` of kind usage with a caret for a name that is not there.
  package func written(_ text: String, coefficient: (Int?) -> String) throws -> String {
    var parser = WrittenContrastParser(text, names: parameterNames)
    return try parser.parse().words(coefficient)
  }
}
