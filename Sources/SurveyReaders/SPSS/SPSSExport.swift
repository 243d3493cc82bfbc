internal import SurveyData

/// One variable on its way into an SPSS file.
struct SPSSExport {
  let column: ExportedColumn
  let name: String
  /// One for each segment; eight bytes at most.
  let shortNames: [String]
  /// 0 for a number, otherwise the bytes of text.
  let width: Int
  let format: SPSSFormat
  /// How values are written into text files.
  let written: SPSSFormat
  let label: String
  /// Values with labels, as codes.
  let labels: [(code: String, label: String)]
  let missing: SPSSMissingValues?
  let missingTexts: [String]
  let attributes: [(name: String, values: [String])]
  /// The number that stands for each missing code.
  let missingNumbers: [Double]

  static let longestText = 32_767

  var isText: Bool { width > 0 }

  /// The measure's number in record 7/11.
  var measure: Int {
    switch column.variable.measure {
    case .nominal: 1
    case .ordinal: 2
    case .interval, .ratio: 3
    case nil: 0
    }
  }

  /// Allocated and used bytes of each segment.
  var segments: [(allocated: Int, used: Int)] {
    guard width > 255 else { return [(width, width)] }
    let count = (width + 251) / 252
    return (0..<count).map { part in
      (part < count - 1 ? 255 : width - 252 * part, min(255, max(0, width - 255 * part)))
    }
  }

  init(_ column: ExportedColumn, names: inout SPSSNames, export: inout Export) throws {
    let column = column.numberingMissingCodes(&export)
    self.column = column
    let variable = column.variable
    name = names.name(for: variable.name)
    if name != variable.name {
      export.lose("names", "'\(variable.name)' is not a name in SPSS; it became '\(name)'")
    }
    width =
      column.isText
      ? min(max(1, column.longestText, column.statedWidth ?? 0), Self.longestText) : 0
    if column.longestText > Self.longestText {
      export.lose("long-text", "'\(name)' holds longer texts than 32,767 bytes; they are cut")
    }
    let segmentCount = width > 255 ? (width + 251) / 252 : 1
    shortNames = names.shortNames(for: name, count: segmentCount)
    format = Self.format(column, name, width: width, export: &export)
    let width = width
    written =
      variable.writeFormat.flatMap {
        width > 0 ? SPSSFormat($0, ofTextOf: width) : SPSSFormat($0)
      } ?? format
    label = export.cut(export.text(variable.label), to: 255, "the label of '\(name)'")
    var labels: [(code: String, label: String)] = []
    for category in column.categories where !category.label.texts.isEmpty {
      labels.append((category.code, export.text(category.label)))
    }
    for code in column.missing {
      if case .code(let text) = code.values, code != CodeScheme.implausible {
        labels.append((text, export.label(code)))
      }
    }
    let isText = column.isText
    labels = labels.filter { label in
      !label.label.isEmpty && (isText || column.notation.number(label.code) != nil)
    }
    let place = "the label of '\(name)'"
    self.labels = labels.map { ($0.code, export.cut($0.label, to: 120, "\(place) \($0.code)")) }
    missingNumbers = column.missingNumbers(name, export: &export)
    if isText {
      missing = nil
      missingTexts = try column.missingTexts(name, export: &export)
    } else {
      missing = try column.missingValues(name, export: &export)
      missingTexts = []
    }
    let labelled = Set(labels.map(\.code))
    var attributes = EmbeddedAttributes(
      variable, isWeight: export.weightName == variable.name,
      unlabelled: variable.categories.map(\.code).filter { !labelled.contains($0) },
      text: export.text
    ).values
    // SPSS has a place for it.
    attributes.removeAll { $0.name == "write_format" }
    if variable.measure == .ratio { attributes.append(("measure", ["ratio"])) }
    // Another program's word comes back from SPSS's.
    if let word = column.variable.format, format.text != word, !column.isText {
      attributes.append(("format", [word]))
    }
    let reasons = column.missing.filter { code in
      guard code != .system, code != CodeScheme.implausible else { return false }
      return (MissingReason(label: export.label(code)) ?? .noAnswer) != code.reason
    }
    if !reasons.isEmpty {
      attributes.append(("missing_reasons", reasons.map { "\($0.text)=\($0.reason.rawValue)" }))
    }
    self.attributes = attributes
  }

