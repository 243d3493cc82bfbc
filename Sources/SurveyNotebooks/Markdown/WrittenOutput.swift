/// What a run has written into a Markdown notebook, between two marks below its cell.
enum WrittenOutput {
  static let start = "<!-- vekt output -->"
  static let end = "<!-- end of vekt output -->"

  /// The lines of a notebook with those of earlier outputs empty, so that places stay right.
  static func lines(without text: String) -> [String] {
    let body =
      text.unicodeScalars.first == "\u{FEFF}"
      ? String(text.unicodeScalars.dropFirst()) : text
    var isOutput = false
    return body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      if line == start { isOutput = true }
      defer { if line == end { isOutput = false } }
      return isOutput ? "" : String(line)
    }
  }
}
