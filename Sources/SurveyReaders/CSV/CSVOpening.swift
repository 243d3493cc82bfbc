internal import SurveyData

/// How a CSV file is to be read: what is stated of it, and what its first bytes show.
struct CSVOpening {
  /// The file, converted when it is UTF-16.
  private(set) var file: FileBytes
  private(set) var dialect = CSVDialect()
  /// The first byte of the header.
  private(set) var start = 0
  /// What was detected.
  private(set) var notes: [Note] = []
  /// The encoding's name.
  private(set) var encodingName = CSVEncoding.utf8.rawValue

  private let statement: FileStatement
  private var detected: [String] = []
  private var remedies: [String] = []

  init(_ file: FileBytes, _ statement: FileStatement, _ options: ReadingOptions) throws {
    self.file = file
    self.statement = statement
    dialect.longestField = options.longestField
    dialect.isLossy = options.lossy
    dialect.missing = statement.missing
    dialect.header = statement.header
    try decideEncoding()
    try decideCharacters()
    try refuseNULs()
    skipLines()
    guard self.file.bytes[start...].contains(where: { $0 > 0x20 }) else {
      throw SurveyError(
        .data, at: file.path, "is empty", remedy: "A CSV file begins with a line of names.")
    }
    if statement.delimiter == nil { try detectDelimiter() }
    if statement.decimal == nil { try detectDecimal() }
    if !detected.isEmpty {
      notes.append(
        Note(
          .information, id: "csv.dialect-detected",
          "detected \(detected.joined(separator: ", ")); to state it, write "
            + "`file: {\(remedies.joined(separator: ", "))}` in the codebook",
          naming: [detected.joined(separator: ", "), remedies.joined(separator: ", ")],
          at: file.path))
    }
  }

  /// Strips the byte order mark, converts UTF-16 and settles the encoding.
  private mutating func decideEncoding() throws {
    let bytes = file.bytes
    let stated = statement.encoding
    let isStatedWide = stated?.lowercased().hasPrefix("utf-16") ?? false
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      throw SurveyError(
        .data, at: file.path, "is text in UTF-32, which is not read", remedy: "Save it as UTF-8.")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || isStatedWide {
      let isBigEndian =
        bytes.starts(with: [0xFE, 0xFF])
        || (stated?.lowercased() == "utf-16be" && !bytes.starts(with: [0xFF, 0xFE]))
      file = try FileBytes(path: file.path, contents: file.utf8(isBigEndian: isBigEndian))
      encodingName = isBigEndian ? "utf-16be" : "utf-16le"
      if !isStatedWide { detect("UTF-16", "encoding: utf-16") }
      return
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      start = 3
      return
    }
    if let stated {
      guard let encoding = CSVEncoding(named: stated) else { return try convert(from: stated) }
      dialect.encoding = encoding
    } else if Self.hasEscapes(bytes) {
      try convert(from: "iso-2022-jp")
      detect("ISO-2022-JP", "encoding: iso-2022-jp")
      return
    } else if Self.isLatin(bytes) {
      dialect.encoding = .windows1252
      detect("windows-1252", "encoding: windows-1252")
    }
    encodingName = dialect.encoding.rawValue
  }

  /// Converts a file in an encoding of the C library's, of one byte a character or of several.
  private mutating func convert(from name: String) throws {
    guard let page = CodePage(name, lossy: dialect.isLossy) else {
      throw SurveyError(
        .usage, at: file.path, "unknown encoding '\(name)'",
        remedy: "One of utf-8, utf-16, windows-1252, iso-8859-1, iso-8859-15.")
    }
    guard let text = page.text(file.bytes) else {
      throw SurveyError(
        .data, at: file.path, "is not valid in the encoding '\(name)'",
        remedy: "State the one that it is, or write '--lossy' to replace what is not valid.")
    }
    file = try FileBytes(path: file.path, contents: Array(text.utf8))
    encodingName = page.name
  }

