extension Document {
  /// The tables and notes as LaTeX, to be included in a document of one's own.
  public func latex(_ style: Style = Style()) -> String {
    let tables = tables.map { $0.latex(style) }
    let rotating = tables.contains { $0.contains("{sidewaystable}") } ? ", rotating" : ""
    let packages = "% needs \\usepackage{booktabs, threeparttable, siunitx\(rotating)}\n"
    let notes = self.notes.map { $0.latexEscaped + "\n" }
    return packages + (tables + notes).joined(separator: "\n")
  }
}

extension Table {
  /// The table as LaTeX for the packages booktabs, threeparttable and siunitx, and rotating where it
  /// stands across.
  ///
  /// One too wide for the page is set smaller, then across; wider still it is cut between its groups
  /// of columns, and one longer than a page between its rows.
  public func latex(_ style: Style = Style(), on page: LaTeXPage = .article) -> String {
    let format = NumberFormat(language: style.language)
    let cells = latexCells(format)
    let set = columns.indices.map { place in
      let body = zip(rows, cells).filter { $0.0.kind != .heading }.map { $0.1[place] }
      return LaTeXColumn(columns[place].heading, body, holdsWords: holdsWords(place), format)
    }
    let layout = page.layout(of: self, set)
    let name = layout.isAcross ? "sidewaystable" : "table"
    let unit = unit.isEmpty ? "" : " (\(unit.latexEscaped))"
    let marker = format.decimalSign == "." ? "." : "{\(format.decimalSign)}"
    let parts = layout.parts.enumerated().map { order, part -> String in
      let isFirst = order == 0
      let continued =
        isFirst ? "" : " (\(Phrase.continued.text(in: style.language).latexEscaped))"
      var lines = ["\\begin{\(name)}", "\\centering"]
      if layout.isClose { lines.append("\\small\\setlength{\\tabcolsep}{3pt}") }
      if !isFirst { lines.append("\\addtocounter{table}{-1}") }
      lines += [
        "\\sisetup{output-decimal-marker=\(marker), group-digits=integer, "
          + "group-minimum-digits=4, group-separator={\\,}, retain-explicit-plus}",
        "\\begin{threeparttable}", "\\caption{\(title.latexEscaped)\(unit)\(continued)}",
      ]
      lines += latexTabular(part.columns, part.rows, set, cells, isClose: layout.isClose)
      lines += latexNotes(order == layout.parts.count - 1 ? notes : [])
      lines += ["\\end{threeparttable}", "\\end{\(name)}"]
      return lines.map { $0 + "\n" }.joined()
    }
    return parts.joined(separator: "\n")
  }

  /// Some of the columns and rows as a tabular.
  private func latexTabular(
    _ part: [Int], _ range: Range<Int>, _ all: [LaTeXColumn], _ texts: [[CellText]], isClose: Bool
  ) -> [String] {
    let set = part.map { all[$0] }
    let isBroken =
      isClose
      && rows[range].contains { $0.printedLabel.count + 2 * $0.indent > LaTeXPage.labelWidth }
    let label =
      isBroken
      ? ">{\\raggedright\\hangafter=1\\hangindent=1em}p{\(LaTeXPage.labelWidth / 2)em}" : "l"
    var lines = [
      "\\begin{tabular}{\(label)\(set.map { " " + $0.specification }.joined())}", "\\toprule",
    ]
    lines += latexHeadings(part, set)
    for (place, row) in zip(range, rows[range]) {
      let isInside = place > range.lowerBound
      let isFirstTotal = row.kind == .total && isInside && rows[place - 1].kind != .total
      if isFirstTotal { lines.append("\\midrule") }
      if row.kind == .heading, isInside { lines.append("\\addlinespace") }
      lines.append(latexRow(row, part.map { texts[place][$0] }, set) + " \\\\")
    }
    return lines + ["\\bottomrule", "\\end{tabular}"]
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

  private func latexHeadings(_ part: [Int], _ set: [LaTeXColumn]) -> [String] {
    let hasGroups = part.contains { !columns[$0].group.isEmpty }
    guard hasHeadings || hasGroups else { return [] }
    var lines: [String] = []
    if hasGroups {
      var (cells, rules) = ([""], [String]())
      var next = 2
      for group in groups(of: part) {
        let heading = columns[part[group.lowerBound]].group
        let span = set[group].reduce(0) { $0 + $1.span }
        let stack = LaTeXColumn.stack(
          LaTeXColumn.lines(of: heading, over: Array(set[group])), side: "c")
        cells.append("\\multicolumn{\(span)}{c}{\(stack)}")
        if !heading.isEmpty { rules.append("\\cmidrule(lr){\(next)-\(next + span - 1)}") }
        next += span
      }
      lines += [cells.joined(separator: " & ") + " \\\\", rules.joined(separator: " ")]
    }
    let headings = zip(part, set).map { $1.heading(columns[$0].heading) }
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

  private func latexNotes(_ notes: [String]) -> [String] {
    guard !legend.isEmpty || !notes.isEmpty else { return [] }
    return ["\\begin{tablenotes}[flushleft]", "\\footnotesize"]
      + legend.map { "\\item[\($0.letter.latexEscaped)] \($0.text.latexEscaped)" }
      + notes.map { "\\item \($0.latexEscaped)" } + ["\\end{tablenotes}"]
  }
}
