internal import SurveyData

/// One variable on its way into a Stata file.
struct StataExport {
  let column: ExportedColumn
  let name: String
  let type: StataType
  let format: String
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
    let notation = column.notation
    let numbers = column.validNumbers.map { StataExport.inFile($0, notation) }
    type = column.isText ? Self.textType(column) : Self.numberType(numbers, notation)
    format = Self.format(type, notation)
    tags = column.isText ? [] : column.tags(name, export: &export)
    labels = column.isText ? [] : Self.labels(column, tags: tags, name: name, export: &export)
    if column.isText {
      if column.categories.contains(where: { !$0.label.isEmpty }) {
        export.lose("labels", "'\(name)' holds text, whose codes cannot have labels in Stata")
      }
      if column.missing.count > 1 {
        export.lose(
          "missing-values", "'\(name)' holds text, whose codes cannot be missing in Stata")
      }
    }
    characteristics = Self.characteristics(column, tags: tags, export: export)
  }

  /// A number as Stata stores it: dates count from 1960.
  static func inFile(_ number: Double, _ notation: NumberNotation) -> Double {
    switch notation {
    case .number: number
    case .date: number + 3653
    case .datetime: (number + 3653 * 86_400) * 1000
    }
  }

  private static func textType(_ column: ExportedColumn) -> StataType {
    let width = column.longestText
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

  private static func format(_ type: StataType, _ notation: NumberNotation) -> String {
    switch (notation, type) {
    case (.date, _): "%td"
    case (.datetime, _): "%tc"
    case (_, .text(let width)): "%\(min(width, 244))s"
    case (_, .longText): "%9s"
    case (_, .byte), (_, .int): "%8.0g"
    case (_, .long): "%12.0g"
    case (_, .float), (_, .double): "%10.0g"
    }
  }

  /// The numbers that Stata labels.
  static let labelled = -2_147_483_647.0...2_147_483_620.0

  private static func labels(
    _ column: ExportedColumn, tags: [Int], name: String, export: inout Export
  ) -> [StataLabel] {
    var labels: [StataLabel] = []
    for category in column.categories {
      let text = export.text(category.label)
      guard !text.isEmpty, let number = column.notation.number(category.code) else { continue }
      let value = inFile(number, column.notation)
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
      let text = export.label(code)
      guard !text.isEmpty,
        !labels.contains(where: {
          $0.value.isNaN && NumericColumn.missingIndex($0.value) == tag
        })
      else { continue }
      labels.append(StataLabel(value: NumericColumn.missingValue(tag), text: text))
    }
    return labels
  }

  private static func characteristics(_ column: ExportedColumn, tags: [Int], export: Export)
    -> [(name: String, text: String)]
  {
    let variable = column.variable
    var found = EmbeddedAttributes(variable, isWeight: false, text: export.text).values
      .filter { $0.name != "note" }
      .map { (name: $0.name, text: $0.values.joined(separator: "\n")) }
    if let measure = variable.measure { found.append(("measure", measure.rawValue)) }
    let reasons = zip(column.missing, tags).compactMap { code, tag -> String? in
      guard tag > 0,
        (MissingReason(label: export.label(code)) ?? StataTag.reason(tag)) != code.reason
      else { return nil }
      return "\(StataTag.text(tag))=\(code.reason.rawValue)"
    }
    if !reasons.isEmpty { found.append(("missing_reasons", reasons.joined(separator: "\n"))) }
    let note = export.text(variable.note)
    if !note.isEmpty { found += [("note0", "1"), ("note1", note)] }
    return found
  }
}

extension ExportedColumn {
  /// The tag of each missing code: its own, its reason's, or the next that is free.
  fileprivate func tags(_ name: String, export: inout Export) -> [Int] {
    var taken: Set<Int> = []
    var tags: [Int] = []
    var told: [String] = []
    var joined: [String] = []
    for (index, code) in missing.enumerated() {
      guard code != .system, occurring[index] || StataTag.number(code.text) != nil || !code.isRange
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
