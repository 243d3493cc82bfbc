internal import SurveyData

/// A source that reads CSV in the end.
protocol CSVHolding: ColumnSource {
  /// The CSV file; nil where another kind of source is read.
  var csv: CSVSource? { get }
}

extension CSVSource: CSVHolding {
  var csv: CSVSource? { self }
}

/// Columns whose rows are cells: what they are by can be read, and nothing else is known.
struct CellSource: CellHolding, CSVHolding {
  let facts: FileFacts
  let embeddedCodebook: Codebook
  let cells: CellSums?
  private let keys: any ColumnSource
  private let names: Set<String>
  private let isFile: Bool

  /// Takes a source of raw values, without the columns that are no answers.
  ///
  /// - Parameter isFile: Whether the source is a file, with bytes that have a hash.
  init(_ keys: any ColumnSource, facts: FileFacts, isFile: Bool, sums: CellSums) {
    self.keys = keys
    self.facts = facts
    self.isFile = isFile
    cells = sums
    var book = keys.embeddedCodebook
    book.variables.removeAll { CellColumn.isReserved($0.name) }
    embeddedCodebook = book
    names = Set(book.variables.map(\.name))
  }

  var csv: CSVSource? { (keys as? any CSVHolding)?.csv }

  var openingNotes: [Note] { keys.openingNotes }

  func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    if let strange = requests.map(\.variable.name).first(where: { !names.contains($0) }) {
      throw absent(strange)
    }
    return try keys.read(requests)
  }

  private func absent(_ name: String) -> SurveyError {
    let known = embeddedCodebook.variables.map(\.name)
    return SurveyError(
      .usage, at: facts.path,
      "the cells are not by '\(name)'; they are by "
        + (known.isEmpty ? "nothing" : known.joined(separator: ", ")),
      remedy: suggestion(for: name, among: known)
        ?? "Make them with it: vekt cells DATA \((known + [name]).joined(separator: " ")).")
  }

  func rowCount() throws -> Int { cells?.count ?? 0 }

  func sha256() throws -> String? { isFile ? try keys.sha256() : nil }
}

extension CellColumn {
  /// Whether a column of that name is no answer.
  static func isReserved(_ name: String) -> Bool { name.lowercased().hasPrefix(prefix) }
}
