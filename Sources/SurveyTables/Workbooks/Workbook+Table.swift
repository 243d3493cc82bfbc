internal import SurveyData

extension Workbook {
  /// Adds a table as a sheet: title, headings, rows, and the notes below.
  ///
  /// An estimate takes a column for itself and one for each end of its interval, all of them numbers
  /// with a format; shares stay fractions, shown as percentages.
  func add(_ table: Table) {
    guard let sheet = sheet(named: table.title) else { return }
    sheet.write(table.title, 0, 0, Look(isBold: true))
    sheet.write(table.unit, 1, 0, Look(isQuiet: true))
    let columns = SheetColumn.columns(of: table, style.language)
    let hasGroups = table.columns.contains { !$0.group.isEmpty }
    let first = hasGroups ? 4 : 3
    let heading = Look(isBold: true, isWrapped: true, isRuled: true, isFromRight: true)
    if hasGroups { addGroups(of: table, columns, to: sheet) }
    sheet.write(table.stub, first - 1, 0, Look(isBold: true, isWrapped: true, isRuled: true))
    for (place, column) in columns.enumerated() {
      sheet.write(column.heading, first - 1, place + 1, heading)
    }
    for (order, row) in table.rows.enumerated() {
      let isBold = row.kind != .body
      let aside = Table.aside(of: row)
      sheet.write(
        aside.isEmpty ? row.label : "\(row.label) \(aside)", first + order, 0,
        Look(isBold: isBold, indent: row.indent))
      guard row.kind != .heading else { continue }
      for (place, column) in columns.enumerated() where row.cells.indices.contains(column.source) {
        write(
          row.cells[column.source], column.part, first + order, place + 1, isBold: isBold,
          to: sheet)
      }
    }
    var line = first + table.rows.count + 1
    for note in table.legend.map({ "\(Table.raised($0.letter)) \($0.text)" }) + table.notes {
      sheet.write(note, line, 0, Look(isQuiet: true))
      line += 1
    }
    let widest = table.rows.map { $0.label.count + 2 * $0.indent }.max() ?? 0
    sheet.setWidth(Double(min(max(widest + 2, 16), 60)), of: 0...0)
    if !columns.isEmpty { sheet.setWidth(14, of: 1...columns.count) }
    // The programs grow a row for wrapped text only when a person edits it.
    let longest = columns.map(\.heading.count).max() ?? 0
    if longest > 12 { sheet.setHeight(lines: min(6, longest / 12 + 1), of: first - 1) }
    sheet.printAcross(repeating: first)
    sheet.freeze(rows: first, columns: 1)
  }

  /// Refuses a table that has more rows or columns than a sheet.
  func checkSize(of table: Table) throws {
    let rows = table.rows.count + table.legend.count + table.notes.count + 8
    let columns = SheetColumn.columns(of: table, style.language).count + 1
    guard rows > 1 << 20 || columns > 1 << 14 else { return }
    throw SurveyError(
      .usage, at: table.title,
      "has \(rows) rows and \(columns) columns, and a sheet holds 1048576 and 16384",
      remedy: "Write --format csv or json, or name fewer variables.")
  }

  private func addGroups(of table: Table, _ columns: [SheetColumn], to sheet: Sheet) {
    let look = Look(isBold: true, isRuled: true)
    var place = 0
    while place < columns.count {
      let group = table.columns[columns[place].source].group
      var end = place
      while end + 1 < columns.count, table.columns[columns[end + 1].source].group == group {
        end += 1
      }
      if !group.isEmpty {
        if end > place {
          sheet.join(group, 2, place + 1...end + 1, look)
        } else {
          sheet.write(group, 2, place + 1, look)
        }
      }
      place = end + 1
    }
  }

  private func write(
    _ cell: Table.Cell, _ part: SheetColumn.Part, _ row: Int, _ column: Int, isBold: Bool,
    to sheet: Sheet
  ) {
    func number(_ value: Double?, _ format: Table.Format) {
      guard let value, value.isFinite else { return }
      let isPoints = if case .points = format { true } else { false }
      sheet.write(
        isPoints ? value * 100 : value, row, column,
        Look(number: Self.numberFormat(format, isEnd: part != .value), isBold: isBold))
    }
    switch (cell, part) {
    case (.estimate(let quantity, _, _, _), .value), (.number(let quantity), .value):
      number(quantity.value, quantity.format)
    case (.estimate(let quantity, let low, _, _), .low): number(low, quantity.format)
    case (.estimate(let quantity, _, let high, _), .high): number(high, quantity.format)
    case (.estimate(_, _, _, let mark), .mark):
      if !mark.isEmpty { sheet.write(Table.raised(mark), row, column) }
    case (.count(let count), .value):
      sheet.write(Double(count), row, column, Look(number: "#,##0", isBold: isBold))
    case (.probability(let p), .value):
      if p.isFinite { sheet.write(p, row, column, Look(number: "0.000", isBold: isBold)) }
    case (.text(let text), .value): sheet.write(text, row, column, Look(isBold: isBold))
    case (.hidden, .value): sheet.write(":", row, column, Look(isFromRight: true))
    case (.bar(let length), .value): sheet.write(length, row, column, Look(number: "0%"))
    default: break
    }
  }

  private static func numberFormat(_ format: Table.Format, isEnd: Bool) -> String {
    func zeros(_ digits: Int) -> String {
      digits > 0 ? "0." + String(repeating: "0", count: digits) : "0"
    }
    switch format {
    case .percent(let digits): return zeros(digits) + "%"
    case .points(let digits):
      return isEnd ? zeros(digits) : "+\(zeros(digits));-\(zeros(digits));\(zeros(digits))"
    case .fixed(let digits): return zeros(digits)
    case .significant: return "General"
    }
  }

  /// Adds what must be known of the whole document.
  func addNotes(of document: Document) {
    guard let sheet = sheet(named: Phrase.notes.text(in: style.language)) else { return }
    let lines = ["vekt \(document.command)", "Vekt \(Document.version)"] + document.notes
    for (row, line) in lines.enumerated() {
      sheet.write(line, row, 0, row == 0 ? Look(isBold: true) : Look(isWrapped: true))
    }
    sheet.setWidth(100, of: 0...0)
  }
}

/// A column of a sheet: a column of the table, or an end of the intervals in it.
private struct SheetColumn {
  let source: Int
  let part: Part
  let heading: String

  enum Part { case value, low, high, mark }

  static func columns(of table: Table, _ language: String) -> [SheetColumn] {
    table.columns.indices.flatMap { place -> [SheetColumn] in
      let heading = table.columns[place].heading
      var columns = [SheetColumn(source: place, part: .value, heading: heading)]
      let cells = table.rows.compactMap {
        $0.cells.indices.contains(place) ? $0.cells[place] : nil
      }
      let hasEnds = cells.contains {
        if case .estimate(_, .some, .some, _) = $0 { true } else { false }
      }
      let hasMarks = cells.contains {
        if case .estimate(_, _, _, let mark) = $0 { !mark.isEmpty } else { false }
      }
      if hasEnds {
        columns += [
          SheetColumn(source: place, part: .low, heading: Phrase.lowerEnd.text(in: language)),
          SheetColumn(source: place, part: .high, heading: Phrase.upperEnd.text(in: language)),
        ]
      }
      if hasMarks { columns.append(SheetColumn(source: place, part: .mark, heading: "")) }
      return columns
    }
  }
}
