internal import SurveyData

/// The header of a SAS data set or catalog: how wide and in which order its integers are, and its
/// pages.
struct SASDataHeader {
  /// What every data set begins with.
  static let mark: [UInt8] =
    Array(repeating: 0, count: 12) + [
      0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF, 0xBD, 0x92, 0x08, 0x00, 0x09, 0xC7, 0x31,
      0x8C, 0x18, 0x1F, 0x10, 0x11,
    ]

  let isBigEndian: Bool
  let is64Bit: Bool
  /// Bytes that stand before the sizes, and in the entries of a catalog: 0 or 4.
  let padding: Int
  /// SAS's number of the encoding.
  let encoding: UInt8
  /// Where the pages start.
  let size: Int
  let pageSize: Int
  let pageCount: Int
  /// Whether rows of a page may start where they would not be aligned.
  let isOfStatTransfer: Bool

  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: mark) }

  init(_ file: FileBytes) throws {
    var reader = ByteReader(file.bytes, path: file.path)
    let start = try reader.take(164)
    is64Bit = start[32] == 0x33
    guard start[37] <= 1 else { throw reader.damage("has the byte order \(start[37])") }
    isBigEndian = start[37] == 0
    encoding = start[70]
    guard start[part: 84..<92].elementsEqual("SAS FILE".utf8) else {
      throw reader.damage("lacks the words 'SAS FILE'")
    }
    reader.isBigEndian = isBigEndian
    padding = start[35] == 0x33 ? 4 : 0
    try reader.move(to: 196 + padding)
    size = try reader.int32()
    pageSize = try reader.int32()
    let pages = is64Bit ? try reader.integer(Int64.self) : Int64(try reader.int32())
    try reader.move(to: 216 + padding + (is64Bit ? 4 : 0))
    isOfStatTransfer = try reader.take(8).elementsEqual("9.0000M0".utf8)
    guard 288...max(288, file.bytes.count) ~= size else { throw reader.damage("has \(size) bytes") }
    guard pageSize >= 256 else { throw reader.damage("has pages of \(pageSize) bytes") }
    let room = (file.bytes.count - size) / pageSize
    guard 0...Int64(room) ~= pages else {
      throw SurveyError(
        .data, at: file.path,
        "is cut short or damaged: it announces \(pages) pages, but holds \(max(0, room))",
        remedy: "Fetch it again.")
    }
    pageCount = Int(pages)
  }
}
