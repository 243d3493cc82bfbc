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

  /// A part with the letters, digits and hyphens that stand beside it, which may be one name.
  package func unbroken(around range: Range<Int>) -> Range<Int> {
    func belongs(_ index: Int) -> Bool {
      guard characters.indices.contains(index) else { return false }
      let character = characters[index]
      return character.isLetter || character.isNumber || "_-.".contains(character)
    }
    var (start, end) = (range.lowerBound, range.upperBound)
    while belongs(start - 1) { start -= 1 }
    while belongs(end) { end += 1 }
    return start..<end
  }

  /// The text of a part.
  package subscript(range: Range<Int>) -> String { String(characters[range]) }
}

extension String {
  /// The advice to put a name that holds other signs between backquotes.
  package static func backquoting(_ name: String) -> String {
    "Write a name that is not letters and digits alone between backquotes: `\(name)`."
  }
}
