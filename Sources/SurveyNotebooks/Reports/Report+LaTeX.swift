internal import SurveyTables

extension Report {
  /// The report as a LaTeX document: prose, tables and figures, without the cells.
  ///
  /// - Parameter figureFile: Where the drawing of a figure is, as the text names it.
  func latex(figureFile: (Int) -> String) -> String {
    let body = parts.map { part -> String in
      switch part {
      case .prose(let block): return block.latex
      case .summary(let table): return table.latex(Style(language: language), on: .wide)
      case .cell(_, let results):
        return results.map { $0.latex(figureFile: figureFile) }.joined(separator: "\n")
      }
    }
    let babel = language == "nn" ? "nynorsk" : language == "nb" ? "norsk" : "english"
    return """
      \\documentclass[a4paper]{article}
      \\usepackage[\(babel)]{babel}
      \\usepackage[T1]{fontenc}
      \\usepackage[margin=25mm]{geometry}
      \\usepackage{booktabs, threeparttable, siunitx, rotating, svg, hyperref, float, etoolbox}
      \\AtBeginEnvironment{table}{\\small}
      \\AtBeginEnvironment{sidewaystable}{\\small}
      \\floatplacement{table}{H}
      \\floatplacement{figure}{H}
      \\begin{document}

      """ + body.joined(separator: "\n") + "\n\\end{document}\n"
  }
}

extension Report.Result {
  fileprivate func latex(figureFile: (Int) -> String) -> String {
    switch self {
    case .table(let table, _, _, let language):
      return table.latex(Style(language: language), on: .wide)
    case .figure(let chart, let number, _, _):
      return
        "\\begin{figure}\n\\centering\n\\includesvg[width=\\linewidth]{\(figureFile(number))}\n"
        + "\\caption{\(chart.title.latexEscaped)}\n\\end{figure}\n"
    case .notes(let notes, _): return notes.map { $0.latexEscaped + "\n" }.joined(separator: "\n")
    case .text(let text): return "\\begin{verbatim}\n\(text)\n\\end{verbatim}\n"
    }
  }
}

extension MarkdownBlock {
  /// The block as LaTeX.
  fileprivate var latex: String {
    switch self {
    case .heading(let level, let text):
      let command = ["section", "section", "subsection", "subsubsection"]
      return "\\\(command[min(level - 1, 3)])\(level == 1 ? "*" : ""){\(text.latex)}\n"
    case .paragraph(let text): return text.latex + "\n"
    case .code(_, let lines, _):
      return "\\begin{verbatim}\n\(lines.joined(separator: "\n"))\n\\end{verbatim}\n"
    case .list(let start, _, let items):
      let name = start == nil ? "itemize" : "enumerate"
      let rows = items.map { "\\item " + $0.map(\.latex).joined(separator: "\n") }
      return "\\begin{\(name)}\n\(rows.joined())\\end{\(name)}\n"
    case .quote(let blocks):
      return "\\begin{quote}\n\(blocks.map(\.latex).joined(separator: "\n"))\\end{quote}\n"
    case .table(let alignments, let header, let rows):
      let sides = alignments.map { $0 == .right ? "r" : $0 == .center ? "c" : "l" }.joined()
      let lines = ([header] + rows).map { $0.map(\.latex).joined(separator: " & ") + " \\\\\n" }
      return "\\begin{tabular}{\(sides)}\n\\toprule\n\(lines[0])\\midrule\n"
        + lines.dropFirst().joined() + "\\bottomrule\n\\end{tabular}\n"
    case .rule: return "\\bigskip\\hrule\\bigskip\n"
    }
  }
}

extension MarkdownText {
  fileprivate var latex: String { map(\.latex).joined() }
}

extension MarkdownSpan {
  fileprivate var latex: String {
    switch self {
    case .text(let words): words.latexEscaped
    case .code(let words): "\\texttt{\(words.latexEscaped)}"
    case .emphasis(let text): "\\emph{\(text.latex)}"
    case .strong(let text): "\\textbf{\(text.latex)}"
    case .link(let text, let address): "\\href{\(address.latexEscaped)}{\(text.latex)}"
    case .lineBreak: "\\\\\n"
    }
  }
}
