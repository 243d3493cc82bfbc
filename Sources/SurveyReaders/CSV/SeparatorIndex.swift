/// Where the fields of one chunk end.
///
/// Sixty-four bytes become the bits of one word, so that delimiters and line ends inside quotes are
/// struck out without a branch. Memory is kept from chunk to chunk.
final class SeparatorIndex {
  /// Offsets from the byte before the chunk: a 0, then one for the separator after each field.
  private(set) var positions: UnsafeMutablePointer<UInt32>
  private var capacity = 1 << 16
  /// The number of separators, without the leading 0.
  private(set) var count = 0
  /// Line ends among the separators.
  private(set) var lineEnds = 0
  /// Whether a quotation mark stands where none may.
  private(set) var hasMisplacedQuote = false

  init() { positions = .allocate(capacity: capacity) }

  deinit { positions.deallocate() }

  /// Finds the separators of a chunk.
  func fill(_ bytes: UnsafeRawBufferPointer, _ chunk: CSVChunk, _ dialect: CSVDialect) {
    reserve(chunk.range.count + 80)
    count = 0
    lineEnds = 0
    hasMisplacedQuote = false
    positions[0] = 0
    guard let base = bytes.baseAddress else { return }
    let start = base + chunk.range.lowerBound
    let delimiter = dialect.delimiter
    if chunk.hasQuotes, let quote = dialect.quote {
      fillQuoted(bytes, chunk, delimiter: delimiter, quote: quote)
    } else {
      var offset = 0
      while offset < chunk.range.count {
        let block = Block(start, offset, chunk.range.count)
        append(
          chunk.hasReturns
            ? block.mask(of: delimiter) | block.lineEnds(bytes, chunk, at: offset)
            : block.mask(of: delimiter, UInt8(ascii: "\n")), offset)
        offset += 64
      }
      lineEnds = chunk.lineEnds
    }
    // A file may end without a line end: the end of the file stands for it.
    if chunk.range.upperBound == bytes.count, !bytes.isLineEnd(at: bytes.count - 1) {
      count += 1
      positions[count] = UInt32(truncatingIfNeeded: chunk.range.count + 1)
      if chunk.hasQuotes { lineEnds += 1 }
    }
  }

  private func fillQuoted(
    _ bytes: UnsafeRawBufferPointer, _ chunk: CSVChunk, delimiter: UInt8, quote: UInt8
  ) {
    guard let base = bytes.baseAddress else { return }
    let start = base + chunk.range.lowerBound
    // Each carries one bit of the block before: inside quotes (all bits), after a separator, after
    // a closing quotation mark.
    var inside: UInt64 = 0
    var afterSeparator: UInt64 = 1
    var afterClosing: UInt64 = 0
    var misplaced: UInt64 = 0
    var offset = 0
    while offset < chunk.range.count {
      let block = Block(start, offset, chunk.range.count)
      let quotes = block.mask(of: quote)
      let quoted = Self.running(quotes) ^ inside
      inside = quoted >> 63 == 0 ? 0 : ~0
      let ends = block.lineEnds(bytes, chunk, at: offset) & ~quoted
      let separators = (block.mask(of: delimiter) & ~quoted) | ends
      let closing = quotes & ~quoted
      let mayOpen = (separators << 1) | afterSeparator | (closing << 1) | afterClosing
      misplaced |= quotes & quoted & ~mayOpen
      let mayFollow = separators | quotes | block.mask(of: UInt8(ascii: "\r")) | block.beyond
      misplaced |= ((closing << 1) | afterClosing) & ~mayFollow
      afterSeparator = separators >> 63
      afterClosing = closing >> 63
      append(separators, offset)
      lineEnds += ends.nonzeroBitCount
      offset += 64
    }
    hasMisplacedQuote = misplaced != 0 || inside != 0
  }

  /// Writes eight positions at a time, valid or not; the next call overwrites those beyond.
  @inline(__always)
  private func append(_ mask: UInt64, _ offset: Int) {
    var mask = mask
    let found = mask.nonzeroBitCount
    let first = UInt32(truncatingIfNeeded: offset + 1)
    var written = count + 1
    let end = written + found
    while written < end {
      for _ in 0..<8 {
        positions[written] = first &+ UInt32(truncatingIfNeeded: mask.trailingZeroBitCount)
        mask &= mask &- 1
        written += 1
      }
    }
    count += found
  }

