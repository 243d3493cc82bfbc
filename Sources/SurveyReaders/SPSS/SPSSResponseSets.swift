internal import SurveyData

/// One multiple-response set of records 7/7 and 7/19.
struct SPSSResponseSet {
  var name: String
  var label: String
  /// The value that counts as chosen; nil for a set of categories.
  var counted: String?
  var members: [String]

  /// Parses `$NAME=C 5 Label VAR VAR` and `$NAME=D1 1 5 Label VAR VAR` lines; lines that are
  /// something else are left out.
  static func parse(_ data: UnsafeRawBufferPointer, text: (UnsafeRawBufferPointer) -> String?)
    -> [SPSSResponseSet]
  {
    var sets: [SPSSResponseSet] = []
    var cursor = Cursor(bytes: data)
    while let name = cursor.take(until: UInt8(ascii: "=")) {
      guard let kind = cursor.next() else { break }
      var counted: String?
      switch kind {
      case UInt8(ascii: "C"): cursor.skipSpace()
      case UInt8(ascii: "E"):
        cursor.skipSpace()
        _ = cursor.take(until: 0x20)
        fallthrough
      case UInt8(ascii: "D"):
        guard let value = cursor.takeCounted() else { return sets }
        counted = text(value)?.trimmed
        cursor.skipSpace()
      default: return sets
      }
      guard let label = cursor.takeCounted(), let members = cursor.takeLine(),
        let setName = text(name), let setLabel = text(label)
      else { break }
      sets.append(
        SPSSResponseSet(
          name: setName.drop { $0 == "$" || $0.isWhitespace }.description, label: setLabel,
          counted: counted,
          members: members.split(separator: 0x20).compactMap {
            text(UnsafeRawBufferPointer(rebasing: $0))
          }))
    }
    return sets
  }

  /// A place in the record's bytes.
  private struct Cursor {
    let bytes: UnsafeRawBufferPointer
    var offset = 0

    mutating func next() -> UInt8? {
      guard offset < bytes.count else { return nil }
      defer { offset += 1 }
      return bytes[offset]
    }

    mutating func skipSpace() {
      while offset < bytes.count, bytes[offset] == 0x20 { offset += 1 }
    }

    mutating func take(until end: UInt8) -> UnsafeRawBufferPointer? {
      guard let stop = bytes[offset...].firstIndex(of: end) else { return nil }
      defer { offset = stop + 1 }
      return UnsafeRawBufferPointer(rebasing: bytes[offset..<stop])
    }

    /// `5 Label`: a length, a space and so many bytes.
    mutating func takeCounted() -> UnsafeRawBufferPointer? {
      guard let digits = take(until: 0x20),
        let length = Int(String(decoding: digits, as: UTF8.self)), length >= 0,
        length <= bytes.count - offset
      else { return nil }
      defer { offset += length }
      return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
    }

    mutating func takeLine() -> UnsafeRawBufferPointer? {
      guard offset <= bytes.count else { return nil }
      let stop = bytes[offset...].firstIndex { $0 == 0x0A || $0 == 0 } ?? bytes.count
      defer { offset = min(stop + 1, bytes.count) }
      return UnsafeRawBufferPointer(rebasing: bytes[offset..<stop])
    }
  }
}

extension String {
  /// The text without spaces at its ends.
  var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
