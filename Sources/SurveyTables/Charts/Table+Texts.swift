internal import SurveyData

/// What somebody wants to stand above and below tables and charts.
public struct TableTexts: Sendable {
  /// The title; `{question}`, `{group}`, `{n}` and `{estimate}` are filled in.
  public var title: String?
  /// The source; empty leaves it out.
  public var source: String?
  /// What stands instead of the question and the number of respondents; after a `+`, besides them.
  public var note: String?

  /// Makes them.
  public init(title: String? = nil, source: String? = nil, note: String? = nil) {
    self.title = title
    self.source = source
    self.note = note
  }
}

extension Table {
  /// The same with a title, source and note of somebody's own.
  ///
  /// - Throws: ``SurveyError`` of kind usage for a title that asks for what the table has not.
  public func saying(_ texts: TableTexts, in language: String) throws -> Table {
    var table = self
    table.drawn = try drawn?.saying(texts, in: language)
    table.essentials.isChosen =
      texts.source != nil || texts.note.map { !$0.hasPrefix("+") } ?? false
    if let title = texts.title {
      table.title = try filled(title, in: language)
      table.essentials.hasOwnTitle = true
    }
    if let source = texts.source {
      let sentence = source.isEmpty ? "" : Phrase.source(source).text(in: language)
      table.replace(essentials.source, with: sentence, at: notes.count)
      table.essentials.source = sentence
    }
    if let note = texts.note {
      if note.hasPrefix("+") {
        let added = String(note.dropFirst())
        let place = table.notes.lastIndex(of: table.essentials.source) ?? table.notes.count
        table.notes.insert(added, at: place)
        table.essentials.added.append(added)
      } else {
        table.replace(essentials.question, with: note, at: 0)
        table.essentials.question = note
        table.essentials.count = nil
      }
    }
    return table
  }

  private mutating func replace(_ sentence: String, with other: String, at usual: Int) {
    let place = sentence.isEmpty ? nil : notes.firstIndex(of: sentence)
    if let place { notes.remove(at: place) }
    if !other.isEmpty { notes.insert(other, at: min(place ?? usual, notes.count)) }
  }

  /// A text with what stands in braces filled in.
  ///
  /// - Throws: ``SurveyError`` of kind usage for a name in braces that the table does not know.
  public func filled(_ text: String, in language: String) throws -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      filled += rest[..<open]
      let value = try value(of: String(rest[rest.index(after: open)..<close]), in: language)
      filled += filled.isEmpty ? value : value.withinSentence
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }

  private func value(of name: String, in language: String) throws -> String {
    let numbers = NumberFormat(language: language)
    let source = drawn ?? self
    switch name {
    case "question": return title
    case "group":
      guard !stub.isEmpty else { throw unknown(name, "has no groups") }
      return stub
    case "n":
      let all = rows.last { $0.kind == .total }?.cells.compactMap { cell in
        if case .count(let n) = cell { n } else { nil }
      }.last
      guard let count = all ?? essentials.count else { throw unknown(name, "has no row of all") }
      return numbers.count(count)
    case "estimate":
      let body = source.rows.filter { $0.kind != .heading }
      let all = body.last { $0.kind == .total && $0.cells.contains(where: \.isEstimate) }
      let counted = body.filter { $0.cells.contains(where: \.isEstimate) }
      guard let row = all ?? (counted.count == 1 ? counted[0] : nil),
        case .estimate(let quantity, _, _, _)? = row.cells.first(where: \.isEstimate)
      else { throw unknown(name, "has no row of all with an estimate") }
      let isPercent = if case .percent = quantity.format { true } else { false }
      return numbers.text(quantity) + (isPercent ? "\u{A0}%" : "")
    default:
      throw SurveyError(
        .usage, "the title asks for {\(name)}",
        remedy: "{question}, {group}, {n} and {estimate} can be filled in.")
    }
  }

  private func unknown(_ name: String, _ problem: String) -> SurveyError {
    SurveyError(
      .usage, at: title.isEmpty ? nil : title,
      "the title asks for {\(name)}, and the table \(problem)",
      remedy: "Leave {\(name)} out of the title.")
  }
}
