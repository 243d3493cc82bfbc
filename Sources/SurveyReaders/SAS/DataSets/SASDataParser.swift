internal import SurveyData

/// Reads what a SAS data set says of itself, in parts that are spread over its first pages; the layout
/// is the one that Shotwell and others found out and published.
struct SASDataParser {
  private let file: FileBytes
  private let header: SASDataHeader
  private let page: CodePage
  private var notes: [Note]
  private var soundness = TextSoundness()

  private var rowWidth = 0
  private var announcedRows = 0
  private var announcedDeletions = 0
  private var announcedColumns: Int?
  private var titlePlace: TextPlace?
  private var compressionPlace: TextPlace?
  private var texts: [UnsafeRawBufferPointer] = []
  private var names: [TextPlace] = []
  private var attributes: [(offset: Int, width: Int, isText: Bool)] = []
  private var formats: [Format] = []

  /// Where a text stands: in which block of texts, and where there.
  private struct TextPlace {
    let block: Int
    let offset: Int
    let length: Int
  }

  private struct Format {
    let name: TextPlace
    let label: TextPlace
    let width: Int
    let decimals: Int
  }

  /// - Parameters:
  ///   - page: The encoding that the user states; nil leaves it to the file.
  ///   - lossy: Whether bytes that are not valid become U+FFFD.
  static func read(
    _ file: FileBytes, page: CodePage?, lossy: Bool
  ) throws -> (SASTable, any SASRows) {
    var parser = try Self(file, page: page, lossy: lossy)
    return try parser.read()
  }

  private init(_ file: FileBytes, page: CodePage?, lossy: Bool) throws {
    self.file = file
    header = try SASDataHeader(file)
    if let page {
      (self.page, notes) = (page, [])
    } else {
      let encoding = try SASEncoding(number: header.encoding, lossy: lossy, path: file.path)
      (self.page, notes) = (encoding.page, encoding.notes)
    }
  }

  private mutating func read() throws -> (SASTable, any SASRows) {
    for number in 0..<header.pageCount {
      let page = try SASPage(number, of: file, header: header)
      for part in page.subheaders where part.kind == .plain {
        let bytes = page.bytes[part: part.offset..<part.offset + part.length]
        guard let description = SASDescription(of: bytes, header) else { continue }
        try read(description, bytes)
      }
    }
    let compressed = try compressionPlace.map { try text($0, "the kind of compression") } ?? ""
    let compression = SASCompression(rawValue: compressed)
    let title = try titlePlace.map { try text($0, "the label of the data set") } ?? ""
    let variables = try self.variables()
    var table = SASTable(
      fileFormat: "sas7bdat", title: title, page: page,
      numbers: .ieee(isBigEndian: header.isBigEndian), variables: variables,
      detail: "\(header.is64Bit ? 64 : 32) bit, "
        + (compression == nil ? "not compressed" : "compressed"), notes: [])
    try table.check(rowWidth: rowWidth, path: file.path)
    let room = header.pageSize * (compression == nil ? 1 : SASCompression.mostGrowth)
    guard rowWidth <= min(room, 1 << 28) else {
      throw damage("has rows of \(rowWidth) bytes in pages of \(header.pageSize)")
    }
    let rows = SASDataRows(
      file: file, header: header, compression: compression, width: rowWidth,
      count: try countRows(compression))
    table.notes = notes + soundness.notes(of: nil, page: page, path: file.path)
    return (table, rows)
  }

  private func damage(_ problem: String) -> SurveyError {
    SurveyError(.data, at: file.path, "is damaged: it \(problem)", remedy: "Fetch it again.")
  }

  // MARK: Parts

  private mutating func read(
    _ description: SASDescription, _ bytes: UnsafeRawBufferPointer
  ) throws {
    let word = header.is64Bit ? 8 : 4
    var reader = ByteReader(
      bytes, path: file.path, offset: word, isBigEndian: header.isBigEndian,
      section: "description of \(description)")
    switch description {
    case .rowSize: try readRowSize(&reader)
    case .columnSize: announcedColumns = try reader.word(header)
    case .texts: texts.append(bytes[part: word..<bytes.count])
    case .names:
      try reader.skip(8)
      while reader.remaining >= word + 12 {
        names.append(try textPlace(&reader))
        try reader.skip(2)
      }
    case .attributes:
      try reader.skip(8)
      while reader.remaining >= 2 * word + 12 {
        let offset = try reader.word(header)
        let width = Int(try reader.integer(UInt32.self))
        try reader.skip(2)
        let type = try reader.integer(UInt8.self)
        guard type == 1 || type == 2 else { throw reader.damage("has the unknown type \(type)") }
        try reader.skip(1)
        attributes.append((offset, width, type == 2))
      }
    case .formats: try readFormat(&reader)
    case .counts, .lists: break
    }
  }

