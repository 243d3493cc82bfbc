internal import SurveyData

/// What an SPSS file says of its variables.
///
/// It points into the file's bytes, which it keeps and which never change.
struct SPSSDictionary: @unchecked Sendable {
  let records: SPSSRecords
  let page: CodePage
  private(set) var variables: [SPSSVariable] = []
  private(set) var fileLabel = ""
  private(set) var documents = ""
  private(set) var responseSets: [SPSSResponseSet] = []
  /// Variable sets of record 7/5, which are batteries of questions.
  private(set) var batteries: [(name: String, members: [String])] = []
  private(set) var attributes: [(name: String, values: [String])] = []
  /// The name of the weight; nil when the file is not weighted.
  private(set) var weight: String?
  private(set) var notes: [Note] = []
  private let file: FileBytes

  init(_ file: FileBytes, encoding: String?, lossy: Bool) throws {
    self.file = file
    records = try SPSSRecords(file)
    let encoding = try SPSSEncoding(records, file: file, stated: encoding, lossy: lossy)
    page = encoding.page
    notes = encoding.notes
    try joinSegments(widths: try longWidths())
    try nameVariables()
    placeVariables()
    try labelValues()
    try readLongStrings()
    try readMeasures()
    try readAttributes()
    fileLabel = try text(records.header.fileLabel.withoutPadding, "the file label")
    documents = try records.documents.map { try text($0.withoutPadding, "the documents") }
      .joined(separator: "\n")
    let known = page
    responseSets = extensions(7, 19).flatMap { record in
      SPSSResponseSet.parse(record.data) { known.text($0) }
    }
    for record in extensions(5) {
      batteries += Self.batteries(try text(record.data, "the variable sets"))
    }
    weight = variables.first { $0.segments[0].element == records.header.weightElement - 1 }?.name
    notes += soundness.notes(of: nil, page: page, path: file.path)
  }

  private var soundness = TextSoundness()

  /// Decodes text of the dictionary.
  private mutating func text(_ bytes: UnsafeRawBufferPointer, _ what: String) throws -> String {
    guard let (text, found) = page.reading(bytes) else {
      throw SurveyError.invalidText(bytes, in: what, page: page, path: file.path)
    }
    soundness.count(found, row: 0)
    return text
  }

  private func extensions(_ subtypes: Int...) -> [SPSSRecords.Extension] {
    records.extensions.filter { subtypes.contains($0.subtype) }
  }

  // MARK: Variables

  /// Widths of very long strings by short name, from record 7/14.
  private mutating func longWidths() throws -> [String: Int] {
    var widths: [String: Int] = [:]
    for record in extensions(14) {
      for (key, value) in SPSSPairs.parse(record.data) {
        let digits = String(decoding: value.withoutPadding, as: UTF8.self)
        guard let width = Int(digits), (256...32_767).contains(width) else { continue }
        widths[try text(key, "a variable name").uppercased()] = width
      }
    }
    return widths
  }

  private mutating func joinSegments(widths: [String: Int]) throws {
    var index = 0
    while index < records.variables.count {
      let first = records.variables[index]
      let shortName = try text(first.shortName.withoutPadding, "a variable name")
      let width = widths[shortName.uppercased()] ?? first.width
      let count = width > 255 ? (width + 251) / 252 : 1
      guard index + count <= records.variables.count else {
        throw SurveyError(
          .data, at: file.path,
          "is damaged: '\(shortName)' has \(count) parts, but not all are there")
      }
      let segments = try (0..<count).map { part in
        let record = records.variables[index + part]
        guard record.element + record.elementCount <= records.elementCount,
          count == 1 || record.width > 0
        else {
          throw SurveyError(.data, at: file.path, "is damaged: '\(shortName)' lacks a part")
        }
        let used = count == 1 ? record.width : min(record.width, max(0, width - 255 * part))
        return SPSSVariable.Segment(element: record.element, width: used)
      }
      variables.append(
        SPSSVariable(
          shortName: shortName, name: shortName, width: width,
          label: try text(
            (first.label ?? .init(start: nil, count: 0)).withoutPadding,
            "the label of '\(shortName)'"),
          format: first.format, written: first.written, missing: try missing(of: first),
          segments: segments))
      index += count
    }
  }

  private mutating func missing(of record: SPSSRecords.Variable) throws -> SPSSVariable.Missing {
    guard record.missingCount != 0 else { return .none }
    guard record.width == 0 else {
      return .texts(try record.missing.map { try text($0.withoutPadding, "a missing value") })
    }
    let numbers = record.missing.map(number)
    guard record.missingCount < 0, numbers.count >= 2 else { return .numbers(numbers, range: nil) }
    return .numbers(
      Array(numbers[2...]),
      range: (SPSSNumbers.rangeEnd(numbers[0]), SPSSNumbers.rangeEnd(numbers[1])))
  }

  private func number(_ bytes: UnsafeRawBufferPointer) -> Double {
    let raw = bytes.loadUnaligned(as: UInt64.self)
    return Double(bitPattern: records.header.isBigEndian ? raw.bigEndian : raw.littleEndian)
  }

