public import SurveyData
public import SurveyTables

/// What a verb gives.
public struct Outcome: Sendable {
  /// What it gives, apart from remarks.
  public var result: Result
  /// What the user must know besides; goes to standard error.
  public var remarks: [String]
  /// The kind of fault that the result reports, for the exit status; nil when all is well.
  public var status: SurveyError.Kind?

  /// Files that are still to be written.
  public var files: [File] = []

  /// A file that is still to be written.
  public struct File: Sendable {
    /// Where it goes.
    public let path: String
    /// What it holds.
    public let bytes: [UInt8]

    /// Makes a file.
    public init(_ bytes: [UInt8], to path: String) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// The words in a program's head that stand for the whole command; nil for other results.
  package var command: String?

  /// What a verb can give.
  public enum Result: Sendable {
    /// Tables and records, to be written in any format, in a language.
    case document(Document, language: String)
    /// Text as it is, such as a codebook.
    case text(String)
    /// Files were written; the text is for standard output all the same, and may be empty.
    case files(String)
  }

  /// Makes an outcome.
  public init(_ result: Result, remarks: [String] = [], status: SurveyError.Kind? = nil) {
    self.result = result
    self.remarks = remarks
    self.status = status
  }
}
