/// How the rows of a SAS data set are compressed.
enum SASCompression: String {
  /// Lengths of runs (`COMPRESS=CHAR`).
  case runs = "SASYZCRL"
  /// Ross's data compression: runs and repetitions of what stood before (`COMPRESS=BINARY`).
  case repetitions = "SASYZCR2"

  /// The most bytes that three compressed ones can stand for, and some more.
  static let mostGrowth = 1500

  /// Expands a row.
  /// - Returns: Whether the bytes are those of exactly one row.
  func expand(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var row = Row(source: source, target: target)
    switch self {
    case .runs: return row.expandRuns()
    case .repetitions: return row.expandRepetitions()
    }
  }

  /// A row while it is expanded; each step fails where bytes are lacking or too many.
  private struct Row {
    let source: UnsafeRawBufferPointer
    let target: UnsafeMutableRawBufferPointer
    var read = 0
    var written = 0

    var isDone: Bool { read == source.count }

    mutating func next() -> Int? {
      guard read < source.count else { return nil }
      defer { read += 1 }
      return Int(source[read])
    }

    mutating func copy(_ count: Int) -> Bool {
      guard count <= source.count - read, count <= target.count - written else { return false }
      for index in 0..<count { target[written + index] = source[read + index] }
      read += count
      written += count
      return true
    }

    mutating func fill(_ count: Int, _ byte: Int) -> Bool {
      guard count <= target.count - written else { return false }
      let byte = UInt8(truncatingIfNeeded: byte)
      for index in 0..<count { target[written + index] = byte }
      written += count
      return true
    }

    /// Repeats what was written so many bytes ago, also what this writes itself.
    mutating func repeatBack(_ distance: Int, _ count: Int) -> Bool {
      guard distance <= written, count <= target.count - written else { return false }
      for _ in 0..<count {
        target[written] = target[written - distance]
        written += 1
      }
      return true
    }

    /// A byte is a command and part of a length; some lengths go on in the next byte.
    mutating func expandRuns() -> Bool {
      while let control = next() {
        let low = control & 0x0F
        let isRight: Bool
        switch control >> 4 {
        case 0x0: isRight = next().map { copy($0 + 64 + low << 8) } ?? false
        case 0x1: isRight = next().map { copy($0 + 64 + low << 8 + 4096) } ?? false
        case 0x2: isRight = copy(low + 96)
        case 0x4:
          guard let count = next(), let byte = next() else { return false }
          isRight = fill(count + 18 + low << 8, byte)
        case 0x5: isRight = next().map { fill($0 + 17 + low << 8, 0x40) } ?? false
        case 0x6: isRight = next().map { fill($0 + 17 + low << 8, 0x20) } ?? false
        case 0x7: isRight = next().map { fill($0 + 17 + low << 8, 0) } ?? false
        case 0x8...0xB: isRight = copy(low + 1 + (control >> 4 - 8) << 4)
        case 0xC: isRight = next().map { fill(low + 3, $0) } ?? false
        case 0xD: isRight = fill(low + 2, 0x40)
        case 0xE: isRight = fill(low + 2, 0x20)
        case 0xF: isRight = fill(low + 2, 0)
        default: isRight = false
        }
        guard isRight else { return false }
      }
      return written == target.count
    }

    /// Sixteen bits say whether the next sixteen things are bytes or commands.
    mutating func expandRepetitions() -> Bool {
      while !isDone {
        guard let high = next(), let low = next() else { return false }
        let controls = high << 8 | low
        for bit in stride(from: 15, through: 0, by: -1) where !isDone {
          let isRight = controls >> bit & 1 == 0 ? copy(1) : expandCommand()
          guard isRight else { return false }
        }
      }
      return written == target.count
    }

    private mutating func expandCommand() -> Bool {
      guard let control = next(), let second = next() else { return false }
      let low = control & 0x0F
      switch control >> 4 {
      case 0: return fill(low + 3, second)
      case 1: return next().map { fill(low + second << 4 + 19, $0) } ?? false
      case 2: return next().map { repeatBack(low + 3 + second << 4, $0 + 16) } ?? false
      case let count: return repeatBack(low + 3 + second << 4, count)
      }
    }
  }
}
