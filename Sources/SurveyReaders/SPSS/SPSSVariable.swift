internal import SurveyData

/// One variable of an SPSS file, with its text decoded.
struct SPSSVariable {
  /// A stretch of text in a case: very long strings have several.
  struct Segment {
    /// The first element.
    let element: Int
    /// The bytes that hold text.
    let width: Int

    var elementCount: Int { max(1, (width + 7) / 8) }
  }

  /// The values declared missing.
  enum Missing {
    case none
    case numbers([Double], range: (low: Double, high: Double)?)
    case texts([String])
  }

  let shortName: String
  var name: String
  /// 0 for a number, otherwise the bytes of text; more than 255 for very long strings.
  var width: Int
  var label: String
  var format: SPSSFormat
  /// How values are written into text files.
  let written: SPSSFormat
  var missing: Missing
  var numberLabels: [(value: Double, label: String)] = []
  var textLabels: [(value: String, label: String)] = []
  /// 1 nominal, 2 ordinal, 3 scale, 0 unknown.
  var measure = 0
  var attributes: [(name: String, values: [String])] = []
  var segments: [Segment]

  var isText: Bool { width > 0 }

  /// Keeps the first of several labels for one value, and says so.
  mutating func dropDuplicateLabels(at path: String, notes: inout [Note]) {
    var seen: Set<String> = []
    let name = name
    var found: [Note] = []
    // A blank text is no answer, as in every other format.
    for blank in textLabels where blank.value.isEmpty {
      found.append(
        Note(
          .warning, id: "sav.blank-label",
          "'\(name)' has the label '\(blank.label)' for blank text, which counts as missing",
          at: path))
    }
    textLabels.removeAll(where: \.value.isEmpty)
    func isFirst(_ code: String, _ label: String) -> Bool {
      if seen.insert(code).inserted { return true }
      found.append(
        Note(
          .warning, id: "sav.duplicate-label",
          "'\(name)' has two labels for \(code); the first is used, not '\(label)'", at: path))
      return false
    }
    numberLabels = numberLabels.filter { isFirst(canonicalCode($0.value), $0.label) }
    textLabels = textLabels.filter { isFirst($0.value, $0.label) }
    notes += found
  }
}
