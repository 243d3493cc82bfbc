internal import SurveyData

extension CSVSource {
  /// The error for a file that is not the table that its header announces.
  ///
  /// - Parameters:
  ///   - faults: The faults, in the order of the file.
  ///   - count: How many there are.
  func error(for faults: [CSVSyntaxFault], count: Int) -> SurveyError {
    guard let first = faults.first else { return SurveyError(.fault, at: file.path, "no fault") }
    let place = "\(file.path):\(file.bytes.line(at: first.offset))"
    let (problem, remedy) = words(for: first)
    let others = faults.dropFirst().prefix(CSVTally.shown - 1).map {
      String(file.bytes.line(at: $0.offset))
    }
    let more = count - 1 - others.count
    let list =
      others.isEmpty
      ? nil
      : "The same in line \(others.joined(separator: ", "))"
        + (more > 0 ? " and \(more) more." : ".")
    let advice = [remedy, list].compactMap(\.self).joined(separator: "\n      ")
    return SurveyError(.data, at: place, problem, remedy: advice.isEmpty ? nil : advice)
  }

  private func words(for fault: CSVSyntaxFault) -> (problem: String, remedy: String?) {
    switch fault.kind {
    case .fieldCount(let found, let expected):
      let fields = found == 1 ? "1 field" : "\(found) fields"
      return (
        "the row has \(fields), but the header has \(expected)",
        "Delimiter: \(CSVDialect.name(ofDelimiter: dialect.delimiter)). If it is another, state "
          + "`delimiter:` under `file:`; a field that holds it needs quotation marks."
      )
    case .tooLong(let field, let limit):
      return (
        "the field '\(header.names.indices.contains(field) ? header.names[field] : "")' is longer "
          + "than \(limit) bytes",
        "A quotation mark that nothing closes makes such fields; state `quote: none` under `file:` "
          + "if quotation marks are ordinary characters."
      )
    case .strayQuote:
      return (
        "a quotation mark stands in the middle of a field: \(excerpt(around: fault.offset))",
        "Double it inside quotation marks, or state `quote: none` under `file:`."
      )
    case .unclosedQuote:
      return (
        "the quotation mark that opens here is never closed: \(excerpt(around: fault.offset))",
        "Close it, or state `quote: none` under `file:`."
      )
    case .nul:
      return (
        "there is a NUL byte, which no text holds",
        "The file is damaged, or it is UTF-16: state `encoding: utf-16` under `file:`."
      )
    }
  }

  /// The rest of the line from a little before a place.
  private func excerpt(around offset: Int) -> String {
    var start = offset
    while start > 0, offset - start < 20, !file.bytes.isLineEnd(at: start - 1) { start -= 1 }
    let end = file.bytes.lineEnd(from: start)
    return quoted(UnsafeRawBufferPointer(rebasing: file.bytes[start..<min(end, start + 80)]))
  }

  /// Bytes of the file as text for a message, cut at sixty characters.
  func quoted(_ bytes: UnsafeRawBufferPointer) -> String {
    let text = dialect.encoding.text(bytes) ?? String(decoding: bytes, as: UTF8.self)
    return Escaping.quoted(text.trimmingBlanks)
  }
}
