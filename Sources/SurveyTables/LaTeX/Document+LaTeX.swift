extension Document {
  /// The tables and notes as LaTeX, to be included in a document of one's own.
  public func latex(_ style: Style = Style()) -> String {
    let packages = "% needs \\usepackage{booktabs, threeparttable, siunitx}\n"
    let notes = self.notes.map { $0.latexEscaped + "\n" }
    return packages + (tables.map { $0.latex(style) } + notes).joined(separator: "\n")
  }
}

extension Table {
  /// The table as LaTeX for the packages booktabs, threeparttable and siunitx.
  public func latex(_ style: Style = Style()) -> String {
    let format = NumberFormat(language: style.language)
    let cells = latexCells(format)
    let set = columns.indices.map { place in
      let body = zip(rows, cells).filter { $0.0.kind != .heading }.map { $0.1[place] }
      return LaTeXColumn(body, holdsWords: holdsWords(place), format)
    }
    let unit = unit.isEmpty ? "" : " (\(unit.latexEscaped))"
    let marker = format.decimalSign == "." ? "." : "{\(format.decimalSign)}"
    var lines = [
      "\\begin{table}", "\\centering",
      "\\sisetup{output-decimal-marker=\(marker), group-digits=integer, "
        + "group-minimum-digits=4, group-separator={\\,}, retain-explicit-plus}",
      "\\begin{threeparttable}", "\\caption{\(title.latexEscaped)\(unit)}",
      "\\begin{tabular}{l\(set.map { " " + $0.specification }.joined())}", "\\toprule",
    ]
    lines += latexHeadings(set)
    for (place, row) in rows.enumerated() {
      let isFirstTotal = row.kind == .total && place > 0 && rows[place - 1].kind != .total
      if isFirstTotal { lines.append("\\midrule") }
      if row.kind == .heading, place > 0 { lines.append("\\addlinespace") }
      lines.append(latexRow(row, cells[place], set) + " \\\\")
    }
    lines += ["\\bottomrule", "\\end{tabular}"] + latexNotes
    lines += ["\\end{threeparttable}", "\\end{table}"]
    return lines.map { $0 + "\n" }.joined()
  }

  /// The cells in words; where numbers stand in parentheses below others, the totals are set in the
  /// middle of the column as these are.
  private func latexCells(_ format: NumberFormat) -> [[CellText]] {
    var cells = rows.map { cellTexts(of: $0, format) }
    for column in columns.indices where cells.contains(where: { $0[column].isBelow }) {
      for row in rows.indices where rows[row].kind == .total && cells[row][column].kind == .number {
        cells[row][column] = CellText(.text(cells[row][column].line), under: "", format)
      }
    }
    return cells
  }

  private func latexHeadings(_ set: [LaTeXColumn]) -> [String] {
    guard hasHeadings || columns.contains(where: { !$0.group.isEmpty }) else { return [] }
    var lines: [String] = []
    if columns.contains(where: { !$0.group.isEmpty }) {
      var (cells, rules) = ([""], [String]())
      var next = 2
      for group in groups(of: Array(columns.indices)) {
        let (span, heading) = (
          set[group].reduce(0) { $0 + $1.span }, columns[group.lowerBound].group
        )
        let stack = LaTeXColumn.stack(heading, width: 16 * span, side: "c")
        cells.append("\\multicolumn{\(span)}{c}{\(stack)}")
        if !heading.isEmpty { rules.append("\\cmidrule(lr){\(next)-\(next + span - 1)}") }
        next += span
      }
      lines += [cells.joined(separator: " & ") + " \\\\", rules.joined(separator: " ")]
    }
    let headings = zip(columns, set).map { $1.heading($0.heading) }
    return lines + [
      ([stub.latexEscaped] + headings).joined(separator: " & ") + " \\\\", "\\midrule",
    ]
  }

  private func latexRow(_ row: Row, _ cells: [CellText], _ set: [LaTeXColumn]) -> String {
    let margin = row.indent > 0 ? "\\hspace{\(row.indent)em}" : ""
    guard row.kind != .heading else {
      let aside = Self.aside(of: row)
      let width = set.reduce(1) { $0 + $1.span }
      return "\\multicolumn{\(width)}{l}{\(margin)\\textbf{\(row.label.latexEscaped)}"
        + (aside.isEmpty ? "" : " \(aside.latexEscaped)") + "}"
    }
    let texts = zip(set, cells).map { $0.text(of: $1) }
    return ([margin + row.printedLabel.latexEscaped] + texts).joined(separator: " & ")
  }

  private var latexNotes: [String] {
    guard !legend.isEmpty || !notes.isEmpty else { return [] }
    return ["\\begin{tablenotes}[flushleft]", "\\footnotesize"]
      + legend.map { "\\item[\($0.letter.latexEscaped)] \($0.text.latexEscaped)" }
      + notes.map { "\\item \($0.latexEscaped)" } + ["\\end{tablenotes}"]
  }
}
