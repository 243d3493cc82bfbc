/// Writes one table as HTML that a screen reader can follow.
struct HTMLTable {
  private let table: Table
  private let id: String
  private let language: String
  /// Whether cells say themselves what they cannot do without, for pages that drop the style sheet.
  private let standsAlone: Bool
  private let cells: [[CellText]]
  /// For each column whether it is set from the left.
  private let holdsWords: [Bool]
  /// For each column the width of what follows the decimal sign, where it differs between rows.
  private let tails: [Double?]
  /// The letters that have a note to link to.
  private let explained: Set<String>
  private let hasGroups: Bool
  private let columnGroups: [Range<Int>]

  init(_ table: Table, id: String, language: String, standsAlone: Bool = false) {
    self.table = table
    self.id = id
    self.standsAlone = standsAlone
    self.language = language
    let format = NumberFormat(language: language)
    let cells = table.rows.map { table.cellTexts(of: $0, format) }
    self.cells = cells
    holdsWords = table.columns.indices.map(table.holdsWords)
    tails = table.columns.indices.map { column in
      let body = zip(table.rows, cells).filter { $0.0.kind != .heading }.map { $0.1[column] }
      let widths = body.filter { [.number, .hidden, .aside].contains($0.kind) }.map(\.tailWidth)
      return Set(widths).count > 1 ? widths.max() : nil
    }
    explained = Set(table.legend.map(\.letter))
    hasGroups = table.columns.contains { !$0.group.isEmpty }
    columnGroups = table.groups(of: Array(table.columns.indices))
  }

  /// The frame with the table, and the notes below it.
  func html() -> String {
    var referred: Set<String> = []
    var lines = [
      "<div class=\"vekt-table\" lang=\"\(language)\">",
      "<div class=\"vekt-frame\" role=\"region\" aria-labelledby=\"\(id)-caption\" tabindex=\"0\">",
      "<table id=\"\(id)\">", caption,
    ]
    if table.hasHeadings || hasGroups {
      lines += ["<thead>"] + headings + ["</thead>"]
    }
    for body in bodies {
      let isTotal = table.rows[body.lowerBound].kind == .total
      lines.append(isTotal ? "<tbody class=\"vekt-total\">" : "<tbody>")
      lines += body.map { row($0, &referred) }
      lines.append("</tbody>")
    }
    return (lines + ["</table>", "</div>"] + notes + ["</div>"]).map { $0 + "\n" }.joined()
  }

  private var caption: String {
    let unit = table.unit.isEmpty ? "" : " <span class=\"vekt-unit\">\(escaped(table.unit))</span>"
    let bold = standsAlone ? " style=\"font-weight: 600; padding-right: 1rem\"" : ""
    return "<caption id=\"\(id)-caption\"\(left())>"
      + "<span class=\"vekt-title\"\(bold)>\(escaped(table.title))</span>\(unit)</caption>"
  }

  /// The rows in the order given, cut before every heading and where the totals begin or end.
  private var bodies: [Range<Int>] {
    var starts = table.rows.indices.filter { place in
      guard place > 0 else { return true }
      let (row, last) = (table.rows[place], table.rows[place - 1])
      return row.kind == .heading || (row.kind == .total) != (last.kind == .total)
    }
    starts.append(table.rows.count)
    return zip(starts, starts.dropFirst()).map { $0..<$1 }
  }

  // MARK: Headings

  private var headings: [String] {
    let stub =
      table.stub.isEmpty
      ? "<td></td>"
      : "<th scope=\"col\" class=\"vekt-words\"\(left())>\(escaped(table.stub))</th>"
    let columns = table.columns.indices.map { place in
      let column = table.columns[place]
      let mark = hasGroups ? " id=\"\(id)-c\(place + 1)\"" : ""
      guard !column.heading.isEmpty else { return "<td></td>" }
      // Browsers break `18-24` at its hyphen.
      let isRange = column.heading.wholeMatch(of: /[0-9]+-[0-9]+/) != nil
      let unbroken = side(place, more: isRange ? "white-space: nowrap" : "")
      return "<th scope=\"col\"\(mark)\(unbroken)>\(escaped(column.heading))</th>"
    }
    let last = "<tr>" + stub + columns.joined() + "</tr>"
    return hasGroups ? [groupHeadings, last] : [last]
  }

  private var groupHeadings: String {
    let groups = columnGroups.enumerated().map { order, columns in
      let heading = table.columns[columns.lowerBound].group
      let span = columns.count > 1 ? " colspan=\"\(columns.count)\"" : ""
      guard !heading.isEmpty else { return "<td\(span)></td>" }
      let scope = columns.count > 1 ? "colgroup" : "col"
      return "<th scope=\"\(scope)\"\(span) id=\"\(id)-g\(order + 1)\" "
        + "class=\"vekt-group\"\(left())>"
        + "<span>\(escaped(heading))</span></th>"
    }
    return "<tr><td></td>" + groups.joined() + "</tr>"
  }

  /// The class that sets a column from the left, and one that keeps room for long texts.
  private func side(
    _ place: Int, isCell: Bool = false, isLong: Bool = false, more: String = ""
  ) -> String {
    let names = (holdsWords[place] ? ["vekt-words"] : []) + (isLong ? ["vekt-long"] : [])
    let own =
      !standsAlone
      ? "" : holdsWords[place] ? "text-align: left" : isCell ? "white-space: nowrap" : ""
    let style = [own, more].filter { !$0.isEmpty }.joined(separator: "; ")
    return (names.isEmpty ? "" : " class=\"\(names.joined(separator: " "))\"")
      + (style.isEmpty ? "" : " style=\"\(style)\"")
  }

