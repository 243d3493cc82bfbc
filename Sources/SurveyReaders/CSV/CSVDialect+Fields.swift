extension CSVDialect {
  /// The bytes of a field without the blanks and quotation marks around it; doubled quotation marks
  /// inside stay.
  @inline(__always)
  func content(_ field: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let outer = Self.trimmed(field)
    guard outer.count >= 2, let quote, outer[0] == quote, outer[outer.count - 1] == quote else {
      return outer
    }
    return Self.trimmed(UnsafeRawBufferPointer(rebasing: outer[1..<(outer.count - 1)]))
  }

  /// The text of a field; nil when its bytes are not valid in the encoding.
  func text(of field: UnsafeRawBufferPointer) -> String? {
    let content = content(field)
    guard let quote, content.contains(quote), isQuoted(field) else { return decoded(content) }
    var single: [UInt8] = []
    var isSecond = false
    for byte in content {
      isSecond = byte == quote && !isSecond && single.last == quote
      if !isSecond { single.append(byte) }
    }
    return single.withUnsafeBytes { decoded($0) }
  }

  private func decoded(_ bytes: UnsafeRawBufferPointer) -> String? {
    encoding.text(bytes) ?? (isLossy ? String(decoding: bytes, as: UTF8.self) : nil)
  }

  /// Whether quotation marks stand around a field.
  private func isQuoted(_ field: UnsafeRawBufferPointer) -> Bool {
    Self.trimmed(field).first == quote
  }

  private static func trimmed(_ field: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = field.count
    while start < end, isBlank(field[start]) { start += 1 }
    while end > start, isBlank(field[end - 1]) { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: field[start..<end])
  }

  @inline(__always)
  fileprivate static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (byte >= UInt8(ascii: "\t") && byte <= UInt8(ascii: "\r"))
  }
}

extension String {
  /// The text as it is read from a field.
  var asField: String {
    var scalars = unicodeScalars[...]
    func isBlank(_ scalar: Unicode.Scalar?) -> Bool {
      scalar.map { $0.isASCII && CSVDialect.isBlank(UInt8(truncatingIfNeeded: $0.value)) } ?? false
    }
    while isBlank(scalars.first) { scalars.removeFirst() }
    while isBlank(scalars.last) { scalars.removeLast() }
    return String(scalars)
  }
}
