internal import SurveyData

extension Workbook {
  /// Where a table of a book stands.
  private struct Place {
    let table: Table
    let sheet: String
    let row: Int
  }

  /// Adds tables: one as a sheet with its title for a name, several as a book.
  func add(_ tables: [Table]) {
    let pages = Self.pages(of: tables, style.sheets)
    let isBook = tables.count > 1 || pages.count > 1
    let contentsName = Phrase.contentsSheet.text(in: style.language)
    let contents = isBook ? sheet(named: contentsName) : nil
    var places: [Place] = []
    for (order, page) in pages.enumerated() {
      let name = isBook ? "\(order + 1)" : page.first?.title ?? ""
      guard let sheet = sheet(named: name) else { return }
      var top = 0
      var headings: ClosedRange<Int>?
      for table in page {
        places.append(Place(table: table, sheet: name, row: top))
        let written = write(table, to: sheet, at: top, isBook: isBook)
        headings = headings ?? written.headings
        top = written.next
      }
      if isBook { sheet.link(contentsName, to: contentsName, 0, 0) }
      setWidths(of: page, in: sheet)
      let isAlone = page.count == 1
      if isAlone, let headings { sheet.freeze(rows: headings.upperBound + 1, columns: 1) }
      let footer = isBook ? "\(Phrase.table.text(in: style.language)) \(name) · " : ""
      sheet.printAcross(repeating: isAlone ? headings : nil, footer: footer)
    }
    if let contents { write(places, to: contents) }
  }

  /// The tables of every sheet.
  private static func pages(of tables: [Table], _ sheets: Style.Sheets) -> [[Table]] {
    switch sheets {
    case .question: return tables.map { [$0] }
    case .one: return tables.isEmpty ? [] : [tables]
    case .banner:
      let groups = tables.flatMap { $0.columns.map(\.group) }.reduce(into: [String]()) {
        if !$1.isEmpty, !$0.contains($1) { $0.append($1) }
      }
      guard !groups.isEmpty else { return tables.map { [$0] } }
      return groups.map { group in tables.compactMap { $0.part(of: group) } }
    }
  }

  /// One line a table, which leads to it.
  private func write(_ places: [Place], to sheet: Sheet) {
    let language = style.language
    let headings: [Phrase] = [.table, .questionHeading, .byHeading, .n, .noteHeading]
    for (column, heading) in headings.enumerated() {
      sheet.write(
        heading.text(in: language), 0, column,
        Look(isBold: true, isRuled: true, isFromRight: column == 3))
    }
    for (order, place) in places.enumerated() {
      let (table, row) = (place.table, order + 1)
      sheet.link("\(order + 1)", to: place.sheet, row: place.row, row, 0)
      sheet.link(table.title, to: place.sheet, row: place.row, row, 1)
      sheet.write(table.backgrounds.isEmpty ? table.stub : table.backgrounds, row, 2)
      if let base = table.base { sheet.write(Double(base), row, 3, Look(number: "#,##0")) }
      sheet.write(table.remarks(in: language), row, 4)
    }
    func width(_ texts: [String]) -> Double {
      Double(min(max(texts.map(\.count).max() ?? 0, 10) + 2, 70))
    }
    sheet.setWidth(8, of: 0...0)
    sheet.setWidth(width(places.map(\.table.title)), of: 1...1)
    sheet.setWidth(
      width(places.map { $0.table.backgrounds.isEmpty ? $0.table.stub : $0.table.backgrounds }),
      of: 2...2)
    sheet.setWidth(10, of: 3...3)
    sheet.setWidth(40, of: 4...4)
    sheet.freeze(rows: 1, columns: 0)
    sheet.printAcross(repeating: 0...0, footer: "\(Phrase.contentsSheet.text(in: language)) · ")
  }
}

extension Table {
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
