public import SurveyData

/// A SAS file: a data set (`.sas7bdat`), or a transport file (`.xpt`) of version 5, 8 or 9.
public struct SASSource: ColumnSource {
  /// What is known of the file before its rows are read.
  public let facts: FileFacts
  /// What the file says of its variables, its labels in the language `und`.
  public let embeddedCodebook: Codebook
  private let file: FileBytes
  private let stated: StatedFile
  private let table: SASTable
  private let rows: any SASRows
  private let catalog: SASCatalog?
  private let catalogNotes: [Note]

  /// Reads the descriptions of a file's variables.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - codebook: The user's codebook; only what it states of the file is used here.
  ///   - options: What the user states about the file.
  /// - Throws: ``SurveyError`` of kind data for a file that is damaged or something else.
  package init(_ file: FileBytes, codebook: Codebook?, options: ReadingOptions) throws {
    self.file = file
    stated = StatedFile(file, codebook: codebook, options: options)
    let page = try stated.encoding.map { name in
      guard let page = CodePage(name, lossy: options.lossy) else {
        throw SurveyError(.usage, at: file.path, "the encoding '\(name)' is not known")
      }
      return page
    }
    (table, rows) =
      SASDataHeader.begins(file.bytes)
      ? try SASDataParser.read(file, page: page, lossy: options.lossy)
      : try SASTransportParser.read(file, page: page)
    facts = FileFacts(
      path: file.path, format: table.fileFormat, encoding: table.page.name,
      byteCount: file.bytes.count, detail: table.detail)
    (catalog, catalogNotes) = try SASCatalog.of(
      file.path, codebook: codebook, options: options, page: page)
    embeddedCodebook = table.codebook(catalog)
  }

  /// The number of rows.
  public func rowCount() -> Int { rows.count }

  /// The SHA-256 of the file in hexadecimal.
  public func sha256() throws -> String? { try stated.hash(of: file) }

  /// Reads variables in one pass over the rows.
  public func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let columns = try requests.map { request in
      let name = request.variable.name
      guard let variable = table.variables.first(where: { $0.name == name }) else {
        throw SurveyError(
          .data, at: file.path, "has no variable '\(name)', which the codebook describes",
          remedy: suggestion(for: name, among: table.variables.map(\.name)))
      }
      return try SASColumn(
        request, variable: variable, table: table, catalog: catalog,
        isLenient: request.variable.isFromFile, path: file.path,
        rows: rows.count)
    }
    try stated.check(rows: rows.count)
    let width = rows.width
    if !columns.isEmpty {
      try rows.read { start, count in
        for column in columns { try column.append(start, step: width, count: count) }
      }
    }
    var notes = table.notes + catalogNotes
    if let catalog, columns.contains(where: \.isLabelled) { notes.append(catalog.note) }
    let finished = try columns.map { column in
      let (result, columnNotes) = try column.finish()
      notes += columnNotes
      return result
    }
    return (finished, notes)
  }
}