  /// That a cell is set from the left, where it must say so itself.
  private func left(indent: Int = 0) -> String {
    guard standsAlone else { return "" }
    let padding = indent > 0 ? "; padding-left: \(indent * 5 / 4).\(indent * 125 % 100)rem" : ""
    return " style=\"text-align: left\(padding)\""
  }

  // MARK: Rows

  private func row(_ place: Int, _ referred: inout Set<String>) -> String {
    let row = table.rows[place]
    let depth = min(row.indent, 4)
    let indent = (depth > 0 ? " class=\"vekt-indent-\(depth)\"" : "") + left(indent: depth)
    guard row.kind != .heading else {
      let aside = Table.aside(of: row)
      let more = aside.isEmpty ? "" : " <span class=\"vekt-unit\">\(escaped(aside))</span>"
      return
        "<tr class=\"vekt-heading\"><th scope=\"rowgroup\" colspan=\"\(table.columns.count + 1)\""
        + "\(indent)>\(escaped(row.label))\(more)</th></tr>"
    }
    let mark = hasGroups ? " id=\"\(id)-r\(place + 1)\"" : ""
    let words =
      row.kind == .below
      ? "<span class=\"vekt-spoken\">\(escaped(row.label))</span>" : escaped(row.label)
    let label = "<th scope=\"row\"\(mark)\(indent)>\(words)</th>"
    let data = table.columns.indices.map { column in
      let cell = cells[place][column]
      let isLong = cell.kind == .words && cell.integer.count > 20
      let near = row.kind == .below ? "padding-top:0" : ""
      return
        "<td\(headers(row: place, column))\(side(column, isCell: true, isLong: isLong, more: near))>"
        + content(cell, column, &referred) + "</td>"
    }
    return "<tr>" + label + data.joined() + "</tr>"
  }

  /// With two levels of headings a cell names its headings, since `scope` is not enough.
  private func headers(row: Int, _ column: Int) -> String {
    guard hasGroups else { return "" }
    let group = columnGroups.firstIndex { $0.contains(column) } ?? 0
    let hasGroup = !table.columns[column].group.isEmpty
    let isHeaded = !table.columns[column].heading.isEmpty
    let names =
      (hasGroup ? ["g\(group + 1)"] : []) + (isHeaded ? ["c\(column + 1)"] : [])
      + ["r\(row + 1)"]
    return " headers=\"\(names.map { "\(id)-\($0)" }.joined(separator: " "))\""
  }

  private func content(_ cell: CellText, _ column: Int, _ referred: inout Set<String>) -> String {
    switch cell.kind {
    case .empty: return ""
    case .words, .range: return escaped(cell.integer)
    case .bar(let length):
      let width = fixed(100 * length)
      return "<span class=\"vekt-bar\" aria-hidden=\"true\"><span style=\"width:\(width)%\"></span>"
        + "</span>"
    case .number, .hidden, .aside:
      var tail = escaped(cell.fraction) + marks(cell.mark, &referred)
      if !cell.interval.isEmpty { tail += "\u{A0}" + escaped(cell.interval) }
      if let width = tails[column] {
        tail = "<span class=\"vekt-tail\" style=\"min-width:\(fixed(width))ch\">\(tail)</span>"
      }
      let word = cell.kind == .hidden ? Phrase.hidden.text(in: language) : ""
      let spoken = word.isEmpty ? "" : "<span class=\"vekt-spoken\"> \(word)</span>"
      return escaped(cell.integer) + spoken + tail
    }
  }

  // MARK: Notes

  /// The marks of a cell, linked to their notes; the first of each letter can be linked back to.
  private func marks(_ letters: String, _ referred: inout Set<String>) -> String {
    guard !letters.isEmpty else { return "" }
    let links = letters.map { letter in
      let name = String(letter)
      guard explained.contains(name) else { return escaped(name) }
      let target = referred.insert(name).inserted ? " id=\"\(id)-mark-\(name)\"" : ""
      return "<a href=\"#\(id)-note-\(name)\"\(target)>\(escaped(name))</a>"
    }
    return "<sup>" + links.joined(separator: "\u{202F}") + "</sup>"
  }

  private var notes: [String] {
    guard !table.legend.isEmpty || !table.notes.isEmpty else { return [] }
    let used = Set(cells.joined().flatMap { $0.mark.map(String.init) })
    let legend = table.legend.map { mark in
      let back = Phrase.backToTable.text(in: language)
      let link = " <a href=\"#\(id)-mark-\(mark.letter)\" aria-label=\"\(back)\">↩\u{FE0E}</a>"
      return "<p id=\"\(id)-note-\(mark.letter)\"><sup>\(escaped(mark.letter))</sup> "
        + escaped(mark.text) + (used.contains(mark.letter) ? link : "") + "</p>"
    }
    return ["<div class=\"vekt-notes\">"] + legend
      + table.notes.map { "<p>\(escaped($0))</p>" } + ["</div>"]
  }

  private func escaped(_ text: String) -> String { text.htmlEscaped }

  /// A length for a style sheet.
  private func fixed(_ length: Double) -> String {
    NumberFormat(language: "en").fixed(length, digits: 1)
  }
}

extension CellText {
  /// Roughly how many digits wide everything after the integer part is, rather more than less.
  fileprivate var tailWidth: Double {
    let text = fraction + (interval.isEmpty ? "" : "\u{A0}" + interval)
    let narrow: Set<Character> = ["(", ")", ".", ",", "\u{A0}", "\u{202F}"]
    return text.reduce(0) { $0 + (narrow.contains($1) ? 0.65 : 1) } + 0.75 * Double(mark.count)
  }
}
