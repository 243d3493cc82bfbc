/// How the text of an SPSS, SAS or Stata file turns into characters.
package struct CodePage: Sendable {
  private enum Kind: Sendable {
    case utf8
    /// UTF-8 where the bytes are valid, otherwise windows-1252: for files that do not say.
    case detected
    case table([Unicode.Scalar])
    /// Characters of one byte and of several.
    case converted(TextConverter)
  }

  /// What is to be known of a text that was read.
  package enum Soundness: Sendable {
    /// It is what the bytes say.
    case sound
    /// It ended in the middle of a letter, which was left out.
    case cut
    /// Nobody says how it is encoded: it is no UTF-8, and was read as windows-1252.
    case guessed
    /// It is UTF-8 with letters beyond ASCII, where nobody says so.
    case unicode
  }

  /// The encoding's name, such as `utf-8`.
  package let name: String
  private let kind: Kind
  private let isLossy: Bool

  /// An encoding by its name; nil when it is not known, or ASCII is not ASCII in it.
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
      guard let converter = TextConverter(name) else { return nil }
      self.name = name.lowercased()
      kind = converter.table.map(Kind.table) ?? .converted(converter)
    }
  }

  private init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
    isLossy = false
  }

  /// UTF-8 where the bytes are valid, otherwise windows-1252.
  ///
  /// - Parameter name: What the file's format says that text is; nil where it says nothing.
  package static func detected(besides name: String? = nil) -> Self {
    Self(name: name ?? "undeclared", kind: .detected)
  }

  /// The text of some bytes; nil when they are not valid in the encoding.
  package func text(_ bytes: UnsafeRawBufferPointer) -> String? { reading(bytes)?.text }

  /// The text of some bytes and whether it is whole; nil when they are not valid in the encoding.
  package func reading(
    _ bytes: UnsafeRawBufferPointer
  ) -> (text: String, soundness: Soundness)? {
    if bytes.allSatisfy({ $0 < 0x80 && $0 != 0x1B }) {
      return (String(decoding: bytes, as: UTF8.self), .sound)
    }
    switch kind {
    case .utf8:
      if let text = String(validating: bytes, as: UTF8.self) { return (text, .sound) }
      if let text = Self.cutText(bytes) { return (text, .cut) }
      return isLossy ? (String(decoding: bytes, as: UTF8.self), .sound) : nil
    case .detected:
      if let text = String(validating: bytes, as: UTF8.self) { return (text, .unicode) }
      if let text = Self.cutText(bytes), text.utf8.contains(where: { $0 >= 0x80 }) {
        return (text, .cut)
      }
      return (Self.decode(bytes, Self.windows1252), .guessed)
    case .table(let table):
      return (Self.decode(bytes, table), .sound)
    case .converted(let converter):
      return converter.text(bytes, lossy: isLossy).map { ($0.text, $0.isCut ? .cut : .sound) }
    }
  }

  /// The text before a letter of UTF-8 whose last bytes are not there; nil for other faults.
  private static func cutText(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard let lead = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return nil }
    let length =
      switch bytes[lead] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard bytes.count - lead < length else { return nil }
    return String(validating: UnsafeRawBufferPointer(rebasing: bytes[..<lead]), as: UTF8.self)
  }

  private static func decode(_ bytes: UnsafeRawBufferPointer, _ table: [Unicode.Scalar]) -> String {
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
