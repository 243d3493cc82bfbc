package import SurveyData

/// Reads numbers and bytes one after the other, never beyond the end.
package struct ByteReader {
  /// The bytes of the whole file.
  package let bytes: UnsafeRawBufferPointer
  /// The file's path, for errors.
  package let path: String
  /// Where the next value starts.
  package private(set) var offset: Int
  /// Whether the most significant byte comes first.
  package var isBigEndian: Bool
  /// What is being read, for errors.
  package var section: String

  package init(
    _ bytes: UnsafeRawBufferPointer, path: String, offset: Int = 0, isBigEndian: Bool = false,
    section: String = "header"
  ) {
    self.bytes = bytes
    self.path = path
    self.offset = max(0, offset)
    self.isBigEndian = isBigEndian
    self.section = section
  }

  /// How many bytes are left.
  package var remaining: Int { max(0, bytes.count - offset) }

  /// The next bytes.
  package mutating func take(_ count: Int) throws -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else {
      throw SurveyError(
        .data, at: path,
        "is cut short or damaged: the \(section) at byte \(offset) would reach beyond the end of "
          + "the file at \(bytes.count)")
    }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  package mutating func skip(_ count: Int) throws { _ = try take(count) }

  /// Goes to a place in the file.
  package mutating func move(to place: Int) throws {
    guard place >= 0, place <= bytes.count else {
      throw SurveyError(
        .data, at: path,
        "is damaged: the \(section) should stand at byte \(place), but the file has \(bytes.count)")
    }
    offset = place
  }

  /// The next integer of a fixed width.
  package mutating func integer<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
    let raw = try take(MemoryLayout<T>.size).loadUnaligned(as: T.self)
    return isBigEndian ? T(bigEndian: raw) : T(littleEndian: raw)
  }

  package mutating func int32() throws -> Int { Int(try integer(Int32.self)) }

  /// A count of things that take at least `size` bytes each; more than the file can hold is damage.
  package mutating func count(ofSize size: Int) throws -> Int {
    let count = try int32()
    guard count >= 0, count <= remaining / max(1, size) else { throw damage("counts \(count)") }
    return count
  }

  package mutating func double() throws -> Double {
    Double(bitPattern: try integer(UInt64.self))
  }

  /// An error about the section that is being read.
  package func damage(_ problem: String) -> SurveyError {
    SurveyError(.data, at: path, "is damaged: the \(section) before byte \(offset) \(problem)")
  }
}
