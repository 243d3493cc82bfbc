internal import SurveyData

/// Reads a transport file as SAS describes it in technical paper TS-140 and in its successor for
/// versions 8 and 9: records of 80 bytes, those of headers by their names.
struct SASTransportParser {
  private static let header = "HEADER RECORD*******"
  private static let record = 80

  private let file: FileBytes
  private let page: CodePage
  private var reader: ByteReader
  private var soundness = TextSoundness()
  private var isLong = false
  private var notes: [Note] = []

  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: (header + "LIB").utf8)
  }

  /// - Parameter page: The encoding that the user states; a transport file states none.
  static func read(_ file: FileBytes, page: CodePage?) throws -> (SASTable, any SASRows) {
    var parser = Self(file, page: page ?? .detected())
    return try parser.read()
  }

  private init(_ file: FileBytes, page: CodePage) {
    self.file = file
    self.page = page
    reader = ByteReader(file.bytes, path: file.path, isBigEndian: true)
  }

  private mutating func read() throws -> (SASTable, any SASRows) {
    let library = try nextHeader("LIBRARY", "LIBV8")
    isLong = library.name == "LIBV8"
    try reader.skip(2 * Self.record)
    let member = try nextHeader("MEMBER", "MEMBV8")
    // The library's header of some programs is that of version 5.
    isLong = isLong || member.name == "MEMBV8"
    let size = member.number(74..<78) ?? 140
    guard size == 136 || size == 140 else { throw reader.damage("has variables of \(size) bytes") }
    _ = try nextHeader("DSCRPTR", "DSCPTV8")
    reader.section = "description of the data set"
    let names = try reader.take(Self.record)
    let labels = try reader.take(Self.record)
    let name = try text(names[part: isLong ? 8..<40 : 8..<16], "the name of the data set")
    let title = try text(labels[part: 32..<72], "the label of the data set")
    var variables = try readVariables(size: size)
    let rows = try readRows(&variables, name: name)
    let table = SASTable(
      fileFormat: "xpt", title: title, page: page, numbers: .hexadecimal, variables: variables,
      detail: "version \(isLong ? 8 : 5)",
      notes: soundness.notes(of: nil, page: page, path: file.path) + notes)
    try table.check(rowWidth: rows.width, path: file.path)
    return (table, rows)
  }

  // MARK: Records

  private struct Header {
    let name: String
    let bytes: UnsafeRawBufferPointer

    /// A number in some columns of the record.
    func number(_ columns: Range<Int>) -> Int? {
      Int(String(decoding: bytes[part: columns], as: UTF8.self).trimmed)
    }
  }

  private mutating func nextHeader(_ names: String...) throws -> Header {
    reader.section = "header '\(names[0])'"
    let bytes = try reader.take(Self.record)
    let name = String(decoding: bytes[part: 20..<28], as: UTF8.self).trimmed
    guard bytes.starts(with: Self.header.utf8), names.contains(name) else {
      throw reader.damage("is missing")
    }
    return Header(name: name, bytes: bytes)
  }

  /// Goes behind the blanks that fill the last record of what started at `start`.
  private mutating func finishRecord() throws {
    let rest = reader.offset % Self.record
    if rest > 0 { try reader.skip(min(Self.record - rest, reader.remaining)) }
  }

  private mutating func text(_ bytes: UnsafeRawBufferPointer, _ what: String) throws -> String {
    let bytes = bytes.withoutPadding
    guard let (text, found) = page.reading(bytes) else {
      throw SurveyError.invalidText(bytes, in: what, page: page, path: file.path)
    }
    soundness.count(found, row: 0)
    return text
  }

  // MARK: Variables

  private struct Description {
    var name: String
    var label: String
    var format: SASFormat
    let isText: Bool
    let offset: Int
    let width: Int
  }

  private mutating func readVariables(size: Int) throws -> [SASVariable] {
    let header = try nextHeader("NAMESTR", "NAMSTV8")
    guard let count = header.number(48..<58), count >= 0, count <= reader.remaining / size else {
      throw reader.damage("counts more variables than the file can hold, or none")
    }
    reader.section = "descriptions of variables"
    var found = try (0..<count).map { _ in try description(try reader.take(size)) }
    try finishRecord()
    if isLong { try readLabels(into: &found) }
    return found.map {
      SASVariable(
        name: $0.name, label: $0.label, isText: $0.isText, offset: $0.offset, width: $0.width,
        format: $0.format)
    }
  }

  private mutating func description(_ bytes: UnsafeRawBufferPointer) throws -> Description {
    func short(_ place: Int) -> Int { Int(bytes[place]) << 8 | Int(bytes[place + 1]) }
    let kind = short(0)
    guard kind == 1 || kind == 2 else { throw reader.damage("have the unknown type \(kind)") }
    let shortName = try text(bytes[part: 8..<16], "the name of a variable")
    let longName =
      isLong && bytes.count == 140 ? try text(bytes[part: 88..<120], "the name of a variable") : ""
    let name = longName.isEmpty ? shortName : longName
    return Description(
      name: name, label: try text(bytes[part: 16..<56], "the label of '\(name)'"),
      format: SASFormat(
        name: try text(bytes[part: 56..<64], "the format of '\(name)'"), width: short(64),
        decimals: short(66)),
      isText: kind == 2, offset: short(84) << 16 | short(86), width: short(4))
  }

  /// Labels of more than 40 characters, and formats of more than eight.
  private mutating func readLabels(into variables: inout [Description]) throws {
    guard let header = peekedHeader(), header.name == "LABELV8" || header.name == "LABELV9" else {
      return
    }
    try reader.skip(Self.record)
    reader.section = "long labels"
    guard let count = header.number(48..<80), 0...variables.count ~= count else {
      throw reader.damage("are more than the variables")
    }
    for _ in 0..<count {
      let place = Int(try reader.integer(UInt16.self)) - 1
      guard variables.indices ~= place else {
        throw reader.damage("belong to the unknown variable \(place + 1)")
      }
      let widths = try (0..<(header.name == "LABELV9" ? 4 : 2)).map { _ in
        Int(try reader.integer(UInt16.self))
      }
      let name = try text(try reader.take(widths[0]), "the name of a variable")
      if !name.isEmpty { variables[place].name = name }
      variables[place].label = try text(try reader.take(widths[1]), "the label of '\(name)'")
      guard widths.count == 4 else { continue }
      let format = try text(try reader.take(widths[2]), "the format of '\(name)'")
      let old = variables[place].format
      if !format.isEmpty {
        variables[place].format = SASFormat(
          name: String(format.prefix { $0 != "." }), width: old.width, decimals: old.decimals)
      }
      try reader.skip(widths[3])
    }
    try finishRecord()
  }

  private func peekedHeader() -> Header? {
    var ahead = reader
    guard let bytes = try? ahead.take(Self.record), bytes.starts(with: Self.header.utf8) else {
      return nil
    }
    return Header(
      name: String(decoding: bytes[part: 20..<28], as: UTF8.self).trimmed, bytes: bytes)
  }

  // MARK: Rows

  private mutating func readRows(
    _ variables: inout [SASVariable], name: String
  ) throws -> SASTransportRows {
    let header = try nextHeader("OBS", "OBSV8")
    let start = reader.offset
    let width = variables.map { $0.offset + $0.width }.max() ?? 0
    guard width > 0 else {
      return SASTransportRows(file: file, offset: start, width: 0, count: 0)
    }
    let members = laterMembers(from: start)
    let end = members.first?.offset ?? file.bytes.count
    if !members.isEmpty {
      let others = try members.map { "'\(try text($0.name, "the name of a data set"))'" }
      notes.append(
        Note(
          .warning, id: "xpt.more-data-sets",
          "holds \(members.count + 1) data sets; '\(name)' is read, and not "
            + others.joined(separator: ", "), at: file.path))
    }
    let count = try rowCount(
      in: UnsafeRawBufferPointer(rebasing: file.bytes[start..<end]), width: width,
      announced: header.name == "OBSV8" ? header.number(48..<80) : nil,
      holdsNumbers: variables.contains { !$0.isText })
    return SASTransportRows(file: file, offset: start, width: width, count: count)
  }

  /// Where further data sets start, and their names.
  private func laterMembers(from start: Int) -> [(offset: Int, name: UnsafeRawBufferPointer)] {
    let mark = Array((Self.header + "MEMB").utf8)
    return stride(from: start, to: max(start, file.bytes.count - 3 * Self.record), by: Self.record)
      .filter { file.bytes[$0] == mark[0] && file.bytes[$0...].starts(with: mark) }
      .map { place in
        let names = place + 2 * Self.record
        return (place, file.bytes[part: names + 8..<names + (isLong ? 40 : 16)])
      }
  }

  /// Blanks fill the last record, and could be rows of blanks as well: in a row with a number they
  /// are not.
  private mutating func rowCount(
    in data: UnsafeRawBufferPointer, width: Int, announced: Int?, holdsNumbers: Bool
  ) throws -> Int {
    let room = data.count / width
    func isBlank(_ bytes: UnsafeRawBufferPointer) -> Bool {
      bytes.allSatisfy { $0 == 0x20 || $0 == 0 }
    }
    guard isBlank(data[part: room * width..<data.count]) else {
      throw SurveyError(
        .data, at: file.path,
        "is cut short: it ends in the middle of row \(room + 1)", remedy: "Fetch it again.")
    }
    var count = room
    while count > 0, data.count - (count - 1) * width < Self.record,
      data[part: (count - 1) * width..<count * width].allSatisfy({ $0 == 0x20 })
    { count -= 1 }
    if let announced, announced > 0 {
      guard announced <= room, announced >= count else {
        throw SurveyError(
          .data, at: file.path,
          "is cut short or damaged: it announces \(announced) rows, but holds \(count)",
          remedy: "Fetch it again.")
      }
      return announced
    }
    if count < room, !holdsNumbers {
      notes.append(
        Note(
          .warning, id: "xpt.blank-rows",
          "ends in blanks that fill its last record; if rows without any text stand at the end (at "
            + "most \(room - count)), they are left out", at: file.path))
    }
    return count
  }
}

extension UnsafeRawBufferPointer {
  /// Some of the bytes, as a buffer that starts at zero.
  subscript(part range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[range])
  }
}
