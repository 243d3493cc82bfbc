/// An encoding of CSV text in which ASCII characters are single bytes; UTF-16 is converted first.
enum CSVEncoding: String, Sendable {
  case utf8 = "utf-8"
  case windows1252 = "windows-1252"
  case latin1 = "iso-8859-1"
  case latin9 = "iso-8859-15"

  /// The encoding of a name that people use; nil when the name is unknown.
  init?(named name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8", "ascii", "us-ascii": self = .utf8
    case "windows-1252", "cp1252", "ansi", "1252": self = .windows1252
    case "latin1", "latin-1", "iso-8859-1", "iso8859-1": self = .latin1
    case "latin9", "latin-9", "iso-8859-15", "iso8859-15": self = .latin9
    default: return nil
    }
  }

  /// The text of bytes; nil when they are not valid in the encoding.
  func text(_ bytes: UnsafeRawBufferPointer) -> String? {
    switch self {
    case .utf8: bytes.withMemoryRebound(to: UInt8.self) { String(validating: $0, as: UTF8.self) }
    case .latin1: Self.text(bytes) { Unicode.Scalar($0) }
    case .latin9: Self.text(bytes) { Self.euroSet[$0] ?? Unicode.Scalar($0) }
    case .windows1252:
      Self.text(bytes) {
        0x80..<0xA0 ~= $0 ? Self.windowsSet[Int($0) - 0x80] : Unicode.Scalar($0)
      }
    }
  }

  private static func text(
    _ bytes: UnsafeRawBufferPointer, _ scalar: (UInt8) -> Unicode.Scalar
  ) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(scalar(byte)) }
    return String(text)
  }

  private static let euroSet: [UInt8: Unicode.Scalar] = [
    0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
  ]

  /// Bytes 0x80 to 0x9F; the five that windows-1252 leaves open are control characters.
  private static let windowsSet = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
}
