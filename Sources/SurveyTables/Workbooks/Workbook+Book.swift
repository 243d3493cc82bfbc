internal import SurveyData

extension Workbook {
  /// Where a part of a book stands.
  private struct Place {
    let part: Book.Part
    let sheet: String
    let row: Int
  }

  /// Adds parts: one as a sheet with its title for a name, several as a book.
  func add(_ parts: [Book.Part]) throws {
    let pages = Self.pages(of: parts, style.sheets)
    let isBook = parts.count > 1 || pages.count > 1
    let language = style.language
    let contentsName = Phrase.contents.text(in: language)
    let contents = isBook ? sheet(named: contentsName) : nil
    var places: [Place] = []
    for (order, page) in pages.enumerated() {
      let name = isBook ? "\(order + 1)" : page.first?.title ?? ""
      guard let sheet = sheet(named: name) else { return }
      var top = 0
      var headings: ClosedRange<Int>?
      for part in page {
        style.language = part.language ?? language
        places.append(Place(part: part, sheet: name, row: top))
        if let table = part.table {
          let written = write(table, to: sheet, at: top, isBook: isBook)
          headings = headings ?? written.headings
          top = written.next
        } else {
          top += isBook ? 1 : 0
        }
        top = try write(part.charts, to: sheet, at: top)
      }
      let last = setWidths(
        of: page.compactMap(\.table),
        printing: page.flatMap(\.charts).map { $0.size.width }.max() ?? 0, in: sheet)
      if let last { sheet.print(rows: top, columns: last + 1) }
      style.language = language
      if isBook { sheet.link(contentsName, to: contentsName, 0, 0) }
      let isAlone = page.count == 1
      if isAlone, let headings { sheet.freeze(rows: headings.upperBound + 1, columns: 1) }
      let footer = isBook ? "\(Phrase.table.text(in: language)) \(name) · " : ""
      sheet.printAcross(repeating: isAlone ? headings : nil, footer: footer)
    }
    if let contents { write(places, to: contents) }
  }

  /// The parts of every sheet.
  private static func pages(of parts: [Book.Part], _ sheets: Style.Sheets) -> [[Book.Part]] {
    switch sheets {
    case .question: return parts.map { [$0] }
    case .one: return parts.isEmpty ? [] : [parts]
    case .banner:
      let groups = parts.compactMap(\.table).flatMap { $0.columns.map(\.group) }
        .reduce(into: [String]()) { if !$1.isEmpty, !$0.contains($1) { $0.append($1) } }
      guard !groups.isEmpty else { return parts.map { [$0] } }
      let sheets = groups.map { group in
        parts.compactMap { part in
          part.table?.part(of: group).map {
            Book.Part($0, language: part.language, section: part.section)
          }
        }
      }
      // Tables without a background, and charts, stand behind.
      return sheets
        + parts.compactMap { part -> [Book.Part]? in
          var rest = part
          if groups.contains(where: { part.table?.part(of: $0) != nil }) { rest.table = nil }
          return rest.table == nil && rest.charts.isEmpty ? nil : [rest]
        }
    }
  }

  /// One line a part, which leads to it, below the headings under which they stand.
  private func write(_ places: [Place], to sheet: Sheet) {
    let language = style.language
    let headings: [Phrase] = [.table, .questionHeading, .byHeading, .n, .noteHeading]
    for (column, heading) in headings.enumerated() {
      sheet.write(
        heading.text(in: language), 0, column,
        Look(
          isBold: true, isRuled: true, isFromRight: column == 3, indent: column == 4 ? 1 : 0))
    }
    var (row, section) = (1, "")
    for (order, place) in places.enumerated() {
      if place.part.section != section {
        section = place.part.section
        sheet.write(section, row, 1, Look(isBold: true))
        row += 1
      }
      sheet.link("\(order + 1)", to: place.sheet, row: place.row, row, 0)
      sheet.link(place.part.title, to: place.sheet, row: place.row, row, 1)
      if let table = place.part.table {
        sheet.write(table.backgroundsOrStub, row, 2)
        if let base = table.base { sheet.write(Double(base), row, 3, Look(number: "#,##0")) }
        sheet.write(
          table.remarks(in: place.part.language ?? language), row, 4, Look(indent: 1))
      } else {
        sheet.write(Phrase.figure.text(in: language), row, 4, Look(indent: 1))
      }
      row += 1
    }
    func width(_ texts: [String]) -> Double {
      Double(min(max(texts.map(\.count).max() ?? 0, 10) + 2, 70))
    }
    sheet.setWidth(8, of: 0...0)
    sheet.setWidth(width(places.map(\.part.title)), of: 1...1)
    sheet.setWidth(width(places.compactMap { $0.part.table?.backgroundsOrStub }), of: 2...2)
    sheet.setWidth(10, of: 3...3)
    sheet.setWidth(40, of: 4...4)
    sheet.freeze(rows: 1, columns: 0)
    sheet.printAcross(repeating: 0...0, footer: "\(Phrase.contents.text(in: language)) · ")
  }
}

extension Table {
  /// What its columns or rows are groups of.
  fileprivate var backgroundsOrStub: String { backgrounds.isEmpty ? stub : backgrounds }

  /// The columns under one heading, with those under none; nil where it has none under it.
  fileprivate func part(of group: String) -> Table? {
    let kept = columns.indices.filter { columns[$0].group.isEmpty || columns[$0].group == group }
    guard kept.contains(where: { !columns[$0].group.isEmpty }) else { return nil }
    var part = self
    part.columns = kept.map { columns[$0] }
    for row in part.rows.indices where part.rows[row].kind != .heading {
      let cells = rows[row].cells
      part.rows[row].cells = kept.map { cells.indices.contains($0) ? cells[$0] : .empty }
    }
    part.backgrounds = group
    return part
  }

  /// The respondents of the table: the first count of its last rows, or the largest of its column of
  /// counts.
  fileprivate var base: Int? {
    func counts(_ row: Row) -> [Int] {
      row.cells.compactMap { if case .count(let count) = $0 { count } else { nil } }
    }
    let totals = rows.filter { $0.kind == .total }.compactMap { counts($0).first }
    return totals.max() ?? rows.flatMap(counts).max()
  }

  /// What a reader of the contents should know: hidden cells, and what marks mean.
  fileprivate func remarks(in language: String) -> String {
    let hidden = rows.flatMap(\.cells).count { $0 == .hidden }
    return
      ((hidden > 0 ? [Phrase.hiddenCells(hidden).text(in: language)] : [])
      + legend.map { "\(Table.raised($0.letter)) \($0.text)" }).joined(separator: "; ")
  }
}
