/// The parts of extension records 7/13 and 7/14: `KEY=VALUE` with tabs between.
enum SPSSPairs {
  static func parse(_ data: UnsafeRawBufferPointer) -> [(
    key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer
  )] {
    data.split(whereSeparator: { $0 == 0x09 || $0 == 0x00 || $0 == 0x0A }).compactMap { part in
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      return (
        UnsafeRawBufferPointer(rebasing: part[..<equals]),
        UnsafeRawBufferPointer(rebasing: part[part.index(after: equals)...])
      )
    }
  }
}
