internal import SurveyData

/// A source that reads CSV in the end.
protocol CSVHolding: ColumnSource {
  /// The CSV file; nil where another kind of source is read.
  var csv: CSVSource? { get }
}

extension CSVSource: CSVHolding {
  var csv: CSVSource? { self }
}

/// Columns whose rows are cells, or people of a table: what they are by can be read, and nothing else is known.
struct CellSource: CellHolding, CSVHolding, WishTaking {
  let facts: FileFacts
  let embeddedCodebook: Codebook
  let cells: CellSums?
  private let keys: any ColumnSource
  private let names: Set<String>
  private let isFile: Bool
  private let notes: [Note]
  /// Where more cells can be had; nil where these are all.
  let origin: (any CellGiving)?
  var isOfSecluded: Bool { origin != nil }

  /// Takes a source of raw values, without the columns that are no answers.
  ///
  /// - Parameters:
  ///   - isFile: Whether the source is a file, with bytes that have a hash.
  ///   - sums: What each row stands for; nil where it is one person.
  init(
    _ keys: any ColumnSource, facts: FileFacts, isFile: Bool, sums: CellSums?, notes: [Note] = [],
    origin: (any CellGiving)? = nil
  ) {
    (self.notes, self.origin) = (notes, origin)
    self.keys = keys
    self.facts = facts
    self.isFile = isFile
    cells = sums
    var book = keys.embeddedCodebook
    book.variables.removeAll {
      isFile ? CellColumn.isReserved($0.name) : $0.name == CellColumn.people
    }
    embeddedCodebook = origin?.embeddedCodebook ?? book
    names = Set(book.variables.map(\.name))
  }

  var csv: CSVSource? { (keys as? any CSVHolding)?.csv }

  var openingNotes: [Note] { notes + keys.openingNotes }

  var isUnordered: Bool { origin != nil }

  func wishForPeople() { origin?.wishForPeople() }

  func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let requests = cells?.suppressedBelow == nil ? requests : requests.map(\.ofSuppressed)
    let strange = requests.filter { !names.contains($0.variable.name) }
    if let first = strange.first {
      origin?.wishes.add(strange.map { ($0.variable.name, $0.view) })
      throw absent(first.variable.name)
    }
    do {
      let (columns, found) = try keys.read(requests)
      // Who takes rows apart hears of these only.
      return (columns, notes + found)
    } catch let error as SurveyError where !isFile {
      throw try unknownCode(among: requests, error) ?? withoutLines(error, error.problem)
    }
  }

  /// A fault of cells that never were lines of a file.
  private func withoutLines(_ error: SurveyError, _ problem: String) -> SurveyError {
    let remedy = error.remedy.flatMap { $0.split(separator: "\n").first.map(String.init) }
    return SurveyError(
      error.kind, at: facts.path, problem,
      // Nothing is to be stated of how cells are written.
      remedy: remedy.map { $0.contains("`file:`") ? "Make numbers of such texts in a view." : $0 })
  }

  /// What is said of a code that the codebook does not know, of people instead of lines; nil where that is not the
  /// fault.
  private func unknownCode(
    among requests: [ColumnRequest], _ error: SurveyError
  ) throws -> SurveyError? {
    guard let known = error.problem.range(of: ", but the codebook knows ") else { return nil }
    for var variable in requests.map(\.variable)
    where variable.unknown == .fail && error.problem.hasPrefix("'\(variable.name)' ") {
      let listed = Set(variable.categories.map(\.code))
      let range = variable.range
      variable.unknown = .warn
      guard
        case .codes(let column)? = try keys.read([ColumnRequest(variable, as: .codes)]).columns
          .first
      else { continue }
      let counts = column.counts(of: cells?.people)
      let strange = column.categories.enumerated().filter { index, category in
        counts[index] > 0 && !listed.contains(category.code)
          && !(category.number.map { range?.contains($0) ?? false } ?? false)
      }.map { "\($1.code) for \(counts[$0] == 1 ? "1 person" : "\(counts[$0]) people")" }
      guard !strange.isEmpty else { continue }
      let more = strange.count > 5 ? " and \(strange.count - 5) codes more" : ""
      return withoutLines(
        error,
        "'\(variable.name)' is \(strange.prefix(5).joined(separator: ", "))\(more)"
          + error.problem[known.lowerBound...])
    }
    return nil
  }

  private func absent(_ name: String) -> SurveyError {
    let known = origin == nil ? embeddedCodebook.variables.map(\.name) : names.sorted()
    return SurveyError(
      .usage, at: facts.path,
      (cells == nil
        ? "the people came without '\(name)'; they came with "
        : "the cells are not by '\(name)'; they are by ")
        + (known.isEmpty ? "nothing" : known.joined(separator: ", ")),
      remedy: suggestion(for: name, among: known)
        ?? "Make them with it: vekt cells DATA \((known + [name]).joined(separator: " ")).")
  }

  func rowCount() throws -> Int { try cells?.count ?? keys.rowCount() }

  func sha256() throws -> String? { isFile ? try keys.sha256() : nil }
}

extension ColumnRequest {
  /// The same request, of a column out of which answers were taken.
  fileprivate var ofSuppressed: ColumnRequest {
    var variable = variable
    variable.missing.addSuppressed()
    return ColumnRequest(variable, as: view)
  }
}

extension [MissingCode] {
  /// Adds the code of answers that were taken out, unless it is there.
  mutating func addSuppressed() {
    let code = MissingCode(.code(CellColumn.suppressed), reason: .restricted)
    if !contains(where: { $0.values == code.values }) { append(code) }
  }
}

extension CellColumn {
  /// What stands in place of an answer that was taken out.
  static let suppressed = "suppressed"

  /// Whether a column of that name is no answer.
  static func isReserved(_ name: String) -> Bool { name.lowercased().hasPrefix(prefix) }
}
