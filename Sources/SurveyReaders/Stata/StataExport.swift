internal import SurveyData

/// One variable on its way into a Stata file.
struct StataExport {
  let column: ExportedColumn
  let name: String
  let type: StataType
  let format: String
  /// What the numbers count; nil when they are no dates.
  let calendar: StataCalendar?
  let label: String
  /// Values and labels; tags are NaN as in ``StataLabel``.
  let labels: [StataLabel]
  /// The tag of each missing code: 0 for `.`, 1 for `.a`.
  let tags: [Int]
  /// Named texts of the variable.
  let characteristics: [(name: String, text: String)]

  init(_ column: ExportedColumn, names: inout NameMaker, export: inout Export) {
    self.column = column
    let variable = column.variable
    let name = names.name(for: variable.name)
    self.name = name
    if name != variable.name {
      export.lose("names", "'\(variable.name)' is not a name in Stata; it became '\(name)'")
    }
    label = export.cut(
      export.text(variable.label), toCharacters: 80, "the label of '\(name)'")
    let stated = Self.format(column, name, export: &export)
    calendar =
      switch column.notation {
      case .number: nil
      case .date: stated.flatMap(StataCalendar.init) ?? .day
      case .datetime: stated.flatMap(StataCalendar.init) ?? .clock
      }
    let calendar = calendar
    let numbers = column.validNumbers.map { calendar?.inFile($0) ?? $0 }
    type = column.isText ? Self.textType(column) : Self.numberType(numbers, column.notation)
    format = stated ?? StataFormats.usual(type, column.notation)
    tags = column.isText ? [] : column.tags(name, export: &export)
    labels =
      column.isText ? [] : Self.labels(column, calendar, tags: tags, name: name, export: &export)
    if column.isText {
      if column.categories.contains(where: { !$0.label.isEmpty }) {
        export.lose("labels", "'\(name)' holds text, whose codes cannot have labels in Stata")
      }
      if column.missing.count > 1 {
        export.lose(
          "missing-values", "'\(name)' holds text, whose codes cannot be missing in Stata")
      }
    }
    let labelled = Set(labels.map(\.value))
    let unlabelled = column.variable.categories.map(\.code).filter { code in
      guard let number = column.notation.number(code) else { return true }
      return !labelled.contains(calendar?.inFile(number) ?? number)
    }
    var characteristics = Self.characteristics(
      column, unlabelled: unlabelled, tags: tags, export: export)
    if type.isWhole, column.variable.type == .decimal {
      characteristics.append(("type", "decimal"))
    }
    // Another program's word comes back from Stata's.
    if let word = column.variable.format, format != word {
      characteristics.append(("format", word))
    }
    self.characteristics = characteristics
  }

  /// The stated format where Stata has it.
  private static func format(
    _ column: ExportedColumn, _ name: String, export: inout Export
  ) -> String? {
    if column.isText {
      if let word = column.variable.format, word.uppercased().hasPrefix("AHEX") {
        export.loseFormat(word, of: name, in: "Stata")
      }
      return nil
    }
    guard let word = column.variable.format else { return nil }
    guard let stated = column.display else {
      if word.hasPrefix("%"), column.notation == .number, DisplayFormat(word) == nil { return word }
      export.loseFormat(word, of: name, in: "Stata")
      return nil
    }
    guard let found = stated.stata else { return nil }
    if !found.isSame { export.loseFormat(word, of: name, in: "Stata") }
    guard let calendar = StataCalendar(found.format), calendar.notation == .date, calendar != .day
    else { return found.format }
    let begins = column.validNumbers.allSatisfy { day in
      let period = calendar.inFile(day)
      return period == period.rounded()
    }
    guard !begins else { return found.format }
    export.lose(
      "formats",
      "'\(name)' has the format \(stated.text), but days other than the first of their period; it "
        + "became days (%td)")
    return nil
  }

  private static func textType(_ column: ExportedColumn) -> StataType {
    let width = max(column.longestText, min(column.statedWidth ?? 0, 2045))
    return width > 2045 ? .longText : .text(max(1, width))
  }

  private static func numberType(_ numbers: [Double], _ notation: NumberNotation) -> StataType {
    guard notation != .datetime, numbers.allSatisfy({ $0 == $0.rounded() }) else { return .double }
    let low = numbers.min() ?? 0
    let high = numbers.max() ?? 0
    if low >= -127, high <= 100 { return .byte }
    if low >= -32_767, high <= 32_740 { return .int }
    return low >= -2_147_483_647 && high <= 2_147_483_620 ? .long : .double
  }

  /// The numbers that Stata labels.
  static let labelled = -2_147_483_647.0...2_147_483_620.0

