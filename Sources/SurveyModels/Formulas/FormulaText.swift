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

extension FormulaText {
  /// A model's name and its formula: what stands before the first colon of the left side, and the rest.
  ///
  /// A colon in a quoted code is none of a name; an apostrophe within a word quotes nothing.
  ///
  /// - Throws: ``SurveyError`` of kind usage for a colon with nothing before it.
  static func named(_ source: String) throws -> (name: String?, formula: String) {
    var quote: Character?
    var last: Character = " "
    for place in source.indices {
      let character = source[place]
      defer { last = character }
      if let open = quote {
        if character == open { quote = nil }
      } else if "'\"`".contains(character), !last.isLetter, !last.isNumber {
        quote = character
      } else if character == "~" {
        break
      } else if character == ":" {
        let name = source[..<place].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let formula = String(source[source.index(after: place)...].drop(while: \.isWhitespace))
        guard !name.isEmpty else {
          throw SurveyError(
            .usage, "there is no name before ':' in the model '\(source)'",
            remedy: "Write 'Adjusted: \(formula)', or leave out the colon.")
        }
        return (name, formula)
      }
    }
    return (nil, source)
  }
}
