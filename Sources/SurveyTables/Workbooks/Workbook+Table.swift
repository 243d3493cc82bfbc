internal import SurveyData

extension Workbook {
  /// The row, counted from 0, in which every table begins, below title, question and unit.
  private static let tableRow = 4

  /// Adds a table to a sheet: title, question, unit, headings, rows, and the notes below.
  ///
  /// An estimate takes a column for itself and one for each end of its interval, all of them numbers
  /// with a format; shares stay fractions, shown as percentages. Beside the table stand the lengths of
  /// the intervals' two halves, of which the programs make error bars.
  ///
  /// - Parameters:
  ///   - top: The first row of the sheet that is free.
  ///   - isBook: Whether the first row is kept for the way back to the contents.
  /// - Returns: The rows of the headings, and the next row that is free.
  func write(
    _ table: Table, to sheet: Sheet, at top: Int, isBook: Bool
  ) -> (headings: ClosedRange<Int>, next: Int) {
    let title = top + (isBook ? 1 : 0)
    sheet.write(table.title, title, 0, Look(isBold: true))
    if !table.essentials.question.isEmpty {
      sheet.write(table.essentials.question, title + 1, 0, Look(isQuiet: true))
    }
    sheet.write(
      table.unit, title + (isBook || !table.essentials.question.isEmpty ? 2 : 1), 0,
      Look(isQuiet: true))
    let columns = sheetColumns(of: table)
    let hasGroups = table.columns.contains { !$0.group.isEmpty }
    let start = top + Self.tableRow
    let first = start + (hasGroups ? 2 : 1)
    let heading = Look(isBold: true, isWrapped: true, isRuled: true, isFromRight: true)
    if hasGroups { addGroups(of: table, columns, to: sheet, start) }
    sheet.write(table.stub, first - 1, 0, Look(isBold: true, isWrapped: true, isRuled: true))
    for (place, column) in columns.enumerated() where column.part != .gap {
      sheet.write(column.heading, first - 1, place + 1, heading)
    }
    for (order, row) in table.rows.enumerated() {
      let isBold = row.kind == .heading || row.kind == .total
      let aside = Table.aside(of: row)
      sheet.write(
        aside.isEmpty ? row.printedLabel : "\(row.label) \(aside)", first + order, 0,
        Look(isBold: isBold, indent: row.indent))
      guard row.kind != .heading else { continue }
      for (place, column) in columns.enumerated() where row.cells.indices.contains(column.source) {
        write(
          row.cells[column.source], column.part, first + order, place + 1, isBold: isBold,
          to: sheet)
      }
    }
    var line = first + table.rows.count + 1
    let notes = table.notes.filter {
      table.essentials.question.isEmpty || $0 != table.essentials.question
    }
    for note in table.legend.map({ "\(Table.raised($0.letter)) \($0.text)" }) + notes {
      sheet.write(note, line, 0, Look(isQuiet: true))
      line += 1
    }
    // The programs grow a row for wrapped text only when a person edits it.
    let lines = columns.map { ($0.heading.count + Int($0.width) - 1) / Int($0.width) }.max() ?? 1
    if lines > 1 { sheet.setHeight(lines: min(6, lines), of: first - 1) }
    return (start...first - 1, line + 2)
  }

  /// Makes the columns of a sheet as wide as what its tables have in them.
  ///
  /// - Parameter room: How many dots across are printed at least.
  /// - Returns: The last column that is printed; nil where all are.
  func setWidths(of tables: [Table], printing room: Double, in sheet: Sheet) -> Int? {
    let widest = tables.flatMap(\.rows).map { $0.label.count + 2 * $0.indent }.max() ?? 0
    var widths = [Double(min(max(widest + 2, 16), 60))]
    var last = 0
    for table in tables {
      for (order, column) in sheetColumns(of: table).enumerated() {
        let place = order + 1
        if !column.part.isBeside { last = max(last, place) }
        if place < widths.count {
          widths[place] = max(widths[place], column.width)
        } else {
          widths.append(column.width)
        }
      }
    }
    for (place, width) in widths.enumerated() { sheet.setWidth(width, of: place...place) }
    // A character of a column takes seven dots, one of a text that runs over several a little less.
    let texts = tables.flatMap { [$0.title, $0.essentials.question] + $0.notes }.map(\.count)
    let wanted = max(room, 6 * Double(texts.max() ?? 0))
    while last + 1 < widths.count, widths[...last].reduce(0, { $0 + 7 * $1 + 5 }) < wanted {
      last += 1
    }
    return last + 1 < widths.count ? last : nil
  }

