import SurveyReports
internal import SurveyTables

extension Report {
  /// The notebook as Markdown with what its cells gave below them.
  ///
  /// - Parameters:
  ///   - notebook: The notebook that was run.
  ///   - figureFile: Where the drawing of a figure is, as the text names it.
  func markdown(of notebook: Notebook, figureFile: (Int) -> String) -> String {
    var rest = cellResults[...]
    let pieces = notebook.chunks.map { chunk -> String in
      switch chunk {
      case .prose(let text): return text.withOneBlankLine
      case .cell(let cell):
        let outputs = (rest.popFirst() ?? []).map { $0.markdown(figureFile: figureFile) }
        let written =
          outputs.isEmpty
          ? ""
          : "\n\(WrittenOutput.start)\n\n\(outputs.joined(separator: "\n"))\n\(WrittenOutput.end)\n"
        return "```vekt\n\(cell.source)\n```\n\(written)"
      }
    }
    return pieces.joined(separator: "\n")
  }
}

extension Report.Result {
  fileprivate func markdown(figureFile: (Int) -> String) -> String {
    switch self {
    case .table(var table, let number, _, let language):
      table.title = "\(Phrase.tableNumber(number).text(in: language)) \(table.title)"
      return table.markdown(Style(language: language))
    case .figure(let chart, let number, _, let language):
      let title = "\(Phrase.figureNumber(number).text(in: language)) \(chart.title)"
      let words = chart.description(Style(language: language)).filter { !"[]".contains($0) }
      return "**\(title)**\n\n![\(words)](\(figureFile(number)))\n"
    case .notes(let notes, _): return notes.map { "\($0)\n" }.joined(separator: "\n")
    case .text(let text): return "```text\n\(text)\n```\n"
    }
  }
}

extension String {
  /// The text with blank lines at its ends taken away and one line end.
  fileprivate var withOneBlankLine: String {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    let isBlank: (Substring) -> Bool = { $0.allSatisfy(\.isWhitespace) }
    let inner = lines.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    return inner.joined(separator: "\n") + "\n"
  }
}
