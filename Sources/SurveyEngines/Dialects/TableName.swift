internal import SurveyData

/// A table or a view: `table`, `schema.table`, `catalog.schema.table`.
struct TableName: Hashable, Sendable {
  /// Its parts, the outermost first.
  let parts: [String]

  /// The last part.
  var name: String { parts.last ?? "" }

  /// Reads a name; odd parts stand between backquotes, a backquote within them twice.
  /// - Throws: ``SurveyError`` of kind usage for an empty name, a query, more than three parts.
  init(parsing text: some StringProtocol) throws {
    func fault(_ problem: String) -> SurveyError {
      SurveyError(
        .usage, at: String(text), problem,
        remedy:
          "A table is named 'table', 'schema.table' or 'catalog.schema.table'; odd names stand between backquotes, "
          + "such as `my table`. For a query make a view.")
    }
    var parts: [String] = []
    var rest = Substring(text)
    repeat {
      var part = ""
      if rest.first == "`" {
        rest.removeFirst()
        var isClosed = false
        while !isClosed, let character = rest.popFirst() {
          guard character == "`" else {
            part.append(character)
            continue
          }
          if rest.first == "`" { part.append(rest.removeFirst()) } else { isClosed = true }
        }
        guard isClosed else { throw fault("a backquote is not closed") }
      } else {
        part = String(rest.prefix { $0 != "." && $0 != "`" })
        rest.removeFirst(part.count)
        guard !part.contains(where: { $0.isWhitespace || "();,\"'".contains($0) }) else {
          throw fault("is no name of a table")
        }
      }
      guard !part.isEmpty, !part.unicodeScalars.contains("\0") else {
        throw fault("is no name of a table")
      }
      parts.append(part)
      guard let mark = rest.popFirst() else { break }
      guard mark == ".", !rest.isEmpty else { throw fault("is no name of a table") }
    } while true
    guard parts.count <= 3 else { throw fault("has \(parts.count) parts") }
    self.parts = parts
  }
}