  private func sheetColumns(of table: Table) -> [SheetColumn] {
    SheetColumn.columns(of: table, style)
  }

  /// Refuses a table that has more rows or columns than a sheet.
  func checkSize(of table: Table) throws {
    let rows = table.rows.count + table.legend.count + table.notes.count + 8
    let columns = sheetColumns(of: table).count + 1
    guard rows > 1 << 20 || columns > 1 << 14 else { return }
    throw SurveyError(
      .usage, at: table.title,
      "has \(rows) rows and \(columns) columns, and a sheet holds 1048576 and 16384",
      remedy: "Write --format csv or json, or name fewer variables.")
  }

  private func addGroups(of table: Table, _ columns: [SheetColumn], to sheet: Sheet, _ line: Int) {
    let look = Look(isBold: true, isRuled: true, isAcross: true)
    var place = 0
    while place < columns.count {
      func group(of place: Int) -> String {
        columns[place].part.isBeside ? "" : table.columns[columns[place].source].group
      }
      let heading = group(of: place)
      var end = place
      while end + 1 < columns.count, group(of: end + 1) == heading {
        end += 1
      }
      if !heading.isEmpty { sheet.centre(heading, line, place + 1...end + 1, look) }
      place = end + 1
    }
  }

  private func write(
    _ cell: Table.Cell, _ part: SheetColumn.Part, _ row: Int, _ column: Int, isBold: Bool,
    to sheet: Sheet
  ) {
    func number(_ value: Double?, _ format: Table.Format, inParentheses: Bool = false) {
      guard let value, value.isFinite else { return }
      let isPoints = if case .points = format { true } else { false }
      let look = Self.numberFormat(format, isEnd: part != .value)
      sheet.write(
        isPoints ? value * 100 : value, row, column,
        Look(number: inParentheses ? "(\(look));(-\(look))" : look, isBold: isBold))
    }
    func words(_ cell: Table.Cell) {
      let text = CellText(cell, under: "", NumberFormat(language: style.language)).line
      sheet.write(text, row, column, Look(isBold: isBold, isFromRight: true))
    }
    switch (cell, part) {
    case (.estimate, .line), (.parenthesized, .line): words(cell)
    case (.parenthesized(let quantity?, _), .value): number(quantity.value, quantity.format)
    case (.parenthesized(.some, let others), .spread) where others.count != 1:
      words(.parenthesized(nil, others))
    case (.parenthesized(.some, let others), .spread):
      number(others[0].value, others[0].format, inParentheses: true)
    case (.parenthesized(nil, let others), .value):
      // Two numbers, or one that only words tell, such as `(< 0.001)`.
      if others.count == 1, others[0].format != .probability {
        number(others[0].value, others[0].format, inParentheses: true)
      } else {
        words(cell)
      }
    case (.estimate(let quantity, _, _, _), .value), (.number(let quantity), .value):
      number(quantity.value, quantity.format)
    case (.estimate(let quantity, let low, _, _), .low): number(low, quantity.format)
    case (.estimate(let quantity, _, let high, _), .high): number(high, quantity.format)
    case (.estimate(let quantity, let low, _, _), .minus):
      number(low.map { quantity.value - $0 }, quantity.format)
    case (.estimate(let quantity, _, let high, _), .plus):
      number(high.map { $0 - quantity.value }, quantity.format)
    case (.estimate(_, _, _, let mark), .mark):
      if !mark.isEmpty { sheet.write(Table.raised(mark), row, column) }
    case (.count(let count), .value):
      sheet.write(Double(count), row, column, Look(number: "#,##0", isBold: isBold))
    case (.probability(let p), .value):
      if p.isFinite { sheet.write(p, row, column, Look(number: "0.000", isBold: isBold)) }
    case (.text(let text), .value): sheet.write(text, row, column, Look(isBold: isBold))
    case (.hidden, .value): sheet.write(":", row, column, Look(isFromRight: true))
    case (.bar(let length), .value): sheet.write(length, row, column, Look(number: "0%"))
    case (_, .line): write(cell, .value, row, column, isBold: isBold, to: sheet)
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
    case .probability: return "0.000"
    }
  }

