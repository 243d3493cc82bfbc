/// A stretch of whole records, small enough for a processor's cache.
struct CSVChunk: Equatable {
  /// The bytes, from the first record's first to the last record's last.
  let range: Range<Int>
  /// At most how many records lie before it.
  let recordsBefore: Int
  /// Its line ends, those inside quotes included: at most how many records it has.
  let lineEnds: Int
  /// Whether there is a quotation mark.
  let hasQuotes: Bool
  /// Whether there is a carriage return.
  let hasReturns: Bool
}

/// A file's records cut into chunks that can be read in any order.
struct CSVChunks {
  /// The chunks, in order.
  let all: [CSVChunk]
  /// At most how many records there are.
  let recordLimit: Int
  /// What all of them hold.
  let census: CSVCensus

  /// The size of a chunk in bytes; a chunk ends with the record that crosses it.
  static let size = 256 << 10

  /// Cuts at the first record end after every `size` bytes.
  ///
  /// - Complexity: O(bytes), on all cores.
  init(_ bytes: UnsafeRawBufferPointer, from start: Int, quote: UInt8?, size: Int, threads: Int) {
    let starts = Array(stride(from: start, to: bytes.count, by: size))
    nonisolated(unsafe) let bytes = bytes
    let counted = concurrentMap(starts.count, threads: threads) { index in
      CSVCensus(
        of: bytes, in: starts[index]..<min(bytes.count, starts[index] + size), quote: quote)
    }
    var borders: [Border] = [Border(offset: start, lineEnds: 0)]
    var quotes = 0
    var lineEnds = 0
    for (index, census) in counted.enumerated() {
      if index > 0, let last = borders.last {
        // A record that crosses several chunks leaves the ones after its first empty.
        borders.append(
          last.offset >= starts[index]
            ? last
            : Self.recordEnd(
              in: bytes, from: starts[index], quote: quote, isQuoted: quotes % 2 == 1,
              lineEnds: lineEnds))
      }
      quotes += census.quotes
      lineEnds += census.lineEnds
    }
    let endsOpen = bytes.count > start && !bytes.isLineEnd(at: bytes.count - 1)
    borders.append(Border(offset: bytes.count, lineEnds: lineEnds + (endsOpen ? 1 : 0)))
    recordLimit = lineEnds + (endsOpen ? 1 : 0)
    let census = counted.reduce(CSVCensus(), +)
    self.census = census
    all = zip(borders, borders.dropFirst()).compactMap { first, next in
      first.offset == next.offset
        ? nil
        : CSVChunk(
          range: first.offset..<next.offset, recordsBefore: first.lineEnds,
          lineEnds: next.lineEnds - first.lineEnds, hasQuotes: census.quotes > 0,
          hasReturns: census.hasReturns)
    }
  }

  private struct Border {
    let offset: Int
    /// Line ends before it.
    let lineEnds: Int
  }

  /// The first place at or after `start` where a record begins.
  private static func recordEnd(
    in bytes: UnsafeRawBufferPointer, from start: Int, quote: UInt8?, isQuoted: Bool, lineEnds: Int
  ) -> Border {
    var isQuoted = isQuoted
    var lineEnds = lineEnds
    if !isQuoted, bytes.isLineEnd(at: start - 1) {
      return Border(offset: start, lineEnds: lineEnds)
    }
    for index in start..<bytes.count {
      if bytes[index] == quote { isQuoted.toggle() }
      guard bytes.isLineEnd(at: index) else { continue }
      lineEnds += 1
      if !isQuoted { return Border(offset: index + 1, lineEnds: lineEnds) }
    }
    return Border(offset: bytes.count, lineEnds: lineEnds)
  }
}
