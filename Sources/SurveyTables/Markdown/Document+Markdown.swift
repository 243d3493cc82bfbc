extension Document {
  /// The tables and notes as Markdown with pipe tables.
  public func markdown(_ style: Style = Style()) -> String {
    let notes = self.notes.map { $0.markdownEscaped + "\n" }
    return (tables.map { $0.markdown(style) } + notes).joined(separator: "\n")
  }
}

extension Table {
  /// The table as Markdown: title, pipe table, notes below.
  ///
  /// Pipe tables know one level of headings, so that a group's heading stands before each of its
  /// columns' own: `Women: yes`.
  public func markdown(_ style: Style = Style()) -> String {
    let format = NumberFormat(language: style.language)
    let headings = columns.map { column in
      [column.group, column.heading].filter { !$0.isEmpty }.joined(separator: ": ").markdownEscaped
    }
    let body = rows.map { markdownCells(of: $0, format) }
    let lines = [[stub.markdownEscaped] + headings] + body
    let isFromLeft = [true] + columns.indices.map(holdsWords)
    let widths = isFromLeft.indices.map { place in max(3, lines.map { $0[place].width }.max() ?? 0)
    }

    func line(_ cells: [String]) -> String {
      let padded = cells.enumerated().map { place, cell in
        isFromLeft[place] ? cell.padded(to: widths[place]) : cell.padded(before: widths[place])
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let alignments = isFromLeft.indices.map { place in
      let dashes = String(repeating: "-", count: widths[place] - 1)
      return isFromLeft[place] ? ":" + dashes : dashes + ":"
    }
    let unit = unit.isEmpty ? "" : ", " + unit.markdownEscaped
    let legend = legend.map { "\(Self.raised($0.letter))\u{A0}\($0.text)" }
    // A backslash at the end of a line breaks it.
    let notes = (legend + notes).map(\.markdownEscaped).joined(separator: "\\\n")
    return "**\(title.markdownEscaped)**\(unit)\n\n" + line(lines[0]) + line(alignments)
      + lines.dropFirst().map(line).joined() + (notes.isEmpty ? "" : "\n\(notes)\n")
  }

  private func markdownCells(of row: Row, _ format: NumberFormat) -> [String] {
    // An em space and no more: Markdown would swallow plain spaces at the start of a cell.
    let margin = String(repeating: "\u{2003}", count: row.indent)
    let label = row.printedLabel.markdownEscaped
    guard row.kind != .heading else {
      let aside = Self.aside(of: row).markdownEscaped
      let heading = margin + "**\(label)**" + (aside.isEmpty ? "" : " \(aside)")
      return [heading] + columns.map { _ in "" }
    }
    let cells = cellTexts(of: row, format).map { cell in
      if case .bar(let length) = cell.kind {
        TextColumn.bar(length).trimmedEnd
      } else {
        cell.line.markdownEscaped
      }
    }
    let isTotal = row.kind == .total
    return [margin + (isTotal ? "**\(label)**" : label)] + cells
  }
}

extension String {
  /// The text on one line with the characters escaped that Markdown would read as marks.
  ///
  /// What Markdown leaves alone stays readable: `_` within a name, `<` before a number.
  var markdownEscaped: String {
    var out = ""
    let characters = Array(onOneLine)
    for (place, character) in characters.enumerated() {
      let last = place > 0 ? characters[place - 1] : " "
      let next = place + 1 < characters.count ? characters[place + 1] : " "
      let isMark =
        switch character {
        case "\\", "`", "*", "[", "]", "|", "~": true
        case "_": !(last.isLetter || last.isNumber) || !(next.isLetter || next.isNumber)
        case "<": next.isLetter || "/!?".contains(next)
        case "&": next.isLetter || next == "#"
        default: false
        }
      if isMark { out.append("\\") }
      out.append(character)
    }
    return out
  }

  /// The text without spaces at its end.
  var trimmedEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
