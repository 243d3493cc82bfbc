package import SurveyData

/// How a CSV file is written, for another program that reads it.
package struct CSVForm: Hashable, Sendable {
  /// What stands between fields; nil where nobody has said.
  package var delimiter: Character?
  /// Whether quotation marks are marks, and not letters.
  package var hasQuotes = true

  /// What is stated of a file that nobody looks at.
  /// - Throws: ``SurveyError`` of kind usage for what another program does not take.
  package init(stated statement: FileStatement, at path: String, for reader: String) throws {
    (delimiter, hasQuotes) = (statement.delimiter, statement.quote != FileStatement.Quote.none)
    let isPlain =
      statement.header ?? .names == .names && statement.skip ?? 0 == 0
      && statement.encoding.map { CSVEncoding(named: $0) == .utf8 } ?? true
    guard isPlain else { throw Self.otherwise(path, reader) }
  }

  /// What a file shows, and what is stated of it.
  /// - Throws: ``SurveyError`` of kind usage for a file that another program reads in another way.
  package init(of path: String, stated statement: FileStatement, for reader: String) throws {
    try self.init(stated: statement, at: path, for: reader)
    var options = ReadingOptions()
    options.file = statement
    let source = try CSVSource(path: path, options: options)
    delimiter = Character(Unicode.Scalar(source.dialect.delimiter))
    guard source.header.heading?.layout == .names, source.header.line == 1,
      source.facts.encoding == CSVEncoding.utf8.rawValue,
      Set(source.header.names).count == source.header.names.count
    else { throw Self.otherwise(path, reader) }
  }

  private static func otherwise(_ path: String, _ reader: String) -> SurveyError {
    SurveyError(
      .usage, at: path,
      "is no CSV file in UTF-8 with one line of different names at its top, and \(reader) would read it otherwise",
      remedy: "Write it anew: vekt convert \(path) NAME.csv")
  }
}
