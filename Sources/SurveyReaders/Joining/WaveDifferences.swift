internal import SurveyData

/// In what two waves' descriptions of one variable contradict each other, and which codes one of them
/// has alone.
struct WaveDifferences {
  /// What differs, in words: `code 4`, `label`, with what each wave says.
  private(set) var contradictions: [(what: String, old: String, new: String)] = []
  var onlyOld: [String] { oldAlone.map(\.text) }
  var onlyNew: [String] { newAlone.map(\.text) }
  /// The codes that say the same reason for a missing answer in one wave and in the other.
  private(set) var codings: [(reason: MissingReason, old: String, new: String)] = []
  private var oldAlone: [Item] = []
  private var newAlone: [Item] = []

  /// A code that one wave has alone.
  private struct Item {
    let code: String
    let isMissing: Bool
    let text: String
  }

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
          let item = Item(
            code: line.code, isMissing: !isCode,
            text: "\(what)\(Self.named(line.old + line.new))")
          if line.new.isEmpty { oldAlone.append(item) } else { newAlone.append(item) }
        } else if line.old != "–", line.new != "–" {
          contradictions.append((what, "\"\(line.old)\"", "\"\(line.new)\""))
        }
      } else if !line.old.isEmpty, !line.new.isEmpty {
        contradictions.append((line.aspect, "\"\(line.old)\"", "\"\(line.new)\""))
      }
    }
    pairMissing(old, new)
  }

  /// Finds codes of one wave that say a reason for which the other has a code too.
  private mutating func pairMissing(_ old: Variable, _ new: Variable) {
    func reason(_ code: String, in variable: Variable) -> MissingReason? {
      variable.missing.first { $0.text == code && $0 != .system }?.reason
    }
    func code(for reason: MissingReason, in variable: Variable, _ alone: [Item]) -> String? {
      let codes = variable.missing.filter { code in
        if case .code = code.values { code.reason == reason } else { false }
      }.map(\.text)
      return codes.first { code in alone.contains { $0.code == code } } ?? codes.first
    }
    for item in newAlone where item.isMissing {
      guard let reason = reason(item.code, in: new),
        let other = code(for: reason, in: old, oldAlone)
      else { continue }
      codings.append((reason, other, item.code))
      newAlone.removeAll { $0.code == item.code && $0.isMissing }
      oldAlone.removeAll { $0.code == other && $0.isMissing }
    }
    for item in oldAlone where item.isMissing {
      guard let reason = reason(item.code, in: old),
        let other = code(for: reason, in: new, newAlone)
      else { continue }
      codings.append((reason, item.code, other))
      oldAlone.removeAll { $0.code == item.code && $0.isMissing }
    }
  }

  private static func named(_ label: String) -> String {
    label.isEmpty || label == "–" ? "" : " \"\(label)\""
  }
}
