/// A condition or a formula over variables: `age >= 18 and trust in (1, 2)`, `income / 12`.
public struct Expression: Hashable, Sendable {
  /// The text as it was written.
  public let source: String

  /// Parses an expression.
  /// - Throws: ``SurveyError`` of kind usage, with a caret under the fault.
  public init(_ source: String) throws {
    self.source = source
  }
}
