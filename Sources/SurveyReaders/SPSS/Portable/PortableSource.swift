public import SurveyData

/// An SPSS portable file (`.por`): text that once went from one kind of machine to another.
public struct PortableSource: ColumnSource {
  /// What is known of the file before its cases are read.
  public let facts: FileFacts
  /// What the file says of its variables, its labels in the language `und`.
  public let embeddedCodebook: Codebook
  private let file: FileBytes
  private let stated: StatedFile
  private let dictionary: PortableDictionary

  /// Reads the dictionary of a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - codebook: The user's codebook; only what it states of the file is used here.
  ///   - options: What the user states about the file.
  /// - Throws: ``SurveyError`` of kind data for a file that is damaged or something else.
  package init(_ file: FileBytes, codebook: Codebook?, options: ReadingOptions) throws {
    self.file = file
    stated = StatedFile(file, codebook: codebook, options: options)
    guard let text = PortableText(file.bytes, path: file.path) else {
      throw SurveyError(.data, at: file.path, "is not an SPSS portable file: it lacks 'SPSSPORT'")
    }
    let page = try stated.encoding.map { name in
      guard let page = CodePage(name, lossy: options.lossy) else {
        throw SurveyError(.usage, at: file.path, "the encoding '\(name)' is not known")
      }
      return page
    }
    dictionary = try PortableDictionary(text, page: page, path: file.path)
    facts = FileFacts(
      path: file.path, format: "por", encoding: dictionary.page.name,
      byteCount: file.bytes.count,
      detail: dictionary.product.isEmpty ? "" : "made by \(dictionary.product)")
    embeddedCodebook = dictionary.codebook()
  }

  /// The number of cases, after a look at all of them.
  public func rowCount() throws -> Int { try readCases([:]).count }

  /// The SHA-256 of the file in hexadecimal.
  public func sha256() throws -> String? { try stated.hash(of: file) }

  /// Reads variables in one pass over the cases.
  public func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    // A variable may be wanted in two views.
    var wanted: [Int: [PortableColumn]] = [:]
    let columns = try requests.map { request in
      let name = request.variable.name
      guard let place = dictionary.variables.firstIndex(where: { $0.name == name }) else {
        throw SurveyError(
          .data, at: file.path, "has no variable '\(name)', which the codebook describes",
          remedy: suggestion(for: name, among: dictionary.variables.map(\.name)))
      }
      let column = try PortableColumn(
        request, variable: dictionary.variables[place], page: dictionary.page,
        isLenient: request.variable.isFromFile, path: file.path)
      wanted[place, default: []].append(column)
      return column
    }
    let (count, endNotes) = try readCases(wanted)
    try stated.check(rows: count)
    var notes = dictionary.notes + endNotes
    let finished = try columns.map { column in
      let (result, columnNotes) = try column.finish()
      notes += columnNotes
      return result
    }
    return (finished, notes)
  }

  /// Goes through the cases, behind which the letter Z fills the last line.
  private func readCases(_ wanted: [Int: [PortableColumn]]) throws -> (count: Int, notes: [Note]) {
    var reader = dictionary.reader
    let columns = dictionary.variables.enumerated().map { ($1.isText, wanted[$0, default: []]) }
    var count = 0
    while let byte = reader.peek() {
      if byte == UInt8(ascii: "Z") { return (count, []) }
      reader.section = "case \(count + 1)"
      for (isText, columns) in columns {
        if !isText {
          let number = try reader.number()
          for column in columns { try column.append(number) }
        } else if columns.isEmpty {
          try reader.skipBytes()
        } else {
          let bytes = try reader.bytes()
          for column in columns { try column.append(bytes) }
        }
      }
      count += 1
    }
    guard !reader.endsInLine else {
      throw SurveyError(
        .data, at: file.path, "is cut short: it ends behind case \(count), in the middle of a line",
        remedy: "Fetch it again.")
    }
    let note = Note(
      .warning, id: "por.no-end",
      "lacks the letter Z that ends it: there may have been more than \(count) cases",
      at: file.path)
    return (count, [note])
  }
}