  private func textPlace(_ reader: inout ByteReader) throws -> TextPlace {
    let numbers = try (0..<3).map { _ in Int(try reader.integer(UInt16.self)) }
    return TextPlace(block: numbers[0], offset: numbers[1], length: numbers[2])
  }

  private mutating func readRowSize(_ reader: inout ByteReader) throws {
    let word = header.is64Bit ? 8 : 4
    try reader.move(to: 5 * word)
    rowWidth = try reader.word(header)
    announcedRows = try reader.word(header)
    announcedDeletions = try reader.word(header)
    let tail = header.is64Bit ? 678 : 350
    guard reader.bytes.count >= tail + 18 else { return }
    try reader.move(to: tail)
    titlePlace = try textPlace(&reader)
    try reader.skip(6)
    compressionPlace = try textPlace(&reader)
  }

  private mutating func readFormat(_ reader: inout ByteReader) throws {
    try reader.move(to: header.is64Bit ? 24 : 12)
    let width = Int(try reader.integer(UInt16.self))
    let decimals = Int(try reader.integer(UInt16.self))
    try reader.move(to: header.is64Bit ? 46 : 34)
    formats.append(
      Format(
        name: try textPlace(&reader), label: try textPlace(&reader), width: width,
        decimals: decimals))
  }

  // MARK: Variables

  private mutating func text(_ place: TextPlace, _ what: String) throws -> String {
    guard place.length > 0 else { return "" }
    guard place.block < texts.count, place.offset + place.length <= texts[place.block].count else {
      throw damage("points beyond its texts for \(what)")
    }
    let bytes = texts[place.block][part: place.offset..<place.offset + place.length].withoutPadding
    guard let (text, found) = page.reading(bytes) else {
      throw SurveyError.invalidText(bytes, in: what, page: page, path: file.path)
    }
    soundness.count(found, row: 0)
    return text
  }

  private mutating func variables() throws -> [SASVariable] {
    let count = names.count
    guard attributes.count == count, formats.isEmpty || formats.count == count,
      announcedColumns ?? count == count
    else {
      throw damage(
        "announces \(announcedColumns ?? count) variables, but has \(count) names, "
          + "\(attributes.count) places and \(formats.count) labels")
    }
    return try (0..<count).map { index in
      let name = try text(names[index], "the name of variable \(index + 1)")
      let format = formats.isEmpty ? nil : formats[index]
      return SASVariable(
        name: name, label: try format.map { try text($0.label, "the label of '\(name)'") } ?? "",
        isText: attributes[index].isText, offset: attributes[index].offset,
        width: attributes[index].width,
        format: SASFormat(
          name: try format.map { try text($0.name, "the format of '\(name)'") } ?? "",
          width: format?.width ?? 0, decimals: format?.decimals ?? 0))
    }
  }

  // MARK: Rows

  /// Counts the rows that the pages hold, and compares them with what the file announces.
  private mutating func countRows(_ compression: SASCompression?) throws -> Int {
    var found = 0
    let deleted = try SASDataRows.walk(
      file, header, compression: compression, width: rowWidth
    ) { found += $0.count }
    guard deleted == 0 || deleted == announcedDeletions else {
      throw damage("marks \(deleted) rows as deleted, but announces \(announcedDeletions)")
    }
    // Compressed tables have no marks: a deleted row is not there any more.
    let isWithout = compression != nil && found + announcedDeletions == announcedRows
    let gone = isWithout ? announcedDeletions : deleted
    guard found + gone >= announcedRows else {
      throw SurveyError(
        .data, at: file.path,
        "is cut short or damaged: it announces \(announcedRows) rows, but holds \(found)",
        remedy: "Fetch it again.")
    }
    if gone > 0 {
      notes.append(
        Note(
          .information, id: "sas.deleted-rows",
          "\(gone == 1 ? "1 row is" : "\(gone) rows are") marked as deleted, and left out",
          at: file.path))
    }
    let wanted = found == announcedRows ? found : max(0, announcedRows - gone)
    if found > wanted {
      notes.append(
        Note(
          .warning, id: "sas.rows-left",
          "holds \(found) rows, but announces \(wanted); the first \(wanted) are read",
          at: file.path))
    }
    return min(found, wanted)
  }
}
