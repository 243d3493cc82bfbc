public import SurveyData

/// What the user states about a file on the command line; it goes before what the codebook states.
public struct ReadingOptions: Sendable {
  /// What is stated about the file; what is nil comes from the codebook or is detected and said.
  public var file = FileStatement()
  /// Whether bytes that the encoding does not know become U+FFFD instead of an error.
  public var lossy = false
  /// Whether warnings are errors.
  public var strict = false
  /// The longest CSV field, in bytes.
  public var longestField = 1 << 20
  /// Whether rows after the last case that an SPSS file announces are read.
  public var readsBeyondCaseCount = false

  /// Options that state nothing.
  public init() {}

  /// The notes of a reader, unless one is a warning and warnings are errors.
  /// - Throws: ``SurveyError`` that says what the first warning says.
  package func judged(_ notes: [Note]) throws -> [Note] {
    guard strict, let warning = notes.first(where: { $0.level == .warning }) else { return notes }
    throw SurveyError(
      .data, at: warning.place, warning.text, remedy: "Without `--strict` this is a warning.")
  }
}