  /// The stated format where SPSS has it, otherwise the one that is usual for the values.
  private static func format(
    _ column: ExportedColumn, _ name: String, width: Int, export: inout Export
  ) -> SPSSFormat {
    if column.isText {
      let usual = SPSSFormat(kind: 1, width: min(width, 255))
      return column.variable.format.flatMap { SPSSFormat($0, ofTextOf: width) } ?? usual
    }
    if let word = column.variable.format {
      let stated = column.display
      if stated == nil || stated?.spss?.isSame == false {
        export.loseFormat(word, of: name, in: "SPSS")
      }
      if let found = stated?.spss { return found.format }
    }
    switch column.notation {
    case .date: return .date
    case .datetime: return .datetime
    case .number:
      let isWhole = column.validNumbers.allSatisfy { $0 == $0.rounded() }
      let hasDecimals =
        column.variable.type == .decimal || column.variable.type != .integer && !isWhole
      return SPSSFormat(kind: 5, width: 8, decimals: hasDecimals ? 2 : 0)
    }
  }

  /// A code as the eight bytes of a number.
  func number(ofCode code: String) -> Double {
    column.notation.number(code).map(format.inFile) ?? SPSSNumbers.systemMissing
  }
}

extension ExportedColumn {
  /// The number that stands in the file for each missing code.
  fileprivate func missingNumbers(_ name: String, export: inout Export) -> [Double] {
    guard !isText else { return [] }
    return missing.enumerated().map { index, code in
      switch code.values {
      case .empty: return SPSSNumbers.systemMissing
      case .code(let text):
        if let number = notation.number(text) { return number }
      case .range(let low, let high):
        if occurring[index] {
          export.lose(
            "missing-values",
            "'\(name)' keeps one value for all its missing values in the range \(code.text)")
        }
        return low.isFinite ? low : high.isFinite ? high : 0
      }
      if occurring[index], !code.isNothing {
        export.lose(
          "missing-reasons",
          "'\(name)' has no number for the missing code '\(code.text)' (\(code.reason.rawValue)), "
            + "which becomes system-missing")
      }
      return SPSSNumbers.systemMissing
    }
  }

  fileprivate func missingTexts(_ name: String, export: inout Export) throws -> [String] {
    func texts(_ codes: some Sequence<MissingCode>) -> [String] {
      codes.compactMap { code in
        if case .code(let text) = code.values, code != CodeScheme.implausible { text } else { nil }
      }
    }
    var texts = texts(missing)
    if texts.count > 3 {
      // A derived variable declares what its inputs may hold; only what occurs needs a place.
      let used = missing.indices.filter { occurring[$0] }.map { missing[$0] }
      let unused = texts.filter { text in !used.contains { $0.values == .code(text) } }
      texts = texts.filter { !unused.contains($0) }
      if texts.count <= 3 {
        export.lose(
          "missing-values",
          "'\(name)' leaves out the missing texts that do not occur: "
            + unused.map { "'\($0)'" }.joined(separator: ", "))
      }
    }
    guard texts.count <= 3 else {
      throw SurveyError(
        .data, at: export.path,
        "'\(name)' has \(texts.count) missing texts, and SPSS holds at most 3 in a variable",
        remedy: "Make some of them valid, or join them, in the codebook.")
    }
    let short = texts.filter { $0.utf8.count <= 8 }
    if short.count < texts.count {
      export.lose(
        "missing-values", "'\(name)' has missing texts longer than 8 bytes; they become valid")
    }
    return short
  }

  fileprivate func missingValues(_ name: String, export: inout Export) throws -> SPSSMissingValues?
  {
    var singles: [Double] = []
    var ranges: [ClosedRange<Double>] = []
    for code in missing {
      switch code.values {
      case .code(let text): if let number = notation.number(text) { singles.append(number) }
      case .range(let low, let high): if low <= high { ranges.append(low...high) }
      case .empty: break
      }
    }
    guard !singles.isEmpty || !ranges.isEmpty else { return nil }
    let valid = variable.range
    let fitted = SPSSMissingValues(singles: singles, ranges: ranges) { range in
      valid?.overlaps(range) ?? false
        || categories.contains { notation.number($0.code).map(range.contains) ?? false }
        || validNumbers.contains(where: range.contains)
    }
    guard let fitted else {
      throw SurveyError(
        .data, at: export.path,
        "'\(name)' has the missing values \(missing.dropFirst().map(\.text).joined(separator: ", ")), "
          + "but SPSS holds at most 3, or a range and 1, and valid values lie between them",
        remedy: "Recode some of them to neighbours in the codebook.")
    }
    if let range = fitted.range, !fitted.merged.isEmpty {
      export.lose(
        "missing-values",
        "'\(name)' has more than 3 missing values: "
          + fitted.merged.map(canonicalCode).joined(separator: ", ") + " became the range "
          + "\(canonicalCode(range.lowerBound))-\(canonicalCode(range.upperBound))")
    }
    return fitted
  }
}
