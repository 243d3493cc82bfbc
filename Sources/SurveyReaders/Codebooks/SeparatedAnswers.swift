/// Answers that seem to stand together in cells, as check-boxes are exported: `Norwegian;English`.
struct SeparatedAnswers {
  /// What stands between them.
  let separator: String
  /// The single answers, in order.
  let answers: [String]
  /// The rows with more than one.
  let rows: Int

  /// The most answers that a question is thought to have.
  private static let mostAnswers = 30

  /// Finds what stands between answers.
  ///
  /// Few different answers must make up all cells, each in two rows on average, and one of them in different
  /// company; prose and names of places are none of that.
  /// - Parameter cells: The different cells with their numbers of rows.
  /// - Returns: nil when cells hold one answer each.
  init?(in cells: some Collection<(String, Int)>) {
    for separator in [";", "|", ", ", ",", "\n"] {
      if let found = Self.answers(in: cells, between: separator) {
        self.separator = separator
        (answers, rows) = found
        return
      }
    }
    return nil
  }

  private static func answers(
    in cells: some Collection<(String, Int)>, between separator: String
  ) -> (answers: [String], rows: Int)? {
    var found: [String: (rows: Int, cells: Int)] = [:]
    var several = 0
    for (cell, count) in cells {
      let parts = cell.components(between: separator)
      for part in Set(parts) {
        guard !part.isEmpty, part.utf8.count <= 80 else { return nil }
        found[part, default: (0, 0)].rows += count
        found[part, default: (0, 0)].cells += 1
        if found.count > mostAnswers { return nil }
      }
      if parts.count > 1 { several += count }
    }
    let total = found.values.reduce(0) { $0 + $1.rows }
    guard several > 1, found.count > 1, total >= 2 * found.count,
      found.values.contains(where: { $0.cells > 1 })
    else { return nil }
    return (found.keys.sorted(), several)
  }

  /// The answers in words, the first few.
  var listed: String {
    answers.prefix(8).joined(separator: ", ")
      + (answers.count > 8 ? " and \(answers.count - 8) more" : "")
  }

  /// What the codebook says of such a question.
  var declaration: String {
    let mark = separator == "\n" ? "\\n" : separator
    return "`kind: multiple, separator: \"\(mark)\"`"
  }
}

extension String {
  /// The parts between separators, without blanks around them; a separator at the end has nothing behind it.
  fileprivate func components(between separator: String) -> [String] {
    var parts = split(separator: separator, omittingEmptySubsequences: false).map {
      String($0).trimmingBlanks
    }
    if parts.count > 1, parts.last == "" { parts.removeLast() }
    return parts
  }
}
