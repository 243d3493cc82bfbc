internal import SurveyCommands
internal import SurveyData
import SurveyReports
internal import SurveySessions
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
  /// The files that cells write, in order.
  private(set) var written: [Outcome.File] = []
  private var counter = ResultCounter()
  /// The number of tables for people.
  var tableCount: Int { counter.tables }
  /// The number of charts.
  var figureCount: Int { counter.figures }
  /// The designs that were used with each data file, each once, as sentences.
  private(set) var designs: [(path: String, sentence: String)] = []
  private var methods = Methods()
  /// How its numbers were made.
  var methodSentences: [String] { methods.sentences.map { $0.text(in: language) } }
  /// The printed figures beside the estimates.
  private(set) var published = PublishedTotals()
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
    /// A table that sums the report up.
    case summary(Table)
  }

  /// What a cell gives.
  enum Result {
    /// A table, its number, and the names of its files.
    case table(Table, number: Int, files: [String], language: String)
    /// A chart, its number, and that of the table that it draws, where each table has a chart.
    case figure(Chart, number: Int, table: Int?, language: String)
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
    let cells = notebook.parts.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
    let progress = ProgressLine(total: cells.reduce(0) { $0 + $1.commands.count })
    defer { progress.clear() }
    var done = 0
    for cell in cells {
      outcomes.append(
        try cell.commands.compactMap { command in
          progress.show(done, command.words.joined(separator: " "))
          done += 1
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
    written = outcomes.joined().flatMap(\.outcome.files)
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
    designs = designs.map { (session.asWritten($0.path), $0.sentence) }
    let (sources, language) = (sources, language)
    addClosing { path in
      sources.first { $0.path == session.asWritten(path) }?.study.text(in: language) ?? path
    }
  }

  /// Says at the end how the printed figures agree, and how the numbers were made.
  private mutating func addClosing(title: (String) -> String) {
    func heading(_ phrase: Phrase) -> Part {
      .prose(.heading(level: 2, [.text(phrase.text(in: language))]))
    }
    if !published.isEmpty {
      parts += [
        heading(.agreementOfFigures), .summary(published.table(in: language, title: title)),
      ]
    }
    let sentences = methodSentences
    if !sentences.isEmpty {
      parts += [
        heading(.methods), .prose(.paragraph([.text(sentences.joined(separator: " "))])),
      ]
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
      let path = document.data["file"]?.words ?? ""
      if document.design != .object([]), !designs.contains(where: { $0 == (path, design) }) {
        designs.append((path, design))
      }
      methods.add(document, of: command)
      published.add(document)
      files = TableFile.files(
        of: document, command: command.words, firstNumber: tableCount + 1, digits: digits)
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
      if case .figure(let chart, let number, _, let language) = $0 {
        (chart, number, language)
      } else {
        nil
      }
    }
  }

  /// The tables and texts for a terminal, in order.
  var text: String {
    parts.flatMap { part -> [String] in
      switch part {
      case .prose: []
      case .summary(let table): [table.text(Style(language: language))]
      case .cell(_, let results):
        results.compactMap { result in
          switch result {
          case .table(let table, _, _, let language): table.text(Style(language: language))
          case .text(let text): text
          case .notes, .figure: nil
          }
        }
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