  /// Whether escapes tell Japanese letters from ASCII, as in ISO-2022-JP, whose bytes all look like
  /// ASCII.
  private static func hasEscapes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let sample = bytes.prefix(1 << 20)
    guard let escape = sample.firstIndex(of: 0x1B) else { return false }
    return ["$B", "$@"].contains { sample[(escape + 1)...].starts(with: $0.utf8) }
  }

  /// Whether the first megabyte is no UTF-8 and holds nothing that looks like it.
  private static func isLatin(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let sample = bytes.prefix(1 << 20)
    guard !sample.allSatisfy({ $0 < 0x80 }) else { return false }
    var hasInvalid = false
    var index = sample.startIndex
    while index < sample.endIndex {
      let byte = sample[index]
      let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      guard length > 1 else {
        index += 1
        continue
      }
      let end = min(sample.endIndex, index + length)
      let isCut = end - index < length && end == sample.endIndex
      if String(validating: sample[index..<end], as: UTF8.self) != nil { return false }
      hasInvalid = hasInvalid || !isCut
      index += 1
    }
    return hasInvalid
  }

  /// Refuses what is no text before its first line is looked for.
  private func refuseNULs() throws {
    let head = file.bytes.prefix(64 << 10)
    guard let place = head.firstIndex(of: 0) else { return }
    let count = head.count { $0 == 0 }
    let isWide = count * 3 > head.count && count * 2 <= head.count + 1
    throw SurveyError(
      .data, at: "\(file.path):\(file.bytes.line(at: place))",
      "there is a NUL byte, which no text holds",
      remedy: isWide
        ? "It looks like UTF-16: say '--encoding \(place.isMultiple(of: 2) ? "utf-16be" : "utf-16le")'."
        : "The file is damaged, or it is UTF-16: state `encoding: utf-16` under `file:`.")
  }

  private mutating func decideCharacters() throws {
    if let delimiter = statement.delimiter {
      dialect.delimiter = try ascii(delimiter, "delimiter")
    }
    if let decimal = statement.decimal {
      dialect.decimal = try ascii(decimal, "decimal")
      guard decimal == "." || decimal == "," else {
        throw SurveyError(
          .usage, at: file.path, "the decimal sign is a point or a comma, not '\(decimal)'")
      }
    }
    if let thousands = statement.thousands {
      guard let scalar = thousands.unicodeScalars.first, thousands.unicodeScalars.count == 1 else {
        throw SurveyError(
          .usage, at: file.path, "the thousands character '\(thousands)' is not one character")
      }
      // What tells -5 from 5, or is part of a number, stands between no thousands.
      guard !"-+\u{2212}\u{2013}".unicodeScalars.contains(scalar), !thousands.isNumber,
        !thousands.isLetter
      else {
        throw SurveyError(
          .usage, at: file.path, "'\(thousands)' cannot stand between thousands")
      }
      dialect.thousands = scalar
    }
    switch statement.quote {
    case nil: break
    case .some(.none): dialect.quote = nil
    case .character(let quote): dialect.quote = try ascii(quote, "quote")
    }
  }

  private func ascii(_ character: Character, _ key: String) throws -> UInt8 {
    guard let byte = character.asciiValue, byte != 0, byte != 10, byte != 13 else {
      throw SurveyError(
        .usage, at: file.path, "`\(key):` must be one ASCII character, not '\(character)'")
    }
    return byte
  }

  /// Leaves out the lines that are stated, and honours Excel's `sep=;`.
  private mutating func skipLines() {
    for _ in 0..<max(0, statement.skip ?? 0) {
      start = file.bytes.lineEnd(from: start)
      if start == file.bytes.count { break }
    }
    let rest = file.bytes[start...]
    guard rest.starts(with: Array("sep=".utf8)), rest.count > 5 else { return }
    let mark = start + 4
    guard file.bytes.isLineEnd(at: mark + 1) || file.bytes[mark + 1] == 13 else { return }
    if statement.delimiter == nil { dialect.delimiter = file.bytes[mark] }
    separatorIsGiven = true
    start = file.bytes.lineEnd(from: start)
    notes.append(
      Note(
        .information, id: "csv.separator-line",
        "the first line, `sep=\(Unicode.Scalar(file.bytes[mark]))`, names the delimiter",
        at: file.path))
  }

  private var separatorIsGiven = false

  /// The delimiter that stands in the header and gives every record of the sample as many fields.
  private mutating func detectDelimiter() throws {
    guard !separatorIsGiven else { return }
    let candidates = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
    let counts = candidates.map { candidate in
      var dialect = dialect
      dialect.delimiter = candidate
      return Self.sample(file.bytes, from: start, dialect).map(\.count)
    }
    let present = candidates.indices.filter { (counts[$0].first ?? 1) > 1 }
    let even = present.filter { index in
      counts[index].allSatisfy { $0 == counts[index][0] || $0 == 1 && counts[index][0] == 0 }
    }
    let possible = even.isEmpty ? present : even
    guard possible.count <= 1 else {
      let names = possible.map { CSVDialect.name(ofDelimiter: candidates[$0]) }
      throw SurveyError(
        .data, at: file.path, "the delimiter may be \(names.joined(separator: " or "))",
        remedy:
          "State it in the codebook: `file: {delimiter: \"\(Unicode.Scalar(candidates[possible[0]]))\"}`."
      )
    }
    guard let index = possible.first else { return }
    dialect.delimiter = candidates[index]
    if index > 0 {
      let name = CSVDialect.name(ofDelimiter: candidates[index])
      let text = candidates[index] == 9 ? "\\t" : String(Unicode.Scalar(candidates[index]))
      detect("delimiter \(name)", "delimiter: \"\(text)\"")
    }
  }

  /// The decimal sign that the numbers of the sample have, when the delimiter leaves a choice.
  private mutating func detectDecimal() throws {
    guard dialect.delimiter != UInt8(ascii: ","), statement.thousands != "," else { return }
    var unsure: String?
    var isSure = false
    var hasPoint = false
    var hasComma = false
    for field in Self.sample(file.bytes, from: start, dialect).dropFirst().joined() {
      let content = dialect.content(field)
      guard DecimalNumber.value(content, decimal: 0) == nil else { continue }
      hasPoint = hasPoint || DecimalNumber.value(content, decimal: UInt8(ascii: ".")) != nil
      guard DecimalNumber.value(content, decimal: UInt8(ascii: ",")) != nil else { continue }
      hasComma = true
      let text = dialect.text(of: field) ?? ""
      if Self.mayBeThousands(text) { unsure = unsure ?? text } else { isSure = true }
    }
    guard hasComma else { return }
    guard !hasPoint else {
      throw SurveyError(
        .data, at: file.path, "some numbers have a decimal comma and some a decimal point",
        remedy: "State the decimal sign in the codebook: `file: {decimal: \",\"}`.")
    }
    if let unsure, !isSure {
      throw SurveyError(
        .data, at: file.path, "'\(unsure)' may have three decimals, or a comma between thousands",
        remedy:
          "State in the codebook which: `file: {decimal: \",\"}` or `file: {thousands: \",\"}`.")
    }
    dialect.decimal = UInt8(ascii: ",")
    detect("decimal comma", "decimal: \",\"")
  }

  /// Whether a number with a comma may be a whole one, as `1,234`.
  private static func mayBeThousands(_ text: String) -> Bool {
    let parts = text.drop { $0 == "-" }.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count == 2 && (1...3).contains(parts[0].count) && parts[0].first != "0"
      && parts[1].count == 3
  }

  private mutating func detect(_ words: String, _ remedy: String) {
    detected.append(words)
    remedies.append(remedy)
  }

  /// The first hundred records, as far as they lie in the first 256 KB.
  private static func sample(
    _ bytes: UnsafeRawBufferPointer, from start: Int, _ dialect: CSVDialect
  ) -> [[UnsafeRawBufferPointer]] {
    let end = min(bytes.count, start + (256 << 10))
    let head = UnsafeRawBufferPointer(rebasing: bytes[..<end])
    var records: [[UnsafeRawBufferPointer]] = []
    var next = start
    while next < end, records.count < 100 {
      let (fields, after) = dialect.record(in: head, from: next)
      if records.isEmpty || after < end || end == bytes.count { records.append(fields) }
      next = after
    }
    return records
  }
}

extension FileBytes {
  /// The text of a UTF-16 file as UTF-8, without its byte order mark.
  fileprivate func utf8(isBigEndian: Bool) throws -> [UInt8] {
    guard bytes.count % 2 == 0 else {
      throw SurveyError(.data, at: path, "is UTF-16 and ends in the middle of a character")
    }
    let units = (0..<(bytes.count / 2)).lazy.map { [bytes] index in
      let unit = bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)
      return isBigEndian ? UInt16(bigEndian: unit) : UInt16(littleEndian: unit)
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    let isBroken = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true
    ) { result.append($0) }
    guard !isBroken else {
      throw SurveyError(.data, at: path, "is not valid UTF-16")
    }
    return result.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(result.dropFirst(3)) : result
  }
}
