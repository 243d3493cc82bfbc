public import ArgumentParser
public import SurveyData
public import SurveyTables

/// One of Vekt's verbs: arguments that become a result, the same in a shell and in a notebook.
public protocol Verb: ParsableCommand {
  /// Whether it may stand in the cell of a notebook, which gives it the data in use.
  static var standsInCells: Bool { get }

  /// How the result is to be written.
  var output: OutputArguments { get }

  /// Does the work.
  /// - Throws: ``SurveyError`` for everything that the user can mend.
  func perform(in workspace: Workspace) throws -> Outcome
}

extension Verb {
  /// Most verbs answer a question about data.
  public static var standsInCells: Bool { true }
}

/// What a verb gives.
public struct Outcome: Sendable {
  /// What it gives, apart from remarks.
  public var result: Result
  /// What the user must know besides; goes to standard error.
  public var remarks: [String]
  /// The kind of fault that the result reports, for the exit status; nil when all is well.
  public var status: SurveyError.Kind?

  /// The words in a program's head that stand for the whole command; nil for other results.
  var command: String?

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
