internal import SurveyData

/// The first 176 bytes of an SPSS system file.
struct SPSSHeader {
  enum Compression { case none, bytecodes, deflated }

  let isBigEndian: Bool
  let compression: Compression
  /// The position of the weight among the dictionary's elements, from 1; 0 when there is none.
  let weightElement: Int
  /// The number of cases; nil when the file does not say.
  var caseCount: Int?
  /// What is subtracted from the bytecode of a small whole number.
  let bias: Double
  let fileLabel: UnsafeRawBufferPointer

  /// Reads the header and leaves the reader behind it.
  init(_ reader: inout ByteReader) throws {
    let magic = Self.magic(reader.bytes)
    guard magic == "$FL2" || magic == "$FL3" else {
      throw Self.notSPSS(reader.bytes, path: reader.path)
    }
    try reader.skip(4 + 60)
    let layout = try reader.integer(Int32.self)
    switch layout {
    case 2, 3: isBigEndian = false
    case Int32(2).byteSwapped, Int32(3).byteSwapped: isBigEndian = true
    default: throw reader.damage("has the layout code \(layout), not 2 or 3")
    }
    reader.isBigEndian = isBigEndian
    try reader.skip(4)
    switch (try reader.int32(), magic) {
    case (2, _), (_, "$FL3"): compression = .deflated
    case (1, _): compression = .bytecodes
    case (0, _): compression = .none
    case (let other, _): throw reader.damage("has the compression \(other), not 0, 1 or 2")
    }
    weightElement = try reader.int32()
    let cases = try reader.int32()
    caseCount = cases >= 0 ? cases : nil
    bias = try reader.double()
    try reader.skip(9 + 8)
    fileLabel = try reader.take(64)
    try reader.skip(3)
  }

  private static func magic(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix(4), as: UTF8.self)
  }

  private static func notSPSS(_ bytes: UnsafeRawBufferPointer, path: String) -> SurveyError {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]), bytes.dropFirst(3).starts(with: "$FL".utf8) {
      return SurveyError(
        .data, at: path, "begins with a byte order mark before the SPSS signature",
        remedy: "A program took the file for text; remove the first three bytes, or fetch it again."
      )
    }
    if bytes.starts(with: [0x1F, 0x8B]) || bytes.starts(with: "PK".utf8) {
      return SurveyError(
        .data, at: path, "is an archive, not an SPSS file", remedy: "Unpack it first.")
    }
    return SurveyError(
      .data, at: path, "is not an SPSS file: it begins with neither '$FL2' nor '$FL3'")
  }
}
