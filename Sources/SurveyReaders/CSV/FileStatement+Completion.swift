internal import SurveyData

extension FileStatement {
  /// The same statement, with what it leaves open taken from another.
  func completed(by other: FileStatement?) -> FileStatement {
    guard let other else { return self }
    var result = self
    result.delimiter = delimiter ?? other.delimiter
    result.decimal = decimal ?? other.decimal
    result.thousands = thousands ?? other.thousands
    result.encoding = encoding ?? other.encoding
    result.quote = quote ?? other.quote
    result.header = header ?? other.header
    result.skip = skip ?? other.skip
    result.missing = missing.isEmpty ? other.missing : missing
    result.rows = rows ?? other.rows
    result.sha256 = sha256 ?? other.sha256
    return result
  }
}