  /// Adds what must be known of the whole book.
  func addNotes(_ lines: [String]) {
    guard let sheet = sheet(named: Phrase.notes.text(in: style.language)) else { return }
    for (row, line) in lines.enumerated() {
      sheet.write(line, row, 0, Look(isBold: row == 0, isWrapped: true))
    }
    sheet.setWidth(100, of: 0...0)
    sheet.printAcross(repeating: nil, footer: "\(Phrase.notes.text(in: style.language)) · ")
  }
}

/// A column of a sheet: a column of the table, or an end of the intervals in it.
private struct SheetColumn {
  let source: Int
  let part: Part
  let heading: String
  /// In characters.
  var width = 9.0

  enum Part {
    case value, low, high, spread, mark, line
    /// The halves of the interval, and what sets them off from the table.
    case minus, plus, gap

    /// Whether it stands beside the table.
    var isBeside: Bool { [.minus, .plus, .gap].contains(self) }
  }

  static func columns(of table: Table, _ style: Style) -> [SheetColumn] {
    let language = style.language
    let format = NumberFormat(language: language)
    let own = table.columns.indices.flatMap { place -> [SheetColumn] in
      let heading = table.columns[place].heading
      let word = heading.split(separator: " ").map(\.count).max() ?? 0
      func width(_ texts: [String]) -> Double {
        Double(min(max((texts.map(\.count).max() ?? 0) + 2, word + 2, 8), 40))
      }
      let cells = table.rows.compactMap {
        $0.cells.indices.contains(place) ? $0.cells[place] : nil
      }
      let texts = cells.map { CellText($0, under: heading, format) }
      var columns = [
        SheetColumn(
          source: place, part: .value, heading: heading,
          width: width(texts.map { $0.integer + $0.fraction + "%" }))
      ]
      let hasEnds = cells.contains {
        if case .estimate(_, .some, .some, _) = $0 { true } else { false }
      }
      let marks =
        cells.map { cell -> Int in
          if case .estimate(_, _, _, let mark) = cell { Table.raised(mark).count } else { 0 }
        }.max() ?? 0
      let hasSpreads = cells.contains {
        if case .parenthesized(.some, _) = $0 { true } else { false }
      }
      if hasEnds || hasSpreads, style.intervals == .text {
        return [
          SheetColumn(
            source: place, part: .line, heading: heading, width: width(texts.map(\.line)))
        ]
      }
      if hasEnds {
        columns += [
          SheetColumn(source: place, part: .low, heading: Phrase.lowerEnd.text(in: language)),
          SheetColumn(source: place, part: .high, heading: Phrase.upperEnd.text(in: language)),
        ]
      }
      if hasSpreads {
        columns.append(
          SheetColumn(
            source: place, part: .spread, heading: Phrase.inParentheses.text(in: language),
            width: width(texts.map(\.interval))))
      }
      if marks > 0 {
        columns.append(
          SheetColumn(source: place, part: .mark, heading: "", width: Double(marks + 2)))
      }
      return columns
    }
    let bars = own.filter { $0.part == .low }.flatMap { column -> [SheetColumn] in
      let heading = table.columns[column.source]
      let name = [heading.group, heading.heading].filter { !$0.isEmpty }.joined(separator: ", ")
      return [(Part.minus, "\u{2212}"), (.plus, "+")].map { part, sign in
        let text = Phrase.errorBar(of: name, sign).text(in: language)
        let word = text.split(separator: " ").map(\.count).max() ?? 0
        return SheetColumn(
          source: column.source, part: part, heading: text, width: Double(min(max(word + 2, 9), 40))
        )
      }
    }
    return own
      + (bars.isEmpty ? [] : [SheetColumn(source: 0, part: .gap, heading: "", width: 3)] + bars)
  }
}