  /// Bit `i` of the result says whether an odd number of bits up to `i` is set.
  @inline(__always)
  private static func running(_ bits: UInt64) -> UInt64 {
    var bits = bits
    bits ^= bits << 1
    bits ^= bits << 2
    bits ^= bits << 4
    bits ^= bits << 8
    bits ^= bits << 16
    bits ^= bits << 32
    return bits
  }

  private func reserve(_ needed: Int) {
    guard capacity < needed else { return }
    positions.deallocate()
    positions = .allocate(capacity: needed)
    capacity = needed
  }
}

/// Sixty-four bytes of a chunk.
private struct Block {
  private let lanes: (SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>)
  /// The bits that lie after the chunk.
  let beyond: UInt64

  @inline(__always)
  init(_ start: UnsafeRawPointer, _ offset: Int, _ count: Int) {
    if offset + 64 <= count {
      lanes = Self.load(start + offset)
      beyond = 0
    } else {
      var copy = (
        0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64,
        0 as UInt64, 0 as UInt64
      )
      lanes = withUnsafeMutableBytes(of: &copy) { copy in
        copy.copyMemory(from: UnsafeRawBufferPointer(start: start + offset, count: count - offset))
        return Self.load(
          UnsafeRawPointer(copy.baseAddress ?? UnsafeMutableRawPointer(mutating: start)))
      }
      beyond = ~0 << UInt64(count - offset)
    }
  }

  @inline(__always)
  private static func load(
    _ start: UnsafeRawPointer
  ) -> (SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>) {
    (
      start.loadUnaligned(fromByteOffset: 0, as: SIMD16<UInt8>.self),
      start.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self),
      start.loadUnaligned(fromByteOffset: 32, as: SIMD16<UInt8>.self),
      start.loadUnaligned(fromByteOffset: 48, as: SIMD16<UInt8>.self)
    )
  }

  /// One bit for each byte that equals `byte`.
  @inline(__always)
  func mask(of byte: UInt8) -> UInt64 { mask(of: byte, byte) }

  /// One bit for each byte that equals one of two.
  @inline(__always)
  func mask(of one: UInt8, _ other: UInt8) -> UInt64 {
    let (one, other) = (SIMD16(repeating: one), SIMD16(repeating: other))
    return Self.bits(lanes.0, one, other) | Self.bits(lanes.1, one, other) << 16
      | Self.bits(lanes.2, one, other) << 32 | Self.bits(lanes.3, one, other) << 48
  }

  /// One bit for each line feed, and for each carriage return that no line feed follows.
  @inline(__always)
  func lineEnds(_ bytes: UnsafeRawBufferPointer, _ chunk: CSVChunk, at offset: Int) -> UInt64 {
    let feeds = mask(of: UInt8(ascii: "\n"))
    guard chunk.hasReturns else { return feeds }
    let next = chunk.range.lowerBound + offset + 64
    let feedFollows: UInt64 = next < bytes.count && bytes[next] == UInt8(ascii: "\n") ? 1 : 0
    return feeds | (mask(of: UInt8(ascii: "\r")) & ~((feeds >> 1) | (feedFollows << 63)))
  }

  /// Leaves a different bit in each byte of a half, then adds the bytes up.
  @inline(__always)
  private static func bits(
    _ lanes: SIMD16<UInt8>, _ one: SIMD16<UInt8>, _ other: SIMD16<UInt8>
  ) -> UInt64 {
    let weights = SIMD16<UInt8>(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128)
    // A mask's lanes are all ones or all zeros.
    let matches =
      unsafeBitCast(lanes .== one, to: SIMD16<UInt8>.self)
      | unsafeBitCast(lanes .== other, to: SIMD16<UInt8>.self)
    let halves = unsafeBitCast(matches & weights, to: SIMD2<UInt64>.self)
    let ones: UInt64 = 0x0101_0101_0101_0101
    return ((halves[0] &* ones) >> 56) | ((halves[1] &* ones) >> 56) << 8
  }
}
