/// A table as Word has it: columns measured, cut into parts that fit, and written.
struct WordTable {
  private let table: Table
  private let language: String
  private let cells: [[CellText]]
  private let labelWidth: Int
  private let widths: [Int]
  /// The width of an upright page.
  private let upright: Int

  /// How wide a character of nine points is, and the space of a cell, in twentieths of a point.
  private static let (character, space) = (98, 150)

  /// - Parameter room: The width of the page, which headings may use.
  init(_ table: Table, language: String, room: Int) {
    self.table = table
    self.language = language
    upright = room
    let format = NumberFormat(language: language)
    let cells = table.rows.map { row in
      row.kind == .heading
        ? table.columns.map { CellText(.empty, under: $0.heading, format) }
        : table.cellTexts(of: row, format)
    }
    self.cells = cells
    func twips(_ characters: Int) -> Int { characters * Self.character + Self.space }
    let labels = table.rows.filter { $0.kind != .heading }
      .map { $0.printedLabel.width + 2 * $0.indent }
    let labelWidth = twips(min(max(labels.max() ?? 0, table.stub.width, 8), 36))
    func widths(ofHeading heading: (String) -> Int) -> [Int] {
      table.columns.indices.map { place in
        let content = cells.map { $0[place] }.map { cell in
          switch cell.kind {
          case .bar: 8
          case .words: min(cell.integer.width, 28)
          // The signs of p-values are as wide as two digits.
          default: cell.line.width + cell.line.count { $0 == "<" || $0 == ">" }
          }
        }
        return twips(max(content.max() ?? 0, heading(table.columns[place].heading), 3))
      }
    }
    func longestWord(_ heading: String) -> Int {
      min(heading.split(separator: " ").map { String($0).width }.max() ?? 0, 18)
    }
    // A heading of two lines where there is room, otherwise as many as it has words.
    // Headings are bold, so that their letters take a fifth more.
    let generous = widths { max((6 * longestWord($0) + 4) / 5, min(($0.width + 1) / 2 + 2, 22)) }
    self.widths =
      generous.reduce(labelWidth, +) <= room ? generous : widths(ofHeading: longestWord)
    self.labelWidth = labelWidth
  }

  /// How wide the whole table is.
  var width: Int { widths.reduce(labelWidth, +) }

  /// The columns that stand beside each other, for each part of the table.
  func parts(room: Int) -> [[Int]] {
    table.parts { $0.reduce(labelWidth) { $0 + widths[$1] } <= room }
  }

