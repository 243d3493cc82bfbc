internal import Glibc

/// What a stretch of CSV bytes holds, counted before anything is decoded.
struct CSVCensus: Equatable {
  /// Line feeds, and carriage returns that no line feed follows.
  var lineEnds = 0
  /// Quotation marks.
  var quotes = 0
  /// Carriage returns that a line feed follows.
  var pairs = 0
  /// Carriage returns that no line feed follows.
  var loneReturns = 0
  /// The first NUL byte.
  var firstNUL: Int?

  /// Counts.
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - range: The stretch.
  ///   - quote: The quotation mark; nil when there is none.
  /// - Complexity: O(range), at the speed of memory.
  init(of bytes: UnsafeRawBufferPointer, in range: Range<Int>, quote: UInt8?) {
    guard let base = bytes.baseAddress, !range.isEmpty else { return }
    let start = base + range.lowerBound
    firstNUL = memchr(start, 0, range.count).map { UnsafeRawPointer($0) - base }
    lineEnds = Self.count(UInt8(ascii: "\n"), at: start, range.count)
    if let quote, memchr(start, Int32(quote), range.count) != nil {
      quotes = Self.count(quote, at: start, range.count)
    }
    var rest = start
    let end = start + range.count
    while let found = memchr(rest, Int32(UInt8(ascii: "\r")), end - rest) {
      rest = UnsafeRawPointer(found) + 1
      if bytes.isLoneReturn(at: rest - base - 1) { loneReturns += 1 } else { pairs += 1 }
    }
    lineEnds += loneReturns
  }

  /// Whether there is a carriage return.
  var hasReturns: Bool { pairs + loneReturns > 0 }

  /// Counts nothing.
  init() {}

  /// Counts both stretches; the first NUL is the first stretch's.
  static func + (a: Self, b: Self) -> Self {
    var sum = a
    sum.lineEnds += b.lineEnds
    sum.quotes += b.quotes
    sum.pairs += b.pairs
    sum.loneReturns += b.loneReturns
    sum.firstNUL = a.firstNUL ?? b.firstNUL
    return sum
  }

  /// Adds sixteen bytes at a time, in lanes that are emptied before they can overflow.
  private static func count(_ byte: UInt8, at start: UnsafeRawPointer, _ size: Int) -> Int {
    let wanted = SIMD16<UInt8>(repeating: byte)
    let one = SIMD16<UInt8>(repeating: 1)
    var total = 0
    var offset = 0
    while offset + 16 <= size {
      var lanes = SIMD16<UInt8>()
      let end = min(size, offset + 255 * 16)
      while offset + 16 <= end {
        let block = start.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
        lanes &+= SIMD16<UInt8>().replacing(with: one, where: block .== wanted)
        offset += 16
      }
      total += Int(SIMD16<UInt16>(truncatingIfNeeded: lanes).wrappedSum())
    }
    while offset < size {
      if start.load(fromByteOffset: offset, as: UInt8.self) == byte { total += 1 }
      offset += 1
    }
    return total
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the byte is a carriage return that ends a line by itself.
  func isLoneReturn(at index: Int) -> Bool {
    self[index] == UInt8(ascii: "\r")
      && (index + 1 == count || self[index + 1] != UInt8(ascii: "\n"))
  }

  /// Whether a line ends with this byte.
  func isLineEnd(at index: Int) -> Bool {
    self[index] == UInt8(ascii: "\n") || isLoneReturn(at: index)
  }
}
