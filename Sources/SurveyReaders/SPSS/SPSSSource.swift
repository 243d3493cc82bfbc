public import SurveyData

/// An SPSS system file: `.sav`, compressed or not, and `.zsav`.
public struct SPSSSource: ColumnSource {
  /// What is known of the file before its cases are read.
  public let facts: FileFacts
  /// What the file says of its variables, its labels in the language `und`.
  public let embeddedCodebook: Codebook
  private let file: FileBytes
  private let options: ReadingOptions
  private let stated: StatedFile
  private let dictionary: SPSSDictionary
  /// The place of each variable in the dictionary.
  private let places: [String: Int]
  /// Of no consequence for what is read.
  var threads = coreCount

  /// Reads the dictionary of a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - codebook: The user's codebook; only what it states of the file is used here.
  ///   - options: What the user states about the file.
  /// - Throws: ``SurveyError`` of kind data for a file that is damaged or something else.
  package init(_ file: FileBytes, codebook: Codebook?, options: ReadingOptions) throws {
    self.file = file
    self.options = options
    stated = StatedFile(file, codebook: codebook, options: options)
    dictionary = try SPSSDictionary(
      file, encoding: stated.encoding, lossy: options.lossy)
    places = Dictionary(
      dictionary.variables.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    let header = dictionary.records.header
    let isDeflated = header.compression == .deflated
    facts = FileFacts(
      path: file.path, format: isDeflated ? "zsav" : "sav", encoding: dictionary.page.name,
      byteCount: file.bytes.count,
      detail: header.compression == .none ? "not compressed" : "compressed")
    embeddedCodebook = dictionary.codebook(format: facts.format)
  }

  /// The number of cases, after a look at all of them where they are compressed.
  public func rowCount() throws -> Int { try cases.read([]) { _ in }.count }

  /// The SHA-256 of the file in hexadecimal.
  public func sha256() throws -> String? { try stated.hash(of: file) }

  /// Reads variables in one pass over the cases, on several threads.
  public func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let pass = try decode(requests)
    try stated.check(rows: pass.count)
    let finished = concurrentMap(pass.columns.count, threads: threads) { index in
      Result { try pass.columns[index].finish() }
    }
    var notes = dictionary.notes + pass.endNotes
    let read = try finished.map { result in
      let (column, columnNotes) = try result.get()
      notes += columnNotes
      return column
    }
    return (read, notes)
  }

  private typealias Pass = (columns: [SPSSColumn], count: Int, endNotes: [Note])

  private func decode(_ requests: [ColumnRequest]) throws -> Pass {
    // Each thread expands all cases: that pays for many variables, and never for deflated cases.
    let isDeflated = dictionary.records.header.compression == .deflated
    let workers = isDeflated ? 1 : min(threads, max(1, requests.count / 4))
    let runs = runs(of: requests.count, threads: workers)
    let progress = ReadingProgress(file.path, total: cases.capacity * runs.count)
    defer { progress.finish() }
    guard runs.count > 1 else { return try decode(requests[...], progress) }
    let decoded = concurrentMap(runs.count, threads: threads) { run in
      Result { try decode(requests[runs[run]], progress) }
    }
    do {
      let passes = try decoded.map { try $0.get() }
      return (passes.flatMap(\.columns), passes[0].count, passes[0].endNotes)
    } catch {
      // Which fault comes first in the file shows when the cases are read one after the other.
      return try decode(requests[...], progress)
    }
  }

  private func decode(
    _ requests: ArraySlice<ColumnRequest>, _ progress: ReadingProgress
  ) throws -> Pass {
    var stretches: [SPSSCells.Stretch] = []
    // A variable that is wanted in two views has its cells once.
    var firsts: [String: Int] = [:]
    let capacity = cases.capacity
    let columns = try requests.map { request in
      let variable = try self.variable(named: request.variable.name)
      let known = firsts[variable.name]
      let first = known ?? stretches.count
      if known == nil {
        firsts[variable.name] = first
        stretches += variable.segments.map {
          SPSSCells.Stretch(element: $0.element, elementCount: $0.elementCount)
        }
      }
      return try SPSSColumn(
        request, variable: variable, firstStretch: first, dictionary: dictionary,
        isLenient: request.variable.isFromFile,
        path: file.path, rows: capacity)
    }
    let (count, endNotes) = try cases.read(stretches) { cells in
      for column in columns { try column.append(cells) }
      progress.advance(by: cells.count)
    }
    return (columns, count, endNotes)
  }

  private var cases: SPSSCases { SPSSCases(file, dictionary: dictionary, options: options) }

  private func variable(named name: String) throws -> SPSSVariable {
    if let place = places[name] { return dictionary.variables[place] }
    throw SurveyError(
      .data, at: file.path, "has no variable '\(name)', which the codebook describes",
      remedy: suggestion(for: name, among: dictionary.variables.map(\.name)))
  }
}
