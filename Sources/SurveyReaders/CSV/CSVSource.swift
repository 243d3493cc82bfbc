public import SurveyData

/// A CSV file whose columns are decoded when an analysis names them.
///
/// What the codebook or the options state of the file is never guessed; what they leave open is
/// detected and told in a note, and what is ambiguous is an error.
public struct CSVSource: ColumnSource {
  /// What is known of the file.
  public let facts: FileFacts
  /// What the file itself says of its variables.
  public let embeddedCodebook: Codebook

  let file: FileBytes
  let dialect: CSVDialect
  let header: CSVHeader
  /// What was noted before the rows.
  public let openingNotes: [Note]
  /// What the codebook and the options state.
  let statement: FileStatement
  let codebook: Codebook?
  private let options: ReadingOptions
  /// The file before any conversion.
  private let original: FileBytes
  /// Threads, and bytes a chunk: of no consequence for what is read.
  var threads = coreCount
  var chunkSize = CSVChunks.size

  /// Opens a file and reads its header.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - codebook: What is stated about the file and its variables.
  ///   - options: What the user states; it goes before the codebook.
  /// - Throws: ``SurveyError`` when the file cannot be opened or understood.
  public init(
    path: String, codebook: Codebook? = nil, options: ReadingOptions = ReadingOptions()
  ) throws {
    try self.init(FileBytes(path), codebook: codebook, options: options)
  }

  /// Reads the header of a file that is open already.
  package init(
    _ file: FileBytes, codebook: Codebook? = nil, options: ReadingOptions = ReadingOptions()
  ) throws {
    let statement = options.file.completed(by: codebook?.file)
    let opening = try CSVOpening(file, statement, options)
    self.file = opening.file
    dialect = opening.dialect
    header = try CSVHeader(
      opening.file.bytes, from: opening.start, opening.dialect, path: file.path, codebook: codebook)
    openingNotes = opening.notes + header.notes(path: file.path)
    self.statement = statement
    self.codebook = codebook
    self.options = options
    original = file
    facts = FileFacts(
      path: file.path, format: "csv", encoding: opening.encodingName,
      byteCount: file.bytes.count, detail: dialect.words)
    embeddedCodebook = header.codebook
  }

  /// The number of rows.
  public func rowCount() throws -> Int { try records([]).count }

  /// Reads columns in one pass.
  public func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let readers = try requests.map { request -> any CSVColumnReader in
      let field = try header.position(of: request.variable.name, path: file.path)
      let scheme = CodeScheme(request.variable, fileMarkers: dialect.missing)
      switch request.view {
      case .codes: return CSVCodeReader(field: field, rules: CSVCodeRules(scheme, dialect))
      case .numbers:
        let words = CSVMarkers.mayStand(in: request.variable) ? CSVMarkers.words.sorted() : []
        let known = Set(scheme.missing.map(\.text))
        let whole = CodeScheme(
          request.variable, fileMarkers: dialect.missing + words.filter { !known.contains($0) })
        return CSVNumberReader(field: field, scheme: whole, dialect: dialect)
      case .text: return CSVTextReader(field: field, dialect: dialect)
      }
    }
    let read = try records(readers)
    let report = CSVReport(self, read.firstRecords)
    let tallies = readers.indices.map { column in
      CSVTally(merging: read.decoders.map { $0[column].tally })
    }
    try report.refuse(zip(requests.map(\.variable), tallies))
    let columns = concurrentMap(readers.count, threads: threads) { column in
      readers[column].finish(
        read.decoders.map { $0[column] }, read.pieces, count: read.count)
    }
    let markers = zip(requests, columns).compactMap { CSVMarkers.note(on: $0.variable, $1) }
    let notes =
      openingNotes + read.notes + report.notes(zip(requests.map(\.variable), tallies))
      + markers
    return (columns, try options.judged(notes))
  }

  /// The SHA-256 of the file; nil for columns in memory.
  public func sha256() throws -> String? {
    let hash = FileBytes.sha256(of: original.bytes)
    if let stated = statement.sha256, stated.lowercased() != hash {
      throw SurveyError(
        .data, at: file.path, "has SHA-256 \(hash), but the codebook states \(stated)",
        remedy: "Fetch the file that the codebook describes, or state this one's SHA-256.")
    }
    return hash
  }
}
