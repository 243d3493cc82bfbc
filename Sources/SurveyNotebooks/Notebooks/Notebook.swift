internal import SurveyData

/// A notebook: prose, and cells of commands, in order.
///
/// In Markdown a cell stands between fences of which the first is ```` ```vekt ````; code of other
/// languages is prose.
struct Notebook: Sendable {
  /// The file's path as the user gave it, for places.
  let path: String
  /// Prose and cells, as they are shown.
  let parts: [Part]
  /// Prose and cells, as they were written.
  let chunks: [Chunk]
  /// The notebook of Jupyter that it is; nil for Markdown.
  let jupyter: JupyterNotebook?

  /// A part of a notebook.
  enum Part: Sendable {
    case prose(MarkdownBlock)
    case cell(Cell)
  }

  /// A part of a notebook as it was written.
  enum Chunk: Sendable {
    case prose(String)
    case cell(Cell)
  }

  /// Reads a notebook: Jupyter's where the path ends in `.ipynb`, otherwise Markdown.
  /// - Throws: ``SurveyError`` of kind data for what is neither.
  init(_ text: String, path: String) throws {
    if path.lowercased().hasSuffix(".ipynb") {
      try self.init(jupyter: text, path: path)
    } else {
      try self.init(markdown: text, path: path)
    }
  }

  /// Reads a Jupyter notebook.
  init(jupyter text: String, path: String) throws {
    let notebook = try JupyterNotebook(text, path: path)
    self.path = path
    (parts, chunks) = try notebook.contents()
    jupyter = notebook
    guard parts.contains(where: { if case .cell = $0 { true } else { false } }) else {
      throw SurveyError(
        .data, at: path, "there is no cell in it", remedy: "Add a code cell with Vekt's verbs.")
    }
  }

  /// Reads a Markdown notebook; outputs that an earlier run has written into it are left out.
  /// - Throws: ``SurveyError`` of kind data for a fence or a quotation mark that is never closed, and
  ///   for a notebook without cells.
  init(markdown text: String, path: String) throws {
    self.path = path
    let lines = WrittenOutput.lines(without: text)
    jupyter = nil
    var chunks: [Chunk] = []
    var next = 0
    func addProse(upTo end: Int) {
      let prose = lines[min(next, end)..<end].joined(separator: "\n")
      if prose.contains(where: { !$0.isWhitespace }) { chunks.append(.prose(prose)) }
    }
    parts = try MarkdownParser.blocks(of: lines.joined(separator: "\n"), name: path).map { block in
      guard case .code("vekt", let inner, let line) = block else { return .prose(block) }
      let cell = try Cell(inner, after: line, path: path)
      addProse(upTo: line - 1)
      chunks.append(.cell(cell))
      next = line + inner.count + 1
      return .cell(cell)
    }
    addProse(upTo: lines.count)
    self.chunks = chunks
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
