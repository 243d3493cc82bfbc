internal import SurveyCommands
internal import SurveySessions
internal import SurveyTables

/// Numbers tables and charts while the results of commands become those of cells.
struct ResultCounter: Sendable {
  /// The number of tables so far.
  private(set) var tables = 0
  /// The number of charts so far.
  private(set) var figures = 0

  /// What a command gave, as a cell shows it: texts and tables, notes, charts.
  ///
  /// - Parameters:
  ///   - outcome: What the command gave.
  ///   - files: The files of its tables, with their numbers.
  ///   - notes: What has been said already.
  mutating func results(
    of outcome: Outcome, files: [TableFile] = [], notes: inout NotesOnce
  ) -> [Report.Result] {
    var results: [Report.Result] = []
    var charts: [Report.Result] = []
    var remarks = outcome.remarks
    var spoken = "en"
    switch outcome.result {
    case .files(let text), .text(let text):
      if !text.isEmpty { results.append(.text(text)) }
    case .document(let document, let language):
      spoken = language
      for table in document.tables {
        tables += 1
        let names = files.filter { $0.numbers.contains(tables) }.map(\.name)
        results.append(.table(table, number: tables, files: names, language: language))
      }
      let isPaired = document.charts.count == document.tables.count
      for (place, chart) in document.charts.enumerated() {
        figures += 1
        let table = isPaired ? tables - document.tables.count + place + 1 : nil
        charts.append(.figure(chart, number: figures, table: table, language: language))
      }
      remarks += document.notes
    }
    let new = notes.new(remarks)
    if case .table(var table, let number, let files, let language)? = results.last {
      table.notes += new
      results[results.count - 1] = .table(table, number: number, files: files, language: language)
    } else if !new.isEmpty {
      results.append(.notes(new, language: spoken))
    }
    return results + charts
  }
}

/// Says each note once a report, or once a cell, since many hold for the whole file.
struct NotesOnce {
  private let session: NotebookSession
  private var said: Set<String> = []

  init(_ session: NotebookSession) { self.session = session }

  /// Those of the notes that have not been said, with files called as the notebook calls them.
  mutating func new(_ notes: [String]) -> [String] {
    notes.map(session.asWritten).filter { said.insert($0).inserted }
  }
}
