package import SurveyData

extension CSVSource {
  /// How the file is written down, as a codebook would state it: what was stated and what was found.
  package var completeStatement: FileStatement {
    var complete = statement
    complete.delimiter = Character(Unicode.Scalar(dialect.delimiter))
    complete.decimal = Character(Unicode.Scalar(dialect.decimal))
    complete.thousands = dialect.thousands.map(Character.init)
    complete.quote = dialect.quote.map { .character(Character(Unicode.Scalar($0))) } ?? .some(.none)
    complete.header = header.heading?.layout ?? .absent
    complete.missing = dialect.missing
    return complete
  }

  /// The names of all columns, in order.
  package var columnNames: [String] { header.names }

  /// The records between the names and the first respondent.
  package var extraHeaderRecords: Int { header.heading?.extraRecords ?? 0 }
}
