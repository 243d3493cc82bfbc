internal import SurveyData

/// The texts of type `strL`, found by the variable and row that first held them.
struct StataLongTexts {
  private var places: [UInt64: Range<Int>] = [:]
  private let file: FileBytes
  private let version: Int
  private let isBigEndian: Bool

  /// - Throws: ``SurveyError`` when the section is damaged.
  init(_ file: FileBytes, dictionary: StataDictionary) throws {
    self.file = file
    version = dictionary.layout.version
    isBigEndian = dictionary.isBigEndian
    guard let offset = dictionary.longTextOffset else { return }
    var reader = ByteReader(
      file.bytes, path: file.path, offset: offset, isBigEndian: isBigEndian, section: "long texts")
    while true {
      let tag = String(decoding: try reader.take(3), as: UTF8.self)
      guard tag == "GSO" else {
        guard tag == "</s" else { throw reader.damage("are not closed") }
        return
      }
      let variable = UInt64(try reader.integer(UInt32.self))
      let row =
        version >= 118
        ? try reader.integer(UInt64.self) : UInt64(try reader.integer(UInt32.self))
      let kind = try reader.integer(UInt8.self)
      let length = try reader.count(ofSize: 1)
      let start = reader.offset
      try reader.skip(length)
      // Kind 130 ends with a NUL, kind 129 is binary.
      places[Self.key(variable, row)] = start..<start + max(0, kind == 130 ? length - 1 : length)
    }
  }

  /// The text that the eight bytes of a cell point to; nil when it is not there.
  func text(at cell: UnsafeRawPointer) -> UnsafeRawBufferPointer? {
    let raw = cell.loadUnaligned(as: UInt64.self)
    if raw == 0 { return UnsafeRawBufferPointer(start: nil, count: 0) }
    // Some writers, such as haven 2.5, give format 119 the widths of 118.
    let widths: [UInt64] = version >= 119 ? [24, 16] : version == 118 ? [16] : [32]
    let place = widths.lazy.compactMap { places[key(raw, width: $0)] }.first
    return place.map { UnsafeRawBufferPointer(rebasing: file.bytes[$0]) }
  }

  /// A reference's variable takes four bytes in format 117, two in 118 and three in 119; the row
  /// takes the rest.
  private func key(_ raw: UInt64, width bits: UInt64) -> UInt64 {
    if isBigEndian {
      let value = raw.bigEndian
      return Self.key(value >> (64 - bits), value & (UInt64.max >> bits))
    }
    let value = raw.littleEndian
    return Self.key(value & (1 << bits - 1), value >> bits)
  }

  private static func key(_ variable: UInt64, _ row: UInt64) -> UInt64 {
    variable << 40 ^ row
  }
}
