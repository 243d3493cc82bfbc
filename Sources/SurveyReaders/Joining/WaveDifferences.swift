internal import SurveyData

/// In what two waves' descriptions of one variable contradict each other, and which codes one of them
/// has alone.
struct WaveDifferences {
  /// What differs, in words: `code 4`, `label`, with what each wave says.
  private(set) var contradictions: [(what: String, old: String, new: String)] = []
  private(set) var onlyOld: [String] = []
  private(set) var onlyNew: [String] = []

  /// How a column is shown, and what a file can say of unknown codes, is no difference in what it means; of
  /// ranges that differ only those of designs and weights come here.
  private static let silent: Set<String> = [
    "type", "format", "write_format", "unknown", "role", "rule", "separator", "range",
  ]

  init(_ old: Variable, _ new: Variable) {
    var (a, b) = (old.filled(by: new), new.filled(by: old))
    (a.name, b.name) = ("x", "x")
    let lines = CodebookDifferences(
      from: Codebook(variables: [a]), to: Codebook(variables: [b]), language: "en"
    ).lines
    // A file without labels lets all codes pass.
    let knowsCodes = !old.categories.isEmpty && !new.categories.isEmpty
    for line in lines where !Self.silent.contains(line.aspect) {
      let isCode = line.aspect == "codes"
      if !line.code.isEmpty {
        let what = "\(isCode ? "code" : "missing code") \(line.code)"
        if line.old.isEmpty || line.new.isEmpty {
          guard knowsCodes || !isCode else { continue }
          let item = "\(what)\(Self.named(line.old + line.new))"
          if line.new.isEmpty { onlyOld.append(item) } else { onlyNew.append(item) }
        } else if line.old != "–", line.new != "–" {
          contradictions.append((what, "\"\(line.old)\"", "\"\(line.new)\""))
        }
      } else if !line.old.isEmpty, !line.new.isEmpty {
        contradictions.append((line.aspect, "\"\(line.old)\"", "\"\(line.new)\""))
      }
    }
  }

  private static func named(_ label: String) -> String {
    label.isEmpty || label == "–" ? "" : " \"\(label)\""
  }
}
