internal import SurveyData

/// The characters of a formula, and the errors that point into them.
struct FormulaText {
  private let text: ExpressionText

  init(_ source: String) { text = ExpressionText(source) }

  var characters: [Character] { text.characters }

  /// A part with the letters, digits and hyphens that stand beside it, which may be one name.
  func unbroken(around range: Range<Int>) -> Range<Int> { text.unbroken(around: range) }

  subscript(range: Range<Int>) -> String { text[range] }

  func fault(_ problem: String, at range: Range<Int>, remedy: String? = nil) -> SurveyError {
    text.fault(problem, at: range, remedy: remedy)
  }

  /// The expression that stands at a range; it keeps its columns, so that its carets are ours.
  func expression(at range: Range<Int>) throws -> Expression {
    let margin = String(repeating: " ", count: range.lowerBound)
    return try pointing { try Expression(margin + self[range]) }
  }

  /// Shows the whole formula above the caret of an expression's error.
  func pointing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as SurveyError where error.kind == .usage {
      var lines = error.problem.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
      guard lines.count == 3 else { throw error }
      lines[1] = String(repeating: " ", count: 6) + String(characters)
      throw SurveyError(
        error.kind, at: error.place, lines.joined(separator: "\n"), remedy: error.remedy)
    }
  }
}
