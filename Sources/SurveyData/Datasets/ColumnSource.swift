/// One column that an analysis needs.
public struct ColumnRequest: Hashable, Sendable {
  /// What the codebook says of the column; its name is the column's name in the file.
  public let variable: Variable
  /// How the analysis wants to see it.
  public let view: ColumnView

  /// Makes a request.
  public init(_ variable: Variable, as view: ColumnView) {
    self.variable = variable
    self.view = view
  }
}

/// What is known of a data file before its rows are read.
public struct FileFacts: Sendable {
  /// The path as the user gave it.
  public var path: String
  /// `csv`, `sav`, `zsav`, `por`, `dta`, `sas7bdat` or `xpt`.
  public var format: String
  /// The encoding of its text.
  public var encoding: String
  /// Its size in bytes.
  public var byteCount: Int
  /// More about the format in words, such as `semicolon, decimal comma` or `Stata 118`.
  public var detail: String
  /// What is known of the engine; nil for a file.
  public var engine: EngineFacts?

  /// Makes the facts.
  public init(path: String, format: String, encoding: String, byteCount: Int, detail: String = "") {
    self.path = path
    self.format = format
    self.encoding = encoding
    self.byteCount = byteCount
    self.detail = detail
  }
}

/// Something that columns can be read from: a file, or columns in memory.
public protocol ColumnSource: Sendable {
  /// What is known of the file.
  var facts: FileFacts { get }

  /// What the file itself says of its variables: names always, labels and missing values where the
  /// format has them.
  var embeddedCodebook: Codebook { get }

  /// What the user must know of the file whichever columns are read.
  var openingNotes: [Note] { get }

  /// Reads columns in one pass.
  /// - Parameter requests: The columns, each once.
  /// - Returns: The columns in the order of the requests, all of the same length, and what the
  ///   user must know about how they were read.
  /// - Throws: ``SurveyError`` with the place of the first fault.
  func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note])

  /// The number of rows.
  /// - Complexity: O(rows) where the format does not say.
  func rowCount() throws -> Int

  /// The SHA-256 of the file in hexadecimal; nil for columns in memory.
  /// - Complexity: O(bytes).
  func sha256() throws -> String?
}

extension ColumnSource {
  /// Nothing is to be said of most sources.
  public var openingNotes: [Note] { [] }
}