  /// Gives long names (record 7/13); without one, the short name is the name.
  private mutating func nameVariables() throws {
    var names: [String: String] = [:]
    for record in extensions(13) {
      for (key, value) in SPSSPairs.parse(record.data) {
        names[try text(key, "a variable name").uppercased()] = try text(
          value.withoutPadding, "a variable name")
      }
    }
    var taken: Set<String> = []
    for index in variables.indices {
      let name = names[variables[index].shortName.uppercased()] ?? variables[index].shortName
      guard !name.isEmpty, taken.insert(name).inserted else {
        throw SurveyError(.data, at: file.path, "has two variables named '\(name)'")
      }
      variables[index].name = name
    }
  }

  /// Finds variables by their long names, their short ones, and the long ones in any case.
  private var places: (name: [String: Int], short: [String: Int], folded: [String: Int]) = (
    [:], [:], [:]
  )

  private mutating func placeVariables() {
    for (index, variable) in variables.enumerated().reversed() {
      places.name[variable.name] = index
      places.short[variable.shortName.uppercased()] = index
      places.folded[variable.name.uppercased()] = index
    }
  }

  // MARK: Labels

  private mutating func labelValues() throws {
    var owners: [Int: Int] = [:]
    for (index, variable) in variables.enumerated() { owners[variable.segments[0].element] = index }
    for set in records.valueLabels {
      let labels = try set.labels.map {
        ($0.value, try text($0.label.withoutPadding, "a value label"))
      }
      for element in set.elements {
        guard let owner = owners[element] else {
          throw SurveyError(
            .data, at: file.path,
            "is damaged: value labels belong to the unknown variable \(element + 1)")
        }
        for (value, label) in labels {
          if variables[owner].isText {
            variables[owner].textLabels.append((try text(value.withoutPadding, "a value"), label))
          } else {
            variables[owner].numberLabels.append((number(value), label))
          }
        }
      }
    }
    for index in variables.indices {
      variables[index].dropDuplicateLabels(at: file.path, notes: &notes)
    }
  }

  /// Labels and missing values of strings longer than eight bytes (records 7/21 and 7/22).
  private mutating func readLongStrings() throws {
    for record in extensions(21) {
      var reader = records.reader(of: record, in: file)
      while reader.remaining > 0 {
        let owner = variable(
          named: try text(try reader.take(try reader.count(ofSize: 1)), "a name"))
        try reader.skip(4)
        for _ in 0..<(try reader.count(ofSize: 8)) {
          let value = try reader.take(try reader.count(ofSize: 1))
          let label = try reader.take(try reader.count(ofSize: 1))
          guard let owner else { continue }
          let code = try text(value.withoutPadding, "a value")
          variables[owner].textLabels.append(
            (code, try text(label.withoutPadding, "a value label")))
        }
        if let owner { variables[owner].dropDuplicateLabels(at: file.path, notes: &notes) }
      }
    }
    for record in extensions(22) {
      var reader = records.reader(of: record, in: file)
      while reader.remaining > 0 {
        let owner = variable(
          named: try text(try reader.take(try reader.count(ofSize: 1)), "a name"))
        let count = Int(try reader.integer(UInt8.self))
        let width = try reader.count(ofSize: 1)
        let texts = try (0..<count).map { _ in
          try text(try reader.take(width).withoutPadding, "a missing value")
        }
        if let owner { variables[owner].missing = .texts(texts) }
      }
    }
  }

  /// The place of a variable, by its long or its short name in any case.
  private func variable(named name: String) -> Int? {
    let name = name.trimmed
    return places.name[name] ?? places.short[name.uppercased()] ?? places.folded[name.uppercased()]
  }

  /// Parses lines such as `NAME= VAR VAR`.
  private static func batteries(_ text: String) -> [(name: String, members: [String])] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      return (String(parts[0]).trimmed, parts[1].split(separator: " ").map(String.init))
    }
  }

  /// The variables of a response set by their right names.
  func names(of members: [String]) -> [String] {
    members.compactMap { variable(named: $0).map { variables[$0].name } }
  }

  // MARK: Levels and attributes

  /// Levels of measurement (record 7/11): two or three numbers a variable or segment.
  private mutating func readMeasures() throws {
    guard let record = extensions(11).first else { return }
    let parts = variables.reduce(0) { $0 + $1.segments.count }
    let numbers = record.data.count / 4
    guard numbers == parts * 2 || numbers == parts * 3 else { return }
    var reader = records.reader(of: record, in: file)
    for index in variables.indices {
      for part in variables[index].segments.indices {
        let measure = try reader.int32()
        try reader.skip(numbers == parts * 3 ? 8 : 4)
        if part == 0 { variables[index].measure = measure }
      }
    }
  }

  private mutating func readAttributes() throws {
    for record in extensions(17) {
      attributes += SPSSAttributes.parseSet(try text(record.data, "the attributes")[...]).values
    }
    for record in extensions(18) {
      for found in SPSSAttributes.parseVariables(try text(record.data, "the attributes")) {
        guard let owner = variable(named: found.variable) else { continue }
        variables[owner].attributes.append((found.name, found.values))
      }
    }
  }
}
