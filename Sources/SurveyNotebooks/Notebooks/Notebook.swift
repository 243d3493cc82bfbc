internal import SurveyData

/// A notebook: prose, and cells of commands, in order.
///
/// In Markdown a cell stands between fences of which the first is ```` ```vekt ````; code of other
/// languages is prose.
struct Notebook: Sendable {
  /// The file's path as the user gave it, for places.
  let path: String
  /// Prose and cells.
  let parts: [Part]

  /// A part of a notebook.
  enum Part: Sendable {
    case prose(MarkdownBlock)
    case cell(Cell)
  }

  /// Reads a Markdown notebook.
  /// - Throws: ``SurveyError`` of kind data for a fence or a quotation mark that is never closed, and
  ///   for a notebook without cells.
  init(markdown text: String, path: String) throws {
    self.path = path
    parts = try MarkdownParser.blocks(of: text, name: path).map { block in
      guard case .code("vekt", let lines, let line) = block else { return .prose(block) }
      return .cell(try Cell(lines, after: line, path: path))
    }
    guard parts.contains(where: { if case .cell = $0 { true } else { false } }) else {
      throw SurveyError(
        .data, at: path, "there is no cell in it", remedy: "A cell begins with a line ```vekt.")
    }
  }

  /// The words of the first heading of the highest level; nil when there is no heading.
  var title: String? {
    let headings = parts.compactMap { part in
      if case .prose(.heading(let level, let text)) = part {
        (level: level, text: text)
      } else {
        nil
      }
    }
    let highest = headings.map(\.level).min()
    return headings.first { $0.level == highest }?.text.words
  }
}
