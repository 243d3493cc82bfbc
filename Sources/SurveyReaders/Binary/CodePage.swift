internal import Glibc
internal import SurveyData

/// How the text of an SPSS or Stata file turns into characters.
package struct CodePage: Sendable {
  private enum Kind: Sendable {
    case utf8
    /// UTF-8 where the bytes are valid, otherwise windows-1252: for files that do not say.
    case detected
    case table([Unicode.Scalar])
  }

  /// The encoding's name, such as `utf-8`.
  package let name: String
  private let kind: Kind
  private let isLossy: Bool

  /// An encoding by its name; nil when it is not known or not of one byte a character.
  package init?(_ name: String, lossy: Bool = false) {
    isLossy = lossy
    switch name.lowercased().filter({ $0 != "-" && $0 != "_" && $0 != " " }) {
    case "utf8", "cp65001":
      self.name = "utf-8"
      kind = .utf8
    case "windows1252", "cp1252", "1252":
      self.name = "windows-1252"
      kind = .table(Self.windows1252)
    case "latin1", "iso88591", "l1":
      self.name = "iso-8859-1"
      kind = .table((0...255).map { Unicode.Scalar(UInt8($0)) })
    default:
      guard let table = Self.table(of: name) else { return nil }
      self.name = name.lowercased()
      kind = .table(table)
    }
  }

  private init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
    isLossy = false
  }

  /// UTF-8 where the bytes are valid, otherwise windows-1252.
  package static let detected = Self(name: "undeclared", kind: .detected)

  /// Whether the file does not say what its bytes mean.
  package var isDetected: Bool { if case .detected = kind { true } else { false } }

  /// The text of some bytes; nil when they are not valid in the encoding.
  package func text(_ bytes: UnsafeRawBufferPointer) -> String? {
    switch kind {
    case .utf8:
      if isLossy { return String(decoding: bytes, as: UTF8.self) }
      return String(validating: bytes, as: UTF8.self)
    case .detected:
      return String(validating: bytes, as: UTF8.self) ?? Self.decode(bytes, Self.windows1252)
    case .table(let table):
      return Self.decode(bytes, table)
    }
  }

  private static func decode(_ bytes: UnsafeRawBufferPointer, _ table: [Unicode.Scalar]) -> String {
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(table[Int(byte)]) }
    return String(text)
  }

  /// Code page 1252; its five unused bytes are control characters as in every browser.
  private static let windows1252: [Unicode.Scalar] = {
    var table = (0...255).map { Unicode.Scalar(UInt8($0)) }
    let specials: [Unicode.Scalar] = [
      "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž", "\u{8F}",
      "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
    ]
    table.replaceSubrange(0x80..<0xA0, with: specials)
    return table
  }()

  /// The table of another one-byte encoding that the system knows.
  private static func table(of name: String) -> [Unicode.Scalar]? {
    guard name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }),
      let converter = iconv_open("UTF-32LE", name), converter != iconv_t(bitPattern: -1)
    else { return nil }
    defer { iconv_close(converter) }
    var table: [Unicode.Scalar] = []
    for byte in UInt8.min...UInt8.max {
      var input = [CChar(bitPattern: byte)]
      var scalars = [UInt32](repeating: 0xFFFD, count: 2)
      let failed = input.withUnsafeMutableBufferPointer { source in
        scalars.withUnsafeMutableBytes { target in
          var from = source.baseAddress
          var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
          var fromLeft = 1
          var toLeft = 8
          return iconv(converter, &from, &fromLeft, &to, &toLeft) == -1
        }
      }
      guard byte >= 0x80 || !failed else { return nil }
      table.append(failed ? "\u{FFFD}" : Unicode.Scalar(scalars[0]) ?? "\u{FFFD}")
    }
    return table.prefix(0x80).enumerated().allSatisfy { $0.offset == Int($0.element.value) }
      && table.suffix(0x80).contains { $0 != "\u{FFFD}" } ? table : nil
  }
}

extension UnsafeRawBufferPointer {
  /// The bytes without the spaces and NULs that pad them at the end.
  package var withoutPadding: UnsafeRawBufferPointer {
    var end = count
    while end > 0, self[end - 1] == 0x20 || self[end - 1] == 0 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: self[..<end])
  }

  /// The bytes before the first NUL.
  package var untilNUL: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[..<(firstIndex(of: 0) ?? count)])
  }
}
