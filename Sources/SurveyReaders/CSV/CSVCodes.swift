internal import SurveyData

/// A column read as positions in a list of codes.
///
/// Each thread numbers the codes that it discovers by itself; `finish` sorts them all and gives every
/// row its final position. Where no code can be discovered, the first numbers are final.
final class CSVCodeReader<Position: FixedWidthInteger & Sendable>: CSVColumnReader,
  @unchecked Sendable
{
  let field: Int
  private let rules: CSVCodeRules
  private let discovers: Bool
  private var positions: [Position] = []
  fileprivate var memory = UnsafeMutableBufferPointer<Position>(start: nil, count: 0)

  init(field: Int, rules: CSVCodeRules) {
    self.field = field
    self.rules = rules
    discovers = rules.discovers
  }

  func lend(_ capacity: Int, _ body: () throws -> Int) throws {
    positions = try [Position](unsafeUninitializedCapacity: capacity) { buffer, count in
      memory = buffer
      count = try body()
    }
  }

  func makeDecoder() -> any CSVColumnDecoder { CSVCodeDecoder(self, rules) }

  func move(_ rows: Range<Int>, to first: Int) { memory.move(rows, to: first) }

  func finish(_ decoders: [any CSVColumnDecoder], _ pieces: [CSVPiece]) -> Column {
    let scheme = rules.scheme
    guard discovers else {
      return .codes(
        CategoricalColumn(
          positions: packed(positions), categories: scheme.categories, missing: scheme.missing))
    }
    let merger = CSVCodeMerger(
      scheme, decoders.map { ($0 as? CSVCodeDecoder<Position>)?.discovered ?? [] })
    let merged: Positions =
      switch merger.categories.count + scheme.missing.count {
      case ...256: .uint8(remapped(pieces, merger.maps))
      case ...65_536: .uint16(remapped(pieces, merger.maps))
      default: .uint32(remapped(pieces, merger.maps))
      }
    positions = []
    return .codes(
      CategoricalColumn(positions: merged, categories: merger.categories, missing: scheme.missing))
  }

  private func packed(_ positions: [Position]) -> Positions {
    switch positions {
    case let bytes as [UInt8]: .uint8(bytes)
    case let words as [UInt16]: .uint16(words)
    default: .uint32(positions.map { UInt32(truncatingIfNeeded: $0) })
    }
  }

  private func remapped<Narrow: FixedWidthInteger & Sendable>(
    _ pieces: [CSVPiece], _ maps: [[UInt32]]
  ) -> [Narrow] {
    [Narrow](unsafeUninitializedCapacity: positions.count) { buffer, count in
      nonisolated(unsafe) let target = buffer
      let source = positions
      _ = concurrentWork(pieces.count, threads: coreCount, state: {}) { _, index in
        let piece = pieces[index]
        let map = maps[piece.thread]
        for row in piece.rows { target[row] = Narrow(truncatingIfNeeded: map[Int(source[row])]) }
      }
      count = source.count
    }
  }
}

extension CSVCodeRules {
  /// Whether codes may turn up that the scheme does not list.
  var discovers: Bool { scheme.isOpen || scheme.variable.unknown == .warn }

  /// A reader that writes the narrowest numbers that will do.
  func reader(field: Int) -> any CSVColumnReader {
    switch discovers ? Int.max : scheme.categories.count + scheme.missing.count {
    case ...256: CSVCodeReader<UInt8>(field: field, rules: self)
    case ...65_536: CSVCodeReader<UInt16>(field: field, rules: self)
    default: CSVCodeReader<UInt32>(field: field, rules: self)
    }
  }
}

/// Decodes codes on one thread.
final class CSVCodeDecoder<Position: FixedWidthInteger & Sendable>: CSVColumnDecoder,
  @unchecked Sendable
{
  private let reader: CSVCodeReader<Position>
  private let rules: CSVCodeRules
  private(set) var tally = CSVTally()
  /// The codes that the scheme does not list, in the order in which this thread met them.
  private(set) var discovered: [String] = []

  /// Positions of texts of one byte (by the byte) and of two digits (from 256), or -1. The empty
  /// text stands at 0.
  private var short = Array(repeating: Int32(-1), count: 256 + 100)
  private var table = ByteTable()

  init(_ reader: CSVCodeReader<Position>, _ rules: CSVCodeRules) {
    self.reader = reader
    self.rules = rules
    short[0] = Int32(truncatingIfNeeded: rules.scheme.categories.count)
  }

  func decode(_ fields: CSVRecords.Fields, into target: CSVTarget) {
    guard let memory = reader.memory.baseAddress?.advanced(by: target.firstRow) else { return }
    for record in 0..<target.count {
      let field = fields[record]
      var position: Int32 = -1
      if let slot = Self.shortSlot(field) { position = short[slot] }
      if position < 0 { position = decode(field, record, target) }
      memory[record] = Position(truncatingIfNeeded: position)
    }
  }

  /// The place in `short` of a field, if it has one.
  @inline(__always)
  private static func shortSlot(_ field: UnsafeRawBufferPointer) -> Int? {
    switch field.count {
    case 0: return 0
    case 1: return Int(field[0])
    case 2:
      let (tens, ones) = (field[0] &- 48, field[1] &- 48)
      return tens < 10 && ones < 10 ? 256 + Int(tens) * 10 + Int(ones) : nil
    default: return nil
    }
  }

  private func decode(
    _ field: UnsafeRawBufferPointer, _ record: Int, _ target: CSVTarget
  ) -> Int32 {
    let content = rules.dialect.content(field)
    guard !content.isEmpty else { return short[0] }
    let entry = table.value(of: content).map(Entry.init) ?? enter(field, content)
    if let kind = entry.kind { tally.add(kind, at: target.place(of: field, in: record)) }
    return entry.position
  }

  /// Decides about a text that this thread has not met before.
  private func enter(_ field: UnsafeRawBufferPointer, _ content: UnsafeRawBufferPointer) -> Entry {
    guard let text = rules.dialect.text(of: field) else { return Entry(0, .badEncoding) }
    let entry: Entry
    switch rules.outcome(of: text) {
    case .listed(let position, let isRewritten):
      entry = Entry(position, isRewritten ? .rewritten : nil)
    case .discovered(let code, let isRewritten, let isUnknown):
      let isIdentity = code.utf8.count == 11 && NationalIdentityNumber.isValid(code)
      entry = Entry(
        discover(code),
        isUnknown ? .unknownKept : isRewritten ? .rewritten : isIdentity ? .identityNumber : nil)
    case .refused(let kind, let position):
      entry = Entry(position, kind)
    }
    if entry.kind == nil, let slot = Self.shortSlot(content) {
      short[slot] = entry.position
    } else {
      table.insert(content, entry.bits)
    }
    return entry
  }

  /// The position of a code that the scheme does not list.
  private func discover(_ code: String) -> Int {
    var key = code
    return key.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      if let known = codes.value(of: bytes) { return Int(known) }
      let scheme = rules.scheme
      let position = scheme.categories.count + scheme.missing.count + discovered.count
      discovered.append(code)
      codes.insert(bytes, UInt32(truncatingIfNeeded: position))
      return position
    }
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

  /// Positions of discovered codes by canonical text.
  private var codes = ByteTable()
}
