internal import SurveyData

/// One page of a SAS data set: descriptions of the table, rows, or both.
struct SASPage {
  /// A stretch of the page, by its place in the page.
  struct Subheader {
    enum Kind { case plain, removed, compressed }

    let offset: Int
    let length: Int
    let kind: Kind
    /// Whether it is of the kind that rows of compressed tables are.
    let mayBeRow: Bool
  }

  let bytes: UnsafeRawBufferPointer
  /// Where the page stands in the file.
  let offset: Int
  let subheaders: [Subheader]
  /// Rows that follow one another; 0 on pages without.
  let rowCount: Int
  /// Where they start, from the start of the page.
  let rowOffset: Int
  /// Whether some rows are marked as deleted.
  let hasDeletions: Bool
  /// How far behind the rows the marks stand.
  private let deletionOffset: Int
  /// Whether it may hold compressed rows.
  let mayHoldRows: Bool

  /// - Parameter number: The page's number, from 0.
  init(_ number: Int, of file: FileBytes, header: SASDataHeader) throws {
    offset = header.size + number * header.pageSize
    bytes = file.bytes[part: offset..<offset + header.pageSize]
    var reader = ByteReader(
      bytes, path: file.path, offset: header.is64Bit ? 32 : 16, isBigEndian: header.isBigEndian,
      section: "header of page \(number + 1)")
    let type = try reader.integer(UInt16.self)
    let blocks = Int(try reader.integer(UInt16.self))
    let listed = Int(try reader.integer(UInt16.self))
    try reader.skip(2)
    let isPlain = type & 0xF000 == 0 || type & 0xF000 == 0x4000
    hasDeletions = isPlain && type & 0x80 != 0
    let holdsRows = isPlain && (type & 0x0F00 == 0x0100 || type & 0x0F00 == 0x0200)
    mayHoldRows = isPlain && type & 0x0F00 != 0x0400
    guard isPlain, type & 0x0F00 != 0x0100 else {
      // Pages of rows only, and pages of indexes and the like.
      subheaders = []
      rowCount = holdsRows ? blocks : 0
      rowOffset = reader.offset
      deletionOffset = try Self.deletionOffset(&reader, header)
      return
    }
    let width = header.is64Bit ? 24 : 12
    guard listed <= reader.remaining / width else { throw reader.damage("lists \(listed) parts") }
    subheaders = try (0..<listed).map { _ in try Self.subheader(&reader, header) }
    rowCount = holdsRows ? max(0, blocks - listed) : 0
    var start = reader.offset
    if start % 8 == 4, !header.isOfStatTransfer || Self.isPadding(bytes, at: start) { start += 4 }
    rowOffset = start
    deletionOffset = try Self.deletionOffset(&reader, header)
  }

  private static func subheader(
    _ reader: inout ByteReader, _ header: SASDataHeader
  ) throws -> Subheader {
    let offset = try reader.word(header)
    let length = try reader.word(header)
    let compression = try reader.integer(UInt8.self)
    let type = try reader.integer(UInt8.self)
    try reader.skip(header.is64Bit ? 6 : 2)
    let kind: Subheader.Kind
    switch compression {
    case 0: kind = length == 0 ? .removed : .plain
    case 1: kind = .removed
    case 4: kind = .compressed
    default: throw reader.damage("has a part of the unknown kind \(compression)")
    }
    guard kind == .removed || offset <= reader.bytes.count && length <= reader.bytes.count - offset
    else { throw reader.damage("has a part beyond its end") }
    return Subheader(offset: offset, length: length, kind: kind, mayBeRow: type == 1)
  }

  private static func isPadding(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    guard place + 4 <= bytes.count else { return false }
    let four = bytes[place..<place + 4]
    return four.allSatisfy { $0 == 0 } || four.allSatisfy { $0 == 0x20 }
  }

  private static func deletionOffset(
    _ reader: inout ByteReader, _ header: SASDataHeader
  ) throws -> Int {
    try reader.move(to: header.is64Bit ? 24 : 12)
    return Int(try reader.integer(UInt32.self))
  }

  /// Whether each of the page's rows is marked as deleted: one bit a row, the highest first.
  func deletions(rowWidth: Int, path: String) throws -> [Bool] {
    guard hasDeletions, rowCount > 0 else { return Array(repeating: false, count: rowCount) }
    var reader = ByteReader(bytes, path: path, section: "marks of deleted rows")
    try reader.move(to: rowOffset + rowCount * rowWidth + deletionOffset)
    let marks = try reader.take((rowCount + 7) / 8)
    return (0..<rowCount).map { marks[$0 / 8] & (0x80 >> UInt8($0 % 8)) != 0 }
  }
}

extension ByteReader {
  /// The next integer of the file's own width; more than the file is long is damage.
  mutating func word(_ header: SASDataHeader) throws -> Int {
    let value =
      header.is64Bit
      ? try integer(UInt64.self) : UInt64(try integer(UInt32.self))
    guard let number = Int(exactly: value) else { throw damage("holds the number \(value)") }
    return number
  }
}
