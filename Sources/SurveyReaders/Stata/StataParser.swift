internal import SurveyData

/// Reads the sections of a Stata file in order, in the old layout and the tagged one.
struct StataParser {
  let layout: StataLayout
  let page: CodePage
  var reader: ByteReader
  private(set) var rowCount = 0
  private(set) var fileLabel = ""
  private var soundness = TextSoundness()
  private var trailingBytes = 0
  private var variableCount = 0
  /// Where sections start, as the tagged layout says.
  private var map: [Int] = []

  init(_ file: FileBytes, encoding: String?, lossy: Bool) throws {
    reader = ByteReader(file.bytes, path: file.path)
    let tag = Array("<stata_dta><header><release>".utf8)
    if file.bytes.starts(with: tag) {
      try reader.skip(tag.count)
      let digits = String(decoding: try reader.take(3), as: UTF8.self)
      layout = StataLayout(version: Int(digits) ?? 0)
    } else {
      guard file.bytes.count > 4 else {
        throw SurveyError(.data, at: file.path, "is not a Stata file: it is too short")
      }
      layout = StataLayout(version: Int(try reader.integer(UInt8.self)))
    }
    guard StataLayout.versions.contains(layout.version), layout.isTagged == (reader.offset > 1)
    else {
      throw SurveyError(
        .data, at: file.path, "is not a Stata file of format 102 to 119, as far as one can see",
        remedy: "Fetch it again, or save it anew in Stata.")
    }
    guard let encoding = encoding ?? (layout.isUnicode ? layout.encoding : nil) else {
      page = .detected(besides: layout.encoding)
      return
    }
    guard let page = CodePage(encoding, lossy: lossy) else {
      throw SurveyError(.usage, at: file.path, "the encoding '\(encoding)' is not known")
    }
    self.page = page
  }

  /// What is to be said about the descriptors.
  var notes: [Note] {
    let notes = soundness.notes(of: nil, page: page, path: reader.path)
    guard trailingBytes > 0 else { return notes }
    return notes + [
      Note(
        .warning, id: "dta.trailing-bytes",
        "\(trailingBytes) \(trailingBytes == 1 ? "byte stands" : "bytes stand") behind the end of the "
          + "data and labels, and \(trailingBytes == 1 ? "is" : "are") left out", at: reader.path)
    ]
  }

  /// Decodes text up to its first NUL.
  mutating func text(_ bytes: UnsafeRawBufferPointer, _ what: String) throws -> String {
    let bytes = bytes.untilNUL
    guard let (text, found) = page.reading(bytes) else {
      throw SurveyError.invalidText(bytes, in: what, page: page, path: reader.path)
    }
    soundness.count(found, row: 0)
    return text
  }

  private mutating func expect(_ tag: String) throws {
    reader.section = "tag \(tag)"
    let found = try reader.take(tag.utf8.count)
    guard found.elementsEqual(tag.utf8) else { throw reader.damage("is missing") }
  }

  // MARK: Header

  mutating func readHeader() throws {
    reader.section = "header"
    try layout.isTagged ? readTaggedHeader() : readOldHeader()
  }

  private mutating func readOldHeader() throws {
    let order = try reader.integer(UInt8.self)
    guard order == 1 || order == 2 else { throw reader.damage("has the byte order \(order)") }
    reader.isBigEndian = order == 1
    try reader.skip(2)
    variableCount = Int(try reader.integer(UInt16.self))
    rowCount = layout.version == 102 ? Int(try reader.integer(UInt16.self)) : try reader.int32()
    guard rowCount >= 0 else { throw reader.damage("announces \(rowCount) rows") }
    fileLabel = try text(try reader.take(layout.labelWidth), "the file label")
    if layout.hasCharacteristics { try reader.skip(18) }
  }

  private mutating func readTaggedHeader() throws {
    try expect("</release><byteorder>")
    let order = String(decoding: try reader.take(3), as: UTF8.self)
    guard order == "MSF" || order == "LSF" else {
      throw reader.damage("has the byte order '\(order)'")
    }
    reader.isBigEndian = order == "MSF"
    try expect("</byteorder><K>")
    variableCount =
      layout.version >= 119
      ? Int(try reader.integer(UInt32.self)) : Int(try reader.integer(UInt16.self))
    try expect("</K><N>")
    let rows =
      layout.version >= 118
      ? try reader.integer(UInt64.self) : UInt64(try reader.integer(UInt32.self))
    guard let count = Int(exactly: rows) else { throw reader.damage("announces \(rows) rows") }
    rowCount = count
    try expect("</N><label>")
    let length =
      layout.version >= 118
      ? Int(try reader.integer(UInt16.self)) : Int(try reader.integer(UInt8.self))
    fileLabel = try text(try reader.take(length), "the file label")
    try expect("</label><timestamp>")
    try reader.skip(Int(try reader.integer(UInt8.self)))
    try expect("</timestamp></header><map>")
    for _ in 0..<14 {
      let place = try reader.integer(UInt64.self)
      guard let place = Int(exactly: place), place <= reader.bytes.count else {
        throw reader.damage("places a section at byte \(place)")
      }
      map.append(place)
    }
    try expect("</map>")
  }

  // MARK: Variables

