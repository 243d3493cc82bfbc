/// The characters of an expression, and the errors that point into them.
package struct ExpressionText: Sendable {
  /// The characters; every blank is a space.
  package let characters: [Character]

  /// Reads a text.
  package init(_ source: String) {
    characters = source.map { $0.isWhitespace ? " " : $0 }
  }

  /// An error with the expression on its second line and a caret under the fault on its third.
  package func fault(_ problem: String, at range: Range<Int>, remedy: String? = nil) -> SurveyError
  {
    let margin = String(repeating: " ", count: 6)
    let caret = String(repeating: " ", count: range.lowerBound) + "^"
    return SurveyError(
      .usage, "\(problem)\n\(margin)\(String(characters))\n\(margin)\(caret)", remedy: remedy)
  }

  /// The text of a part.
  package subscript(range: Range<Int>) -> String { String(characters[range]) }
}
