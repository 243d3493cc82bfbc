/// Columns in memory, for tests and for data made by a program.
public struct MemorySource: ColumnSource {
  /// What is known of the file.
  public let facts: FileFacts
  /// What the file itself says of its variables.
  public let embeddedCodebook: Codebook
  private let columns: [String: Column]
  private let rows: Int

  /// Makes a source; all columns must have the same length.
  public init(_ columns: [(name: String, column: Column)], name: String = "memory") {
    facts = FileFacts(path: name, format: "memory", encoding: "utf-8", byteCount: 0)
    embeddedCodebook = Codebook(variables: columns.map { Variable($0.name) })
    rows = columns.first?.column.count ?? 0
    precondition(
      columns.allSatisfy { [rows] in $0.column.count == rows }, "columns differ in length")
    self.columns = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.column) })
  }

  /// The number of rows.
  public func rowCount() -> Int { rows }

  /// The SHA-256 of the file; nil for columns in memory.
  public func sha256() -> String? { nil }

  /// Reads columns in one pass.
  public func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let found = try requests.map { request in
      guard let column = columns[request.variable.name] else {
        throw SurveyError(.fault, "no column '\(request.variable.name)' in memory")
      }
      return try column.seen(as: request.view, name: request.variable.name)
    }
    return (found, [])
  }
}
