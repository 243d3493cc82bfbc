internal import SurveyData

/// Decodes codes on one thread.
///
/// A text is judged when the thread meets it for the first time; after that it is looked up.
final class CSVCodeDecoder: CSVColumnDecoder, @unchecked Sendable {
  private let reader: CSVCodeReader
  private let rules: CSVCodeRules
  private(set) var tally = CSVTally()
  /// The codes that the scheme does not list, in the order in which this thread met them.
  private(set) var discovered: [CSVDiscoveredCode] = []
  /// The position of the first of them.
  private let firstDiscovered: Int

  /// Positions of texts of one byte and of two to four digits, or -1; the empty text stands at 0.
  private let short: UnsafeMutablePointer<Int32>
  private static let shortCount = 256 + 100 + 1000 + 10_000
  /// All other texts.
  private let table = ByteTable()

  init(_ reader: CSVCodeReader, _ rules: CSVCodeRules) {
    self.reader = reader
    self.rules = rules
    firstDiscovered = rules.scheme.categories.count + rules.scheme.missing.count
    short = .allocate(capacity: Self.shortCount)
    short.initialize(repeating: -1, count: Self.shortCount)
    short[0] = Int32(truncatingIfNeeded: rules.scheme.categories.count)
  }

  deinit { short.deallocate() }

  func decode(_ fields: CSVRecords.Fields, into target: CSVTarget) {
    guard let memory = reader.memory else { return }
    switch reader.width {
    case .uint8: fill(memory.assumingMemoryBound(to: UInt8.self), fields, target)
    case .uint16: fill(memory.assumingMemoryBound(to: UInt16.self), fields, target)
    case .uint32: fill(memory.assumingMemoryBound(to: UInt32.self), fields, target)
    }
  }

  @inline(__always)
  private func fill<Position: FixedWidthInteger>(
    _ memory: UnsafeMutablePointer<Position>, _ fields: CSVRecords.Fields, _ target: CSVTarget
  ) {
    let short = short
    for record in 0..<target.count {
      let field = fields[record]
      var position: Int32 = -1
      if let slot = Self.shortSlot(fields.unquoted(field)) { position = short[slot] }
      if position < 0 { position = decode(field, record, target) }
      memory[target.firstRow + record] = Position(truncatingIfNeeded: position)
    }
  }

  /// The place in `short` of a text, if it has one.
  @inline(__always)
  private static func shortSlot(_ text: UnsafeRawBufferPointer) -> Int? {
    guard text.count > 1 else { return text.isEmpty ? 0 : Int(text[0]) }
    guard text.count <= 4 else { return nil }
    var digits = Int(text[0] &- 48)
    var isNumber = digits < 10
    for index in 1..<text.count {
      let digit = text[index] &- 48
      isNumber = isNumber && digit < 10
      digits = digits &* 10 &+ Int(digit)
    }
    let first = text.count == 2 ? 256 : text.count == 3 ? 356 : 1356
    return isNumber ? first + digits : nil
  }

  private func decode(
    _ field: UnsafeRawBufferPointer, _ record: Int, _ target: CSVTarget
  ) -> Int32 {
    let content = rules.dialect.content(field)
    let entry = known(content) ?? judge(field, content)
    if let kind = entry.kind { tally.add(kind, at: target.place(of: field, in: record)) }
    return entry.position
  }

  private func known(_ text: UnsafeRawBufferPointer) -> Entry? {
    if let slot = Self.shortSlot(text), short[slot] >= 0 { return Entry(Int(short[slot]), nil) }
    return table.value(of: text).map(Entry.init)
  }

  private func remember(_ text: UnsafeRawBufferPointer, _ entry: Entry) {
    if entry.kind == nil, let slot = Self.shortSlot(text) {
      short[slot] = entry.position
    } else {
      table.insert(text, entry.bits)
    }
  }

  /// Decides about a text that this thread has not met before.
  private func judge(_ field: UnsafeRawBufferPointer, _ content: UnsafeRawBufferPointer) -> Entry {
    guard let text = rules.dialect.text(of: field) else { return Entry(0, .badEncoding) }
    let entry: Entry
    switch rules.outcome(of: text) {
    case .listed(let position, let isRewritten):
      entry = Entry(position, isRewritten ? .rewritten : nil)
    case .discovered where discovered.count >= rules.mostCodes: return Entry(0, .tooMany)
    case .discovered(let code, let isRewritten, let isUnknown):
      let isKept = rules.scheme.variable.unknown != .missing
      let kind: CSVTally.Kind? =
        isUnknown
        ? isKept ? .unknownKept : .unknownMissing
        : NationalIdentityNumber.isValid(code) ? .identityNumber : nil
      var key = code
      let plain = key.withUTF8 { bytes in
        let bytes = UnsafeRawBufferPointer(bytes)
        let known = isRewritten ? known(bytes) : nil
        let plain = known ?? Entry(discover(code), kind)
        if isRewritten, known == nil { remember(bytes, plain) }
        return plain
      }
      entry = isRewritten && kind == nil ? Entry(Int(plain.position), .rewritten) : plain
    case .refused(let kind, let position):
      entry = Entry(position, kind)
    }
    remember(content, entry)
    return entry
  }

  /// Gives a code that the scheme does not list a position.
  private func discover(_ code: String) -> Int {
    discovered.append(CSVDiscoveredCode(code))
    return firstDiscovered + discovered.count - 1
  }

  /// A position, and what is counted whenever the text is met.
  private struct Entry {
    let bits: UInt32

    init(_ bits: UInt32) { self.bits = bits }

    init(_ position: Int, _ kind: CSVTally.Kind?) {
      bits = UInt32(truncatingIfNeeded: position) << 4 | UInt32(kind.map { $0.rawValue + 1 } ?? 0)
    }

    var position: Int32 { Int32(bits >> 4) }
    var kind: CSVTally.Kind? { CSVTally.Kind(rawValue: Int(bits & 15) - 1) }
  }
}
