/// Bytes of a file that is being made, least significant first.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func integer<T: FixedWidthInteger>(_ value: Int, as type: T.Type) {
    withUnsafeBytes(of: T(truncatingIfNeeded: value).littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func int32(_ value: Int) { integer(value, as: Int32.self) }

  mutating func double(_ value: Double) {
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Text in UTF-8, cut or padded to a width.
  mutating func text(_ text: String, width: Int, padding: UInt8) {
    let utf8 = text.cut(toBytes: width).utf8
    bytes.append(contentsOf: utf8)
    bytes.append(contentsOf: repeatElement(padding, count: width - utf8.count))
  }
}

extension String {
  /// The longest start of the text that has at most so many bytes in UTF-8.
  func cut(toBytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = startIndex
    var count = 0
    while end < endIndex {
      let next = index(after: end)
      count += self[end..<next].utf8.count
      if count > limit { break }
      end = next
    }
    return String(self[..<end])
  }
}