  mutating func readDescriptors() throws -> [StataVariable] {
    let isTagged = layout.isTagged
    let types = try section("variable_types", width: isTagged ? 2 : 1) { reader in
      isTagged ? Int(try reader.integer(UInt16.self)) : Int(try reader.integer(UInt8.self))
    }
    let names = try texts("varnames", width: layout.nameWidth)
    if layout.isTagged { try expect("<sortlist>") }
    try reader.skip((variableCount + 1) * (layout.version >= 119 ? 4 : 2))
    if layout.isTagged { try expect("</sortlist>") }
    let formats = try texts("formats", width: layout.formatWidth)
    let sets = try texts("value_label_names", width: layout.nameWidth)
    let labels = try texts("variable_labels", width: layout.labelWidth)
    var offset = 0
    var taken: Set<String> = []
    return try (0..<variableCount).map { index in
      guard let type = StataType(code: types[index], version: layout.version) else {
        throw SurveyError(
          .data, at: reader.path,
          "is damaged: '\(names[index])' has the unknown type \(types[index])")
      }
      guard !names[index].isEmpty, taken.insert(names[index]).inserted else {
        throw SurveyError(.data, at: reader.path, "has two variables named '\(names[index])'")
      }
      defer { offset += type.width }
      return StataVariable(
        name: names[index], type: type, offset: offset, format: formats[index],
        labelSet: sets[index], label: labels[index])
    }
  }

  /// Reads one thing for each variable.
  private mutating func section<T>(
    _ name: String, width: Int, _ body: (inout ByteReader) throws -> T
  ) throws -> [T] {
    if layout.isTagged { try expect("<\(name)>") }
    reader.section = "list of \(name)"
    guard variableCount <= reader.remaining / width else {
      throw reader.damage("counts \(variableCount) variables")
    }
    let found = try (0..<variableCount).map { _ in try body(&reader) }
    if layout.isTagged { try expect("</\(name)>") }
    return found
  }

  private mutating func texts(_ name: String, width: Int) throws -> [String] {
    let parts = try section(name, width: width) { try $0.take(width) }
    return try parts.map { try text($0, "a name or label of a variable") }
  }

  // MARK: Characteristics

  /// Characteristics by the variable that they belong to (`_dta` for the file) and their name.
  mutating func readCharacteristics() throws -> [String: [String: String]] {
    var found: [String: [String: String]] = [:]
    guard layout.hasCharacteristics else { return found }
    if layout.isTagged { try expect("<characteristics>") }
    while let length = try nextCharacteristic() {
      reader.section = "characteristics"
      let data = try reader.take(length)
      guard length >= 2 * layout.nameWidth else { continue }
      let parts = [0, layout.nameWidth, 2 * layout.nameWidth, length]
      let texts = try zip(parts, parts.dropFirst()).map { start, end in
        try text(UnsafeRawBufferPointer(rebasing: data[start..<end]), "a characteristic")
      }
      found[texts[0], default: [:]][texts[1]] = texts[2]
      if layout.isTagged { try expect("</ch>") }
    }
    return found
  }

  /// The length of the next characteristic; nil after the last.
  private mutating func nextCharacteristic() throws -> Int? {
    reader.section = "characteristics"
    if layout.isTagged {
      let tag = String(decoding: try reader.take(4), as: UTF8.self)
      if tag == "<ch>" { return try reader.count(ofSize: 1) }
      guard tag == "</ch" else { throw reader.damage("are not closed") }
      try expect("aracteristics>")
      return nil
    }
    while true {
      let kind = try reader.integer(UInt8.self)
      let length =
        layout.version >= 110 ? try reader.int32() : Int(try reader.integer(Int16.self))
      if kind == 0, length == 0 { return nil }
      guard length >= 0 else { throw reader.damage("have the length \(length)") }
      if kind == 1 { return length }
      try reader.skip(length)
    }
  }

  // MARK: After the descriptors

  mutating func startOfData() throws -> Int {
    if layout.isTagged { try expect("<data>") }
    return reader.offset
  }

  mutating func startOfLongTexts(afterData end: Int) throws -> Int? {
    guard layout.isTagged else { return nil }
    try reader.move(to: end)
    try expect("</data><strls>")
    return reader.offset
  }

  mutating func readLabelSets(afterData end: Int) throws -> [String: [StataLabel]] {
    if layout.isTagged {
      reader.section = "map"
      try reader.move(to: map[11])
      try expect("<value_labels>")
    } else {
      try reader.move(to: end)
    }
    var sets: [String: [StataLabel]] = [:]
    while try hasNextLabelSet() {
      reader.section = "value labels"
      if layout.version < 108 {
        try readShortLabelSet(into: &sets)
      } else {
        try readLabelSet(into: &sets)
        if layout.isTagged { try expect("</lbl>") }
      }
    }
    return sets
  }

  private mutating func hasNextLabelSet() throws -> Bool {
    guard layout.isTagged else {
      // A program may end a file with a line feed or padding, which is too short for labels.
      let rest = reader.remaining
      guard rest > 0, rest < layout.nameWidth + 3 else { return rest > 0 }
      trailingBytes = rest
      return false
    }
    reader.section = "value labels"
    let tag = String(decoding: try reader.take(5), as: UTF8.self)
    guard tag == "<lbl>" || tag == "</val" else { throw reader.damage("are not closed") }
    return tag == "<lbl>"
  }
}
