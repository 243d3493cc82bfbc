internal import SurveyData
internal import SurveyReports
internal import SurveyTables

extension Report {
  /// The tables and charts as one workbook; the prose is not in it.
  var book: Book {
    var section = ""
    var parts: [Book.Part] = []
    for part in self.parts {
      switch part {
      case .prose(.heading(let level, let text)): if level < 3 { section = text.words }
      case .prose: break
      case .summary(let table): parts.append(Book.Part(table, section: section))
      case .cell(_, let results): parts += Self.parts(of: results, section)
      }
    }
    let texts = cellResults.joined().count { if case .text = $0 { true } else { false } }
    return Book(
      parts,
      notes: origin + sourceLines + methodSentences + notes
        + (texts > 0 ? [Phrase.textsNotInBook(texts).text(in: language)] : []))
  }

  /// The results of a cell: each chart below the table that it draws, where each table has one.
  private static func parts(of results: [Result], _ section: String) -> [Book.Part] {
    var parts: [Book.Part] = []
    var places: [Int: Int] = [:]
    for result in results {
      switch result {
      case .table(let table, let number, _, let language):
        places[number] = parts.count
        parts.append(Book.Part(table, language: language, section: section))
      case .figure(let chart, _, let table, let language):
        if let place = table.flatMap({ places[$0] }) {
          parts[place].charts.append(chart)
        } else {
          parts.append(Book.Part(nil, charts: [chart], language: language, section: section))
        }
      case .notes, .text: break
      }
    }
    return parts
  }

  /// Each table as a workbook of its own, with its name; none where it is larger than a sheet.
  var workbooks: [(name: String, bytes: [UInt8])] {
    get throws {
      try cellResults.joined().compactMap { result in
        guard case .table(let table, let number, let files, let language) = result,
          let bytes = try Book([Book.Part(table)], notes: origin)
            .workbookIfItFits(Style(language: language))
        else { return nil }
        return (workbookName(of: table, number: number, files: files), bytes)
      }
    }
  }

  /// The name of a table's workbook.
  func workbookName(of table: Table, number: Int, files: [String]) -> String {
    TableFile.workbookName(
      of: table, number: number, files: files, digits: max(2, String(tableCount).count))
  }

  /// The name of a chart's file.
  static func figureName(_ number: Int) -> String { "figure-\(number).svg" }

  private var origin: [String] {
    [title, "\(Phrase.notebook.text(in: language)): \(notebook)", "Vekt \(Document.version)"]
  }

  private var sourceLines: [String] {
    func line(_ term: Phrase, _ facts: [String]) -> String {
      "\(term.text(in: language)): \(facts.filter { !$0.isEmpty }.joined(separator: "; "))"
    }
    return sources.flatMap { file -> [String] in
      let rows = Phrase.rows(file.rows).text(in: language)
      var lines = [
        line(
          .dataFile,
          [file.path, file.study.text(in: language), rows, "SHA-256 \(file.sha256)"])
      ]
      if let codebook = file.codebook { lines.append(line(.codebook, [codebook])) }
      for design in designs where design.path == file.path {
        lines.append(design.sentence)
      }
      return lines
    }
  }

  private var notes: [String] {
    cellResults.joined().flatMap { result -> [String] in
      if case .notes(let notes, _) = result { notes } else { [] }
    }
  }
}
