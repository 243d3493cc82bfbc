/// The bytes of a small SAS data set (`.sas7bdat`), from facts about each.
struct SASDataBytes {
  enum Compression: String { case runs = "SASYZCRL", repetitions = "SASYZCR2" }

  var is64Bit = false
  var isBigEndian = false
  /// Whether four bytes stand before the sizes in the header, as on most machines of 64 bits.
  var isPadded = true
  var compression: Compression?
  /// SAS's number: 20 is UTF-8.
  var encoding: UInt8 = 20
  var title = ""
  var variables: [SASField] = []
  var rows: [[SASCell]] = []
  var pageSize = 4096
  /// Rows that are marked as deleted.
  var deleted: Set<Int> = []
  /// What is said of rows, deleted ones and pages; nil is what is right.
  var announcedRows: Int?
  var announcedDeletions: Int?
  var announcedPages: Int?
  /// What kind the first page says that it is; nil is the right one.
  var firstPageType: Int?

  /// One variable with one answer.
  static var small: SASDataBytes {
    SASDataBytes(variables: [SASField(name: "X")], rows: [[.number(7)]])
  }

  private var word: Int { is64Bit ? 8 : 4 }
  private var pageStart: Int { is64Bit ? 40 : 24 }
  private var pointerWidth: Int { is64Bit ? 24 : 12 }
  private var rowWidth: Int { variables.reduce(0) { $0 + $1.width } }

  func integer<T: FixedWidthInteger>(_ value: Int, _ type: T.Type) -> [UInt8] {
    let raw = T(truncatingIfNeeded: value)
    return withUnsafeBytes(of: isBigEndian ? raw.bigEndian : raw.littleEndian, Array.init)
  }

  private func short(_ value: Int) -> [UInt8] { integer(value, UInt16.self) }
  private func long(_ value: Int) -> [UInt8] { integer(value, UInt32.self) }
  private func wide(_ value: Int) -> [UInt8] {
    is64Bit ? integer(value, UInt64.self) : integer(value, UInt32.self)
  }

  // MARK: The file

  var bytes: [UInt8] {
    let pages = self.pages
    return header(pages: announcedPages ?? pages.count) + pages.flatMap { $0 }
  }

  private func header(pages: Int) -> [UInt8] {
    var out =
      Array(repeating: UInt8(0), count: 12) + [
        0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF, 0xBD, 0x92, 0x08, 0x00, 0x09, 0xC7, 0x31,
        0x8C, 0x18, 0x1F, 0x10, 0x11,
      ]
    out += [is64Bit ? 0x33 : 0x22, 0, 0, isPadded ? 0x33 : 0x22, 0, isBigEndian ? 0 : 1, 2, 0x31]
    out = SAVBytes.padded(out, 70, with: 0) + [encoding]
    out = SAVBytes.padded(out, 84, with: 0) + Array("SAS FILE".utf8)
    out += XPTBytes.padded("ANSWERS", 64) + XPTBytes.padded("DATA", 8)
    out = SAVBytes.padded(out, 196 + (isPadded ? 4 : 0), with: 0)
    out += long(1024) + long(pageSize) + wide(pages)
    out = SAVBytes.padded(out, 216 + (isPadded ? 4 : 0) + (is64Bit ? 4 : 0), with: 0)
    return SAVBytes.padded(out + Array("9.0401M2".utf8), 1024, with: 0)
  }

  private var pages: [[UInt8]] {
    guard let compression else { return plainPages }
    let parts =
      descriptions(rowsOnFirstPage: 0).map { Part($0) }
      + rows.map { cells in
        let plain = row(cells)
        let small = compression == .runs ? SASPacker.runs(plain) : SASPacker.repetitions(plain)
        return small.count < plain.count ? Part(small, 4, 1) : Part(plain, 0, 1)
      }
    var pages: [[UInt8]] = []
    var waiting: [Part] = []
    var used = pageStart
    for part in parts {
      if used + part.bytes.count + 2 * pointerWidth > pageSize {
        pages.append(page(firstPageType ?? 0, parts: waiting, rows: []))
        (waiting, used) = ([], pageStart)
      }
      waiting.append(part)
      used += part.bytes.count + pointerWidth
    }
    pages.append(page(0, parts: waiting, rows: []))
    return pages
  }

  private var plainPages: [[UInt8]] {
    let parts = descriptions(rowsOnFirstPage: 0).map { Part($0) }
    let taken =
      pageStart + pointerWidth * (parts.count + 1) + 16 + parts.reduce(0) { $0 + $1.bytes.count }
    var left = Array(rows.enumerated())[...]
    var pages: [[UInt8]] = []
    func take(_ room: Int) -> [(Int, [UInt8])] {
      // Marks of deleted rows stand behind them, a bit a row.
      let count = min(left.count, max(0, room) * 8 / (rowWidth * 8 + 1))
      defer { left = left.dropFirst(count) }
      return left.prefix(count).map { ($0.offset, row($0.element)) }
    }
    let first = take(pageSize - taken)
    let described = descriptions(rowsOnFirstPage: first.count).map { Part($0) }
    pages.append(page(firstPageType ?? 0x200, parts: described, rows: first))
    while !left.isEmpty {
      pages.append(page(0x100, parts: [], rows: take(pageSize - pageStart - 8)))
    }
    return pages
  }

  /// A part of a page that a pointer leads to.
  private struct Part {
    let bytes: [UInt8]
    let compression: UInt8
    let type: UInt8

    init(_ bytes: [UInt8], _ compression: UInt8 = 0, _ type: UInt8 = 0) {
      self.bytes = bytes
      self.compression = compression
      self.type = type
    }
  }

