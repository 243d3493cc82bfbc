extension CSVDialect {
  /// The fields of the record that begins at a place, found byte by byte, and where it ends.
  ///
  /// - Returns: The fields with their quotes, and the first byte after the line end.
  func record(
    in bytes: UnsafeRawBufferPointer, from start: Int
  ) -> (fields: [UnsafeRawBufferPointer], end: Int) {
    var fields: [UnsafeRawBufferPointer] = []
    var first = start
    var isQuoted = false
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote { isQuoted.toggle() }
      if !isQuoted, byte == delimiter || bytes.isLineEnd(at: index) {
        fields.append(UnsafeRawBufferPointer(rebasing: bytes[first..<index]))
        first = index + 1
        if byte != delimiter { return (fields, first) }
      }
      index += 1
    }
    fields.append(UnsafeRawBufferPointer(rebasing: bytes[first..<index]))
    return (fields, index)
  }
}

extension UnsafeRawBufferPointer {
  /// The first byte after the line that begins at a place.
  func lineEnd(from start: Int) -> Int {
    var index = start
    while index < count, !isLineEnd(at: index) { index += 1 }
    return Swift.min(count, index + 1)
  }

  /// The number of the line, from 1, in which a byte lies.
  func line(at offset: Int) -> Int {
    var line = 1
    for index in 0..<Swift.min(offset, count) where isLineEnd(at: index) { line += 1 }
    return line
  }
}
