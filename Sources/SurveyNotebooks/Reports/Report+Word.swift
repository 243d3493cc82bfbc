internal import SurveyTables

extension Report {
  /// The report as a Word file: prose, tables and figures, without the cells.
  ///
  /// - Parameter template: The bytes of a Word file whose styles, headers, footers and page are
  ///   taken, with its path; nil means plain ones.
  /// - Throws: ``SurveyError`` for a template that is no Word file, and for figures without
  ///   `rsvg-convert`.
  func word(template: (bytes: [UInt8], path: String)?) throws -> [UInt8] {
    var word = try WordDocument(Style(language: language), template: template)
    for part in parts {
      switch part {
      case .prose(let block): word.add(block)
      case .summary(let table): word.addTable(table)
      case .cell(_, let results):
        for result in results {
          switch result {
          case .table(let table, _, _, let language): word.addTable(table, language: language)
          case .figure(let chart, _, _, let language): try word.addChart(chart, language: language)
          case .notes(let notes, _): word.addNotes(notes)
          case .text(let text): word.addText(text)
          }
        }
      }
    }
    return word.bytes()
  }
}

extension WordDocument {
  fileprivate mutating func add(_ block: MarkdownBlock, indent: Int = 0, bullet: String = "") {
    switch block {
    case .heading(let level, let text):
      addHeading(text.runs().map(\.text).joined(), level: level)
    case .paragraph(let text): addParagraph(text.runs(), indent: indent, bullet: bullet)
    case .code(_, let lines, _): addText(lines.joined(separator: "\n"))
    case .list(let start, _, let items):
      for (number, item) in items.enumerated() {
        for (place, part) in item.enumerated() {
          let mark = start.map { "\($0 + number)." } ?? "•"
          add(part, indent: place == 0 ? indent : indent + 1, bullet: place == 0 ? mark : "")
        }
      }
    case .quote(let blocks): for block in blocks { add(block, indent: indent + 1) }
    case .table(_, let header, let rows):
      // A table of the prose has words alone, and no number.
      addPlainTable([header] + rows.map { $0 })
    case .rule: addParagraph([])
    }
  }

  private mutating func addPlainTable(_ rows: [[MarkdownText]]) {
    func words(_ text: MarkdownText) -> String { text.runs().map(\.text).joined() }
    guard let header = rows.first?.map(words), let stub = header.first else { return }
    addTable(
      Table(
        title: "", stub: stub, columns: header.dropFirst().map { Table.Column($0, isText: true) },
        rows: rows.dropFirst().map { row in
          Table.Row(
            row.first.map(words) ?? "", cells: row.dropFirst().map { .text(words($0)) })
        }))
  }
}

extension MarkdownText {
  /// The pieces of a paragraph.
  fileprivate func runs(_ look: WordDocument.Run = WordDocument.Run("")) -> [WordDocument.Run] {
    flatMap { span -> [WordDocument.Run] in
      var run = look
      switch span {
      case .text(let words):
        // Lines of the source are no lines of the paragraph.
        run.text = words.replacing("\n", with: " ")
        return [run]
      case .code(let words):
        (run.text, run.isCode) = (words, true)
        return [run]
      case .emphasis(let text):
        run.isItalic = true
        return text.runs(run)
      case .strong(let text):
        run.isBold = true
        return text.runs(run)
      case .link(let text, let address):
        run.address = address
        return text.runs(run)
      case .lineBreak:
        run.text = "\n"
        return [run]
      }
    }
  }
}
