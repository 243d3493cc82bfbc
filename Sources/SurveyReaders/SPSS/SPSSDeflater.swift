internal import CZlib
internal import SurveyData

/// Deflates bytecodes in independent blocks, as ZSAV files hold them.
struct SPSSDeflater {
  private static let blockSize = 0x3F_F000

  static func append(_ bytecodes: [UInt8], to file: inout ByteWriter, path: String) throws {
    let header = file.bytes.count
    var blocks: [(size: Int, deflated: [UInt8])] = []
    for start in stride(from: 0, to: bytecodes.count, by: blockSize) {
      let block = bytecodes[start..<min(start + blockSize, bytecodes.count)]
      guard let deflated = deflate(block) else {
        throw SurveyError(.fault, at: path, "could not be compressed")
      }
      blocks.append((block.count, deflated))
    }
    let size = blocks.reduce(0) { $0 + $1.deflated.count }
    file.integer(header, as: Int64.self)
    file.integer(header + 24 + size, as: Int64.self)
    file.integer(24 + 24 * blocks.count, as: Int64.self)
    for block in blocks { file.append(block.deflated) }
    file.integer(-100, as: Int64.self)
    file.integer(0, as: Int64.self)
    file.int32(blockSize)
    file.int32(blocks.count)
    var plain = header
    var place = header + 24
    for (size, deflated) in blocks {
      file.integer(plain, as: Int64.self)
      file.integer(place, as: Int64.self)
      file.int32(size)
      file.int32(deflated.count)
      plain += size
      place += deflated.count
    }
  }

  private static func deflate(_ block: ArraySlice<UInt8>) -> [UInt8]? {
    var size = compressBound(uLong(block.count))
    var status = Z_BUF_ERROR
    let deflated = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      block.withUnsafeBufferPointer { source in
        status = compress2(
          buffer.baseAddress, &size, source.baseAddress, uLong(source.count),
          Z_DEFAULT_COMPRESSION)
      }
      count = status == Z_OK ? Int(size) : 0
    }
    return status == Z_OK ? deflated : nil
  }
}
