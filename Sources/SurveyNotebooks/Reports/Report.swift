internal import SurveyCommands
internal import SurveyData
internal import SurveyTables

/// A notebook that has been run: its prose, and its cells with what they gave.
struct Report {
  /// The title of the page.
  let title: String
  /// `en` or `nb`: the language of the first result.
  private(set) var language = "en"
  /// Prose and cells with their results, in order.
  private(set) var parts: [Part] = []
  /// Every table for machines, in order.
  private(set) var files: [TableFile] = []
  private var counter = ResultCounter()
  /// The number of tables for people.
  var tableCount: Int { counter.tables }
  /// The number of charts.
  var figureCount: Int { counter.figures }
  /// The designs that were used, each once, as sentences.
  private(set) var designs: [String] = []
  /// The data and codebooks that were used.
  let sources: [OpenFile]
  /// The notebook's file name.
  let notebook: String
  /// The kind of the first fault that a result reports; nil when all is well.
  private(set) var status: SurveyError.Kind?

  /// A part of a report.
  enum Part {
    case prose(MarkdownBlock)
    case cell(source: String, results: [Result])
  }

  /// What a cell gives.
  enum Result {
    /// A table, its number, and the names of its files.
    case table(Table, number: Int, files: [String], language: String)
    /// A chart and its number.
    case figure(Chart, number: Int, language: String)
    /// What must be known besides, where there is no table to say it.
    case notes([String], language: String)
    /// Text as it is.
    case text(String)
  }

  /// Runs a notebook from its first cell to its last.
  /// - Throws: ``SurveyError`` with the line of the first faulty command.
  init(running notebook: Notebook, in session: NotebookSession) throws {
    let (_, name) = ReportFiles.parts(of: notebook.path)
    title = notebook.title ?? name
    self.notebook = notebook.path.split(separator: "/").last.map(String.init) ?? notebook.path
    var session = session
    var outcomes: [[(command: Cell.Command, outcome: Outcome)]] = []
    for part in notebook.parts {
      guard case .cell(let cell) = part else { continue }
      outcomes.append(
        try cell.commands.compactMap { command in
          do {
            return try session.perform(command).map { (command, $0) }
          } catch let error as SurveyError {
            throw session.asWritten(error).located(at: "\(cell.place):\(command.line)")
          }
        })
    }
    sources = try session.sources.map { file in
      var written = try OpenFile(file)
      written.path = session.asWritten(written.path)
      written.codebook = written.codebook.map(session.asWritten)
      return written
    }
    let width = String(outcomes.joined().reduce(0) { $0 + $1.outcome.tableCount }).count
    var notes = NotesOnce(session)
    var rest = outcomes[...]
    for part in notebook.parts {
      switch part {
      case .prose(let block): parts.append(.prose(block))
      case .cell(let cell):
        let results = (rest.popFirst() ?? []).flatMap { command, outcome in
          add(outcome, of: command, digits: max(2, width), notes: &notes)
        }
        parts.append(.cell(source: cell.source, results: results))
      }
    }
  }

  private mutating func add(
    _ outcome: Outcome, of command: Cell.Command, digits: Int, notes: inout NotesOnce
  ) -> [Result] {
    status = status ?? outcome.status
    var files: [TableFile] = []
    if case .document(let document, let language) = outcome.result {
      if self.files.isEmpty, tableCount == 0 { self.language = language }
      let design = document.design.designSentence(in: self.language)
      if document.design != .object([]), !designs.contains(design) { designs.append(design) }
      files = TableFile.files(
        of: document, command: command, firstNumber: tableCount + 1, digits: digits)
      self.files += files
    }
    return counter.results(of: outcome, files: files, notes: &notes)
  }
}

extension Report {
  /// What each cell gave, in order.
  var cellResults: [[Result]] {
    parts.compactMap { if case .cell(_, let results) = $0 { results } else { nil } }
  }

  /// The charts, each with its number and language.
  var figures: [(chart: Chart, number: Int, language: String)] {
    cellResults.joined().compactMap {
      if case .figure(let chart, let number, let language) = $0 {
        (chart, number, language)
      } else {
        nil
      }
    }
  }

  /// The tables and texts for a terminal, in order.
  var text: String {
    let results = parts.flatMap { part -> [Result] in
      if case .cell(_, let results) = part { results } else { [] }
    }
    return results.compactMap { result -> String? in
      switch result {
      case .table(let table, _, _, let language): table.text(Style(language: language))
      case .text(let text): text
      case .notes, .figure: nil
      }
    }.joined(separator: "\n")
  }
}

extension Outcome {
  /// How many tables for people it has.
  fileprivate var tableCount: Int {
    if case .document(let document, _) = result { document.tables.count } else { 0 }
  }
}