  private static func labels(
    _ column: ExportedColumn, _ calendar: StataCalendar?, tags: [Int], name: String,
    export: inout Export
  ) -> [StataLabel] {
    var labels: [StataLabel] = []
    for category in column.categories {
      let text = export.text(category.label)
      guard !text.isEmpty, let number = column.notation.number(category.code) else { continue }
      let value = calendar?.inFile(number) ?? number
      let isWhole = value == value.rounded()
      guard isWhole, labelled.contains(value) else {
        export.lose(
          "labels",
          "'\(name)' has the label '\(text)' for \(category.code), which is "
            + (isWhole
              ? "beyond the 32 bits of Stata's labels (−2147483647 to 2147483620)"
              : "no whole number"))
        continue
      }
      labels.append(StataLabel(value: value, text: text))
    }
    for (code, tag) in zip(column.missing, tags) where tag > 0 {
      // A tag says its reason by itself.
      let isOwn = StataTag.number(code.text) == tag && StataTag.reason(tag) == code.reason
      let text = isOwn ? export.text(code.label) : export.label(code)
      guard !text.isEmpty,
        !labels.contains(where: {
          $0.value.isNaN && NumericColumn.missingIndex($0.value) == tag
        })
      else { continue }
      labels.append(StataLabel(value: NumericColumn.missingValue(tag), text: text))
    }
    return labels
  }

  private static func characteristics(
    _ column: ExportedColumn, unlabelled: [String], tags: [Int], export: Export
  ) -> [(name: String, text: String)] {
    let variable = column.variable
    var found = EmbeddedAttributes(
      variable, isWeight: false, unlabelled: unlabelled, text: export.text
    ).values.filter { $0.name != "note" }
      .map { (name: $0.name, text: $0.values.joined(separator: "\n")) }
    if let measure = variable.measure { found.append(("measure", measure.rawValue)) }
    var reasons = zip(column.missing, tags).compactMap { code, tag -> String? in
      guard tag > 0,
        (MissingReason(label: export.label(code)) ?? StataTag.reason(tag)) != code.reason
      else { return nil }
      return "\(StataTag.text(tag))=\(code.reason.rawValue)"
    }
    if column.isText {
      // Text has no tags, so that its missing codes are named.
      let codes = column.missingTexts
      if !codes.isEmpty {
        found.append(("missing_codes", codes.map(\.text).joined(separator: "\n")))
      }
      reasons = codes.filter { $0.reason != .noAnswer }.map { "\($0.text)=\($0.reason.rawValue)" }
    }
    if !reasons.isEmpty { found.append(("missing_reasons", reasons.joined(separator: "\n"))) }
    let note = export.text(variable.note)
    if !note.isEmpty { found += [("note0", "1"), ("note1", note)] }
    return found
  }
}

extension ExportedColumn {
  /// The missing codes that stand among the texts of the file.
  fileprivate var missingTexts: [MissingCode] {
    missing.filter { code in
      guard case .code(let text) = code.values, code != CodeScheme.implausible else { return false }
      return !text.isEmpty && !text.contains("\n")
    }
  }

  /// The tag of each missing code: its own, its reason's, or the next that is free.
  fileprivate func tags(_ name: String, export: inout Export) -> [Int] {
    var taken: Set<Int> = []
    var tags: [Int] = []
    var told: [String] = []
    var joined: [String] = []
    for (index, code) in missing.enumerated() {
      guard !code.isNothing, occurring[index] || StataTag.number(code.text) != nil || !code.isRange
      else {
        tags.append(0)
        continue
      }
      let wanted =
        StataTag.number(code.text) ?? code.reason.stataTag.flatMap { StataTag.number(".\($0)") }
      let free =
        [wanted].compactMap { $0 } + Array(1...26).filter { StataTag.reason($0) == .noAnswer }
        + Array(1...26)
      let tag = free.first { !taken.contains($0) } ?? 0
      taken.insert(tag)
      tags.append(tag)
      if tag == 0 { joined.append(code.text) }
      if StataTag.number(code.text) != tag { told.append("\(code.text) → \(StataTag.text(tag))") }
    }
    if !told.isEmpty {
      export.tell(
        "missing-tags",
        "'\(name)': missing codes became Stata's: " + told.joined(separator: ", "))
    }
    if !joined.isEmpty {
      export.lose(
        "missing-values",
        "'\(name)' has more missing codes than Stata's 26; \(joined.joined(separator: ", ")) became ."
      )
    }
    return tags
  }
}

extension Export {
  /// A text cut to so many characters, which is said.
  mutating func cut(_ text: String, toCharacters limit: Int, _ what: String) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    lose("labels", "\(what) is longer than \(limit) characters and is cut")
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
  }
}

extension MissingCode {
  fileprivate var isRange: Bool { if case .range = values { true } else { false } }
}
