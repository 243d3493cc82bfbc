/// The program that a result is translated to.
package enum ProgramLanguage: String, CaseIterable, Sendable {
  /// R with the package survey.
  case r
  /// Stata with its svy commands.
  case stata

  /// An analysis in this language.
  /// - Throws: ``SurveyError`` for what the language cannot say.
  package func program(_ source: ProgramSource) throws -> String {
    switch self {
    case .r: try RProgram(source).text()
    case .stata: try StataProgram(source).text()
    }
  }
}
