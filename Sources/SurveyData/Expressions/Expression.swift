/// A condition or a formula over variables: `age >= 18 and trust in (1, 2)`, `income / 12`.
///
/// Codes are compared as codes: `sex == 1`, `region in ('03', '46')`. What compares with a missing
/// answer is missing; `missing and false` is false and `missing or true` is true.
public struct Expression: Hashable, Sendable {
  /// The text as it was written.
  public let source: String
  /// The names of the variables, each once, in order of appearance.
  public let variables: [String]
  /// The expression as it was parsed.
  package let root: SyntaxNode

  /// The variable's name when the expression is nothing but a variable; otherwise nil.
  package var soleVariable: String? {
    if case .name(let name) = root.form { name } else { nil }
  }

  /// What an expression gives.
  public enum Kind: Sendable {
    /// True, false or missing.
    case condition
    /// A number.
    case number
    /// A text.
    case text
  }

  /// Parses an expression.
  /// - Throws: ``SurveyError`` of kind usage, with a caret under the fault.
  public init(_ source: String) throws {
    self.source = source
    var parser = try ExpressionParser(source)
    root = try parser.parse()
    variables = root.names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Whether two expressions are written the same.
  public static func == (a: Self, b: Self) -> Bool { a.source == b.source }

  /// Hashes the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}