  private func page(_ type: Int, parts: [Part], rows: [(number: Int, bytes: [UInt8])]) -> [UInt8] {
    let hasDeleted = rows.contains { deleted.contains($0.number) }
    // A page's parts end with one of no length.
    let count = parts.isEmpty ? 0 : parts.count + 1
    var out: [UInt8] = Array(repeating: 0, count: is64Bit ? 32 : 16)
    out +=
      short(type | (hasDeleted ? 0x80 : 0)) + short(count + rows.count) + short(count) + [0, 0]
    var end = pageSize
    for part in parts {
      end -= part.bytes.count
      out += wide(end) + wide(part.bytes.count) + [part.compression, part.type]
      out += Array(repeating: 0, count: is64Bit ? 6 : 2)
    }
    if count > 0 {
      out += wide(end) + wide(0) + [1, 0] + Array(repeating: 0, count: is64Bit ? 6 : 2)
    }
    if out.count % 8 == 4 { out += [0, 0, 0, 0] }
    out += rows.flatMap(\.bytes)
    if hasDeleted {
      var marks = [UInt8](repeating: 0, count: (rows.count + 7) / 8)
      for (place, row) in rows.enumerated() where deleted.contains(row.number) {
        marks[place / 8] |= 0x80 >> UInt8(place % 8)
      }
      out += marks
    }
    out = SAVBytes.padded(out, end, with: 0)
    return out + parts.reversed().flatMap(\.bytes)
  }

  // MARK: Descriptions

  /// Two blocks of texts: names, and the rest.
  private struct Texts {
    var block: [UInt8] = Array(repeating: 0, count: 8)

    mutating func add(_ text: String) -> (offset: Int, length: Int) {
      guard !text.isEmpty else { return (0, 0) }
      let offset = block.count
      block += SAVBytes.padded(Array(text.utf8), (text.utf8.count + 3) / 4 * 4, with: 0)
      return (offset, text.utf8.count)
    }
  }

  private func signature(_ number: Int) -> [UInt8] { wide(number) }

  private func place(_ block: Int, _ text: (offset: Int, length: Int)) -> [UInt8] {
    short(text.length == 0 ? 0 : block) + short(text.offset) + short(text.length)
  }

  private func descriptions(rowsOnFirstPage: Int) -> [[UInt8]] {
    var names = Texts()
    var labels = Texts()
    let compressionText = names.add(compression?.rawValue ?? "")
    let titleText = labels.add(title)
    let zeros = { (count: Int) in [UInt8](repeating: 0, count: count) }
    var nameList = signature(-1) + zeros(8)
    var attributes = signature(-4) + zeros(8)
    var formats: [[UInt8]] = []
    var offset = 0
    for variable in variables {
      nameList += place(0, names.add(variable.name)) + [0, 0]
      attributes += wide(offset) + long(variable.width) + short(4)
      attributes += [variable.isText ? 2 : 1, 0]
      offset += variable.width
      var format = SAVBytes.padded(signature(-0x402), is64Bit ? 24 : 12, with: 0)
      format += short(variable.formatWidth) + short(variable.decimals)
      format = SAVBytes.padded(format, is64Bit ? 46 : 34, with: 0)
      format += place(1, labels.add(variable.format)) + place(1, labels.add(variable.label))
      formats.append(SAVBytes.padded(format, is64Bit ? 64 : 52, with: 0))
    }
    nameList = sized(nameList + zeros(word + 4))
    attributes = sized(attributes + zeros(word + 4))
    var size = signature(0xF7F7_F7F7) + zeros(4 * word) + wide(rowWidth)
    size += wide(announcedRows ?? rows.count) + wide(announcedDeletions ?? deleted.count)
    size += wide(0) + wide(variables.count) + wide(0) + zeros(2 * word) + wide(pageSize) + wide(0)
    size += wide(rowsOnFirstPage)
    size = SAVBytes.padded(size, is64Bit ? 678 : 350, with: 0)
    size += place(1, titleText) + zeros(6) + place(0, compressionText)
    size = SAVBytes.padded(size, is64Bit ? 808 : 480, with: 0)
    let columns = signature(0xF6F6_F6F6) + wide(variables.count) + wide(0)
    return [size, columns] + [names, labels].map(block) + [nameList, attributes] + formats
  }

  private func block(_ texts: Texts) -> [UInt8] {
    sized(signature(-3) + texts.block + Array(repeating: 0, count: word + 4))
  }

  /// A list with its own length behind the signature, less what stands around it.
  private func sized(_ list: [UInt8]) -> [UInt8] {
    var list = list
    list.replaceSubrange(word..<word + 2, with: short(list.count - 4 - 2 * word))
    return list
  }

  // MARK: Rows

  private func row(_ cells: [SASCell]) -> [UInt8] {
    zip(variables, cells).flatMap { variable, cell -> [UInt8] in
      switch cell {
      case .number(let number): return self.number(number.bitPattern, variable.width)
      case .missing(let tag):
        let letter = UInt64(tag.asciiValue ?? 0)
        let code = tag == "_" ? 0 : tag == "." ? 1 : letter - 0x41 + 2
        return self.number(0xFFFF_0000_0000_0000 | (0xFF - code) << 40, variable.width)
      case .text(let text): return SAVBytes.padded(Array(text.utf8), variable.width)
      case .bytes(let bytes): return SAVBytes.padded(bytes, variable.width)
      }
    }
  }

  /// The leading bytes of a number, in the file's order.
  private func number(_ bits: UInt64, _ width: Int) -> [UInt8] {
    let leading = withUnsafeBytes(of: bits.bigEndian) { Array($0.prefix(width)) }
    return isBigEndian ? leading : leading.reversed()
  }
}
