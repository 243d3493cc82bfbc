package import SurveyData

/// The values of one column that the codebook does not know, counted.
package struct UnknownCodes {
  private var counts: [String: (rows: Int, first: Int)] = [:]
  private var others = 0
  private static let mostKept = 1000

  package init() {}

  package mutating func count(_ code: String, row: Int) {
    if let entry = counts[code] {
      counts[code] = (entry.rows + 1, entry.first)
    } else if counts.count < Self.mostKept {
      counts[code] = (1, row)
    } else {
      others += 1
    }
  }

  /// What is to be said about them by the variable's policy; nil when there are none.
  /// - Throws: ``SurveyError`` when the policy is to fail.
  package func verdict(on variable: Variable, in path: String) throws -> Note? {
    guard !counts.isEmpty else { return nil }
    let found = counts.sorted { $0.value.first < $1.value.first }
    var list = found.prefix(5).map { code, entry in
      "\(code) (\(rows(entry.rows)), first row \(entry.first))"
    }
    if found.count > 5 || others > 0 { list.append("and more") }
    let knows = known(to: variable)
    let text = "'\(variable.name)' is \(list.joined(separator: ", ")), but the codebook \(knows)"
    switch variable.unknown {
    case .fail:
      throw SurveyError(
        .data, at: path, text, remedy: "List the code in the codebook, or say 'unknown: missing'.")
    case .warn:
      return Note(.warning, id: "codes.unknown", text, at: path)
    case .missing:
      return Note(.warning, id: "codes.implausible", text + "; counted as missing", at: path)
    }
  }

  private func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }

  private func known(to variable: Variable) -> String {
    var parts = variable.categories.prefix(8).map { category in
      let label = category.label.texts.first?.text ?? ""
      return label.isEmpty ? category.code : "\(category.code) (\(label))"
    }
    if variable.categories.count > 8 { parts.append("…") }
    if let range = variable.range {
      parts.append("\(canonicalCode(range.lowerBound)) to \(canonicalCode(range.upperBound))")
    }
    parts += variable.missing.filter { $0 != .system }.prefix(5).map {
      "\($0.text) (\($0.reason.rawValue))"
    }
    return parts.isEmpty ? "knows no code" : "knows " + parts.joined(separator: ", ")
  }
}
