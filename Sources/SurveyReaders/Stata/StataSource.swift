public import SurveyData

/// A Stata data file (`.dta`) of format 102 to 119.
public struct StataSource: ColumnSource {
  /// What is known of the file before its rows are read.
  public let facts: FileFacts
  /// What the file says of its variables, its labels in the language `und`.
  public let embeddedCodebook: Codebook
  private let file: FileBytes
  private let stated: StatedFile
  private let dictionary: StataDictionary
  /// Of no consequence for what is read.
  var threads = coreCount

  /// Reads the descriptors and labels of a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - codebook: The user's codebook; only what it states of the file is used here.
  ///   - options: What the user states about the file.
  /// - Throws: ``SurveyError`` of kind data for a file that is damaged or something else.
  package init(_ file: FileBytes, codebook: Codebook?, options: ReadingOptions) throws {
    self.file = file
    stated = StatedFile(file, codebook: codebook, options: options)
    dictionary = try StataDictionary(
      file, encoding: stated.encoding, lossy: options.lossy)
    facts = FileFacts(
      path: file.path, format: "dta", encoding: dictionary.page.name,
      byteCount: file.bytes.count, detail: "format \(dictionary.layout.version)")
    embeddedCodebook = dictionary.codebook()
  }

  /// The number of rows.
  public func rowCount() -> Int { dictionary.rowCount }

  /// The SHA-256 of the file in hexadecimal.
  public func sha256() throws -> String? { try stated.hash(of: file) }

  /// Reads variables in one pass over the rows, on several threads.
  public func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let columns = try decode(requests)
    let finished = concurrentMap(columns.count, threads: threads) { index in
      Result { try columns[index].finish() }
    }
    var notes = dictionary.notes
    let read = try finished.map { result in
      let (column, columnNotes) = try result.get()
      notes += columnNotes
      return column
    }
    return (read, notes)
  }

  private func decode(_ requests: [ColumnRequest]) throws -> [StataColumn] {
    let columns = try opened(requests)
    try stated.check(rows: dictionary.rowCount)
    let runs = runs(of: columns.count, threads: threads)
    let progress = ReadingProgress(file.path, total: dictionary.rowCount * runs.count)
    defer { progress.finish() }
    let decoded = concurrentMap(runs.count, threads: threads) { run in
      Result { try decode(columns[runs[run]], progress) }
    }
    do {
      for result in decoded { try result.get() }
      return columns
    } catch  where runs.count > 1 {
      // Which fault comes first in the file shows when the rows are read one after the other.
      let columns = try opened(requests)
      try decode(columns[...], progress)
      return columns
    }
  }

  private func decode(_ columns: ArraySlice<StataColumn>, _ progress: ReadingProgress) throws {
    let width = dictionary.rowWidth
    var row = 0
    while row < dictionary.rowCount, let base = file.bytes.baseAddress {
      let count = min(1024, dictionary.rowCount - row)
      let start = base + dictionary.dataOffset + row * width
      for column in columns { try column.append(start, step: width, count: count) }
      row += count
      progress.advance(by: count)
    }
  }

  private func opened(_ requests: [ColumnRequest]) throws -> [StataColumn] {
    let places = Dictionary(
      dictionary.variables.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    return try requests.map { request in
      let name = request.variable.name
      guard let place = places[name] else {
        throw SurveyError(
          .data, at: file.path, "has no variable '\(name)', which the codebook describes",
          remedy: suggestion(for: name, among: dictionary.variables.map(\.name)))
      }
      return try StataColumn(
        request, variable: dictionary.variables[place], file: file, dictionary: dictionary,
        isLenient: request.variable.isFromFile)
    }
  }
}