  /// Some of the columns as a table.
  func xml(_ part: [Int], room: Int, styles: (WordTemplate.Style) -> String) -> String {
    let whole = part.reduce(labelWidth) { $0 + widths[$1] }
    // One column too wide by itself gives way.
    let scale = whole > room ? Double(room) / Double(whole) : 1
    func scaled(_ width: Int) -> Int { Int(Double(width) * scale) }
    let grid = ([labelWidth] + part.map { widths[$0] }).map(scaled)
    let style = styles(.cell)
    func cell(
      _ runs: String, width: Int, span: Int = 1, isFromRight: Bool = false, isKept: Bool,
      indent: Int = 0, borders: String = ""
    ) -> String {
      "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>"
        + (span > 1 ? "<w:gridSpan w:val=\"\(span)\"/>" : "")
        + (borders.isEmpty ? "" : "<w:tcBorders>\(borders)</w:tcBorders>") + "</w:tcPr>"
        + "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/>" + (isKept ? "<w:keepNext/>" : "")
        + (indent > 0 ? "<w:ind w:left=\"\(180 * indent)\"/>" : "")
        + (isFromRight ? "<w:jc w:val=\"right\"/>" : "") + "</w:pPr>\(runs)</w:p></w:tc>"
    }
    func words(_ text: String, isBold: Bool = false) -> String {
      "<w:r>\(isBold ? "<w:rPr><w:b/></w:rPr>" : "")<w:t xml:space=\"preserve\">"
        + "\(text.onOneLine.xmlEscaped)</w:t></w:r>"
    }
    func row(_ cells: [String], isHeading: Bool = false) -> String {
      "<w:tr><w:trPr><w:cantSplit/>\(isHeading ? "<w:tblHeader/>" : "")</w:trPr>"
        + cells.joined() + "</w:tr>"
    }
    let isFromRight = part.map { !table.holdsWords($0) }
    var rows: [String] = []
    if part.contains(where: { !table.columns[$0].group.isEmpty }) {
      rows.append(
        row(
          [cell("", width: grid[0], isKept: true)]
            + table.groups(of: part).map { group in
              let heading = table.columns[part[group.lowerBound]].group
              return cell(
                words(heading, isBold: true),
                width: group.reduce(0) { $0 + grid[$1 + 1] }, span: group.count, isKept: true,
                borders: heading.isEmpty ? "" : Self.rule("bottom"))
            }, isHeading: true))
    }
    if table.hasHeadings {
      rows.append(
        row(
          [
            cell(
              words(table.stub, isBold: true), width: grid[0], isKept: true,
              borders: Self.rule("bottom"))
          ]
            + part.enumerated().map { place, column in
              cell(
                words(table.columns[column].heading, isBold: true), width: grid[place + 1],
                isFromRight: isFromRight[place], isKept: true, borders: Self.rule("bottom"))
            }, isHeading: true))
    }
    for (number, line) in table.rows.enumerated() {
      // A table that fits a page stays on it; a longer one may break between rows.
      let most = room > upright ? 20 : 30
      let isKept = number < table.rows.count - 1 && (table.rows.count <= most || number < 3)
      guard line.kind != .heading else {
        let aside = Table.aside(of: line)
        rows.append(
          row([
            cell(
              words(line.label, isBold: true) + (aside.isEmpty ? "" : words(" \(aside)")),
              width: grid.reduce(0, +), span: grid.count, isKept: isKept, indent: line.indent)
          ]))
        continue
      }
      let isTotal = line.kind == .total
      let isFirst = isTotal && number > 0 && table.rows[number - 1].kind != .total
      let borders = isFirst ? Self.rule("top") : ""
      rows.append(
        row(
          [
            cell(
              words(line.printedLabel, isBold: isTotal), width: grid[0], isKept: isKept,
              indent: line.indent, borders: borders)
          ]
            + part.enumerated().map { place, column in
              cell(
                content(cells[number][column]), width: grid[place + 1],
                isFromRight: isFromRight[place], isKept: isKept, borders: borders)
            }))
    }
    return "<w:tbl><w:tblPr><w:tblStyle w:val=\"\(styles(.table))\"/>"
      + "<w:tblW w:w=\"\(grid.reduce(0, +))\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>"
      + "<w:tblLook w:val=\"0420\" w:firstRow=\"1\" w:noVBand=\"1\"/>"
      + "<w:tblCaption w:val=\"\(table.title.onOneLine.xmlEscaped)\"/><w:tblDescription "
      + "w:val=\"\(([table.unit] + table.notes).joined(separator: " ").onOneLine.xmlEscaped)\"/>"
      + "</w:tblPr><w:tblGrid>" + grid.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined()
      + "</w:tblGrid>" + rows.joined() + "</w:tbl>"
  }

  private static func rule(_ side: String) -> String {
    "<w:\(side) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"595959\"/>"
  }

  private func content(_ cell: CellText) -> String {
    func text(_ words: String, _ look: String = "") -> String {
      words.isEmpty
        ? ""
        : "<w:r>\(look.isEmpty ? "" : "<w:rPr>\(look)</w:rPr>")<w:t xml:space=\"preserve\">"
          + "\(words.xmlEscaped)</w:t></w:r>"
    }
    switch cell.kind {
    case .empty: return ""
    case .words, .range: return text(cell.integer)
    case .bar(let length): return text(TextColumn.bar(length))
    case .number, .hidden, .aside:
      return text(cell.integer + cell.fraction)
        + text(cell.mark, "<w:vertAlign w:val=\"superscript\"/>")
        + (cell.interval.isEmpty
          ? "" : text("\u{A0}\(cell.interval)", "<w:color w:val=\"595959\"/>"))
    }
  }
}
