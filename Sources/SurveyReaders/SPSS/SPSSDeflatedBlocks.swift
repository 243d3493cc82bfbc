internal import CZlib
internal import Dispatch
internal import SurveyData
internal import Synchronization

/// The zlib blocks of a ZSAV file, inflated on all cores a few at a time.
struct SPSSDeflatedBlocks {
  private struct Block {
    let place: Range<Int>
    let inflatedSize: Int
  }

  private let file: FileBytes
  private let blocks: [Block]
  /// How many bytes all blocks hold when inflated.
  let inflatedSize: Int

  init(_ file: FileBytes, header: SPSSHeader, offset: Int) throws {
    self.file = file
    var reader = ByteReader(
      file.bytes, path: file.path, offset: offset, isBigEndian: header.isBigEndian,
      section: "ZSAV header")
    try reader.skip(8)
    let trailer = try reader.integer(Int64.self)
    _ = try reader.integer(Int64.self)
    reader.section = "ZSAV trailer"
    try reader.move(to: Int(trailer))
    try reader.skip(8 + 8 + 4)
    let count = try reader.count(ofSize: 24)
    var blocks: [Block] = []
    for _ in 0..<count {
      try reader.skip(8)
      let start = Int(try reader.integer(Int64.self))
      let inflated = try reader.int32()
      let deflated = try reader.int32()
      // Deflate never shrinks more than 1,032-fold.
      guard start >= 0, deflated >= 0, start <= file.bytes.count - deflated, inflated >= 0,
        inflated <= 1 << 26, inflated / 1032 <= deflated
      else { throw reader.damage("places a block of \(deflated) bytes at \(start)") }
      blocks.append(Block(place: start..<start + deflated, inflatedSize: inflated))
    }
    self.blocks = blocks
    inflatedSize = blocks.reduce(0) { $0 + $1.inflatedSize }
  }

  /// Calls `body` with the inflated bytes, in order; what it does not use comes again in front of
  /// the next block.
  /// - Returns: How many bytes were left at the end.
  func forEach(_ body: (UnsafeRawBufferPointer) throws -> Int) throws -> Int {
    var carry: [UInt8] = []
    var index = 0
    let batch = 2
    while index < blocks.count {
      let slice = Array(blocks[index..<min(index + batch, blocks.count)])
      for part in try inflate(slice) {
        let bytes = carry.isEmpty ? part : carry + part
        carry = try bytes.withUnsafeBytes { raw in
          let used = try body(raw)
          return Array(raw[min(used, raw.count)...])
        }
      }
      index += slice.count
    }
    return carry.count
  }

  private func inflate(_ blocks: [Block]) throws -> [[UInt8]] {
    let results = Mutex<[Int: [UInt8]]>([:])
    let file = self.file
    DispatchQueue.concurrentPerform(iterations: blocks.count) { index in
      guard let bytes = Self.inflate(blocks[index], of: file) else { return }
      results.withLock { $0[index] = bytes }
    }
    let found = results.withLock { $0 }
    return try blocks.indices.map { index in
      guard let bytes = found[index] else {
        throw SurveyError(
          .data, at: file.path,
          "is damaged: the compressed data at byte \(blocks[index].place.lowerBound) do not inflate"
        )
      }
      return bytes
    }
  }

  private static func inflate(_ block: Block, of file: FileBytes) -> [UInt8]? {
    let source = UnsafeRawBufferPointer(rebasing: file.bytes[block.place])
    var size = uLongf(block.inflatedSize)
    let bytes = [UInt8](unsafeUninitializedCapacity: block.inflatedSize) { buffer, count in
      count = 0
      guard let target = buffer.baseAddress,
        let start = source.baseAddress?.assumingMemoryBound(to: UInt8.self)
      else { return }
      if uncompress(target, &size, start, uLong(source.count)) == Z_OK { count = Int(size) }
    }
    return bytes.count == block.inflatedSize ? bytes : nil
  }
}
