/// The bytes of a small catalog of SAS (`.sas7bcat`), from facts about each.
///
/// pyreadstat 1.3.7 reads the same labels from every shape of them; haven 2.5.1 from those of 32 bits
/// whose least significant byte comes first, but for negative numbers and `OTHER`.
struct SASCatalogBytes {
  enum Value {
    case number(Double)
    /// A capital letter, `.` or `_`.
    case missing(Character)
    case text(String)
    /// What is no single value: the bytes behind the first 22 of an entry.
    case bytes([UInt8])
  }

  struct Format {
    var name: String
    var labels: [(value: Value, text: String)]
    /// The label of `OTHER`.
    var other: String?
    /// Entries beyond those that labels are counted for.
    var further: [Value] = []
  }

  var is64Bit = false
  var isBigEndian = false
  var isPadded = false
  /// SAS's number: 20 is UTF-8, 62 windows-1252.
  var encoding: UInt8 = 20
  var formats: [Format] = []
  var pageSize = 4096
  /// The longest stretch of a description; what is longer goes on elsewhere.
  var longestStretch = 4000

  static let yesNo = Format(
    name: "YESNO", labels: [(.number(1), "Ja"), (.number(2), "Nei")])

  private var padding: Int { isPadded ? 4 : 0 }
  private var headWidth: Int { is64Bit ? 32 : 16 }

  private func integer<T: FixedWidthInteger>(_ value: Int, _ type: T.Type) -> [UInt8] {
    let raw = T(truncatingIfNeeded: value)
    return withUnsafeBytes(of: isBigEndian ? raw.bigEndian : raw.littleEndian, Array.init)
  }

  private func short(_ value: Int) -> [UInt8] { integer(value, UInt16.self) }
  private func long(_ value: Int) -> [UInt8] { integer(value, UInt32.self) }
  private func word(_ value: Int) -> [UInt8] {
    is64Bit ? integer(value, UInt64.self) : integer(value, UInt32.self)
  }

  private static func put(_ part: [UInt8], at place: Int, of bytes: inout [UInt8]) {
    bytes.replaceSubrange(place..<place + part.count, with: part)
  }

  // MARK: The file

  var bytes: [UInt8] {
    let pages = self.pages
    var out = Array(repeating: UInt8(0), count: 1024)
    var mark = Array(SASDataBytes.small.bytes[12..<32])
    mark[3] = 0x63
    Self.put(mark, at: 12, of: &out)
    Self.put([is64Bit ? 0x33 : 0x22, 0, 0, isPadded ? 0x33 : 0x22], at: 32, of: &out)
    Self.put([isBigEndian ? 0 : 1, 2, 0x31], at: 37, of: &out)
    out[70] = encoding
    Self.put(Array("SAS FILE".utf8) + XPTBytes.padded("FORMATS", 64), at: 84, of: &out)
    Self.put(Array("CATALOG ".utf8), at: 156, of: &out)
    Self.put(long(1024) + long(pageSize) + word(pages.count), at: 196 + padding, of: &out)
    Self.put(Array("9.0401M2".utf8), at: 216 + padding + (is64Bit ? 4 : 0), of: &out)
    return out + pages.flatMap { $0 }
  }

  private var pages: [[UInt8]] {
    let empty = Array(repeating: UInt8(0), count: pageSize)
    var pages = Array(repeating: empty, count: 4)
    var place = headWidth
    /// Writes a stretch where there is room.
    func room(_ count: Int) -> (page: Int, offset: Int) {
      if place + headWidth + count > pageSize {
        pages.append(empty)
        place = headWidth
      }
      defer { place += headWidth + count }
      return (pages.count, place)
    }
    var index: (page: Int, offset: Int) = (1, 856 + 2 * padding + (is64Bit ? 144 : 0))
    let entryWidth = 212 + padding + (is64Bit ? 72 : 0)
    for format in formats {
      let bytes = description(format)
      let stretches = stride(from: 0, to: bytes.count, by: longestStretch).map {
        Array(bytes[$0..<min(bytes.count, $0 + longestStretch)])
      }
      let places = stretches.map { room($0.count) }
      for (number, stretch) in stretches.enumerated() {
        let next = number + 1 < places.count ? places[number + 1] : (page: 0, offset: 0)
        let head =
          long(next.page) + (is64Bit ? [0, 0, 0, 0] : []) + short(next.offset)
          + short(stretch.count)
        let (page, offset) = places[number]
        Self.put(head, at: offset, of: &pages[page - 1])
        Self.put(stretch, at: offset + headWidth, of: &pages[page - 1])
      }
      if index.offset + entryWidth > pageSize {
        pages += [empty, empty]
        (index, place) = ((pages.count - 2, headWidth), headWidth)
      }
      let pointer = word(places[0].page) + short(places[0].offset)
      Self.put(Array("XLSR".utf8), at: index.offset, of: &pages[index.page])
      Self.put(pointer, at: index.offset + (is64Bit ? 8 : 4), of: &pages[index.page])
      pages[index.page][index.offset + 50 + padding + (is64Bit ? 24 : 0)] = UInt8(ascii: "O")
      index.offset += entryWidth
    }
    return pages
  }

  // MARK: A format

  private func description(_ format: Format) -> [UInt8] {
    var out = Array(repeating: UInt8(0), count: is64Bit ? 138 : 106)
    let isLong = format.name.utf8.count > 8
    let first = format.other == nil ? 0 : 1
    Self.put(short(isLong ? (is64Bit ? 0x20 : 0x80) : 0), at: 2, of: &out)
    Self.put(XPTBytes.padded(format.name, 8), at: 8, of: &out)
    Self.put(
      word(format.labels.count + format.further.count), at: is64Bit ? 42 : 38, of: &out)
    Self.put(word(format.labels.count + first), at: is64Bit ? 50 : 42, of: &out)
    Self.put(word(first), at: is64Bit ? 74 : 66, of: &out)
    if isLong { out += XPTBytes.padded(format.name, 32) }
    for (number, label) in format.labels.enumerated() {
      out += entry(label.value, label: number + first)
    }
    for value in format.further { out += entry(value, label: 0) }
    for text in [format.other].compactMap({ $0 }) + format.labels.map(\.text) {
      let bytes = encoding == 20 ? Array(text.utf8) : SAVBytes.latin1(text)
      out += Array(repeating: 0, count: 8) + short(bytes.count) + bytes + [0]
    }
    return out
  }

  private func entry(_ value: Value, label: Int) -> [UInt8] {
    let bytes: [UInt8]
    switch value {
    case .number(let number):
      let bits = number.bitPattern
      bytes = Self.big(bits >> 63 == 0 ? bits ^ 1 << 63 : ~bits)
    case .missing(let tag):
      let letter = UInt64(tag.asciiValue ?? 0)
      let code = tag == "_" ? 0 : tag == "." ? 1 : letter - 0x41 + 2
      bytes = Self.big(code << 40 | 0xFF_FFFF_FFFF)
    case .text(let text): bytes = XPTBytes.padded(text, max(16, text.utf8.count + 6))
    case .bytes(let other): bytes = other
    }
    var out = Array(repeating: UInt8(0), count: 22)
    Self.put(short(16 + bytes.count), at: 2, of: &out)
    Self.put(long(label), at: 10 + padding, of: &out)
    return out + bytes
  }

  static func big(_ bits: UInt64) -> [UInt8] { withUnsafeBytes(of: bits.bigEndian, Array.init) }
}
