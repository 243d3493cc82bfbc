internal import CZlib
internal import SurveyData

/// The files of a ZIP archive: what a Word file is.
struct ZIPArchive {
  /// The files in their order.
  private(set) var files: [(name: String, bytes: [UInt8])] = []

  /// An archive without files.
  init() {}

  subscript(name: String) -> [UInt8]? {
    get { files.first { $0.name == name }?.bytes }
    set {
      let place = files.firstIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let bytes?): files[place].bytes = bytes
      case (let place?, nil): files.remove(at: place)
      case (nil, let bytes?): files.append((name, bytes))
      case (nil, nil): break
      }
    }
  }

  /// A file's text.
  func text(_ name: String) -> String? { self[name].map { String(decoding: $0, as: UTF8.self) } }

  /// The archive, without dates, so that the same files give the same bytes.
  func bytes() -> [UInt8] {
    var (out, directory): ([UInt8], [UInt8]) = ([], [])
    for file in files {
      let deflated = Self.deflated(file.bytes)
      let isSmaller = deflated.count < file.bytes.count
      let data = isSmaller ? deflated : file.bytes
      let start = out.count
      var entry: [UInt8] = []
      // Version 2.0, names in UTF-8, the method, 1 January 1980.
      entry.add16(20, 0x800, isSmaller ? 8 : 0, 0, 0x21)
      entry.add32(Self.checksum(file.bytes), UInt32(data.count), UInt32(file.bytes.count))
      entry.add16(UInt16(file.name.utf8.count), 0)
      out.add32(0x0403_4b50)
      out += entry + Array(file.name.utf8) + data
      directory.add32(0x0201_4b50)
      directory.add16(20)
      directory += entry
      directory.add16(0, 0, 0)
      directory.add32(0, UInt32(start))
      directory += Array(file.name.utf8)
    }
    let start = UInt32(out.count)
    out += directory
    out.add32(0x0605_4b50)
    out.add16(0, 0, UInt16(files.count), UInt16(files.count))
    out.add32(UInt32(directory.count), start)
    out.add16(0)
    return out
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return bytes }
    defer { deflateEnd(&stream) }
    var input = bytes
    var out = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let isWhole = input.withUnsafeMutableBufferPointer { source in
      out.withUnsafeMutableBufferPointer { target in
        (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(source.count))
        (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
        return deflate(&stream, Z_FINISH) == Z_STREAM_END
      }
    }
    return isWhole ? Array(out.prefix(Int(stream.total_out))) : bytes
  }
}

extension ZIPArchive {
  /// Reads an archive whose files together have at most 256 MB.
  ///
  /// - Parameter path: What the archive is called in errors.
  /// - Throws: ``SurveyError`` of kind data for anything else.
  init(_ bytes: [UInt8], path: String) throws {
    func fault() -> SurveyError {
      SurveyError(
        .data, at: path, "is no Word file that can be read",
        remedy: "Save it in Word as .docx or .dotx, without a password.")
    }
    func number(_ at: Int, _ size: Int) throws -> Int {
      guard at >= 0, at + size <= bytes.count else { throw fault() }
      return (0..<size).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
    }
    // The end of the directory stands in the last 64 kB.
    let end = try stride(from: bytes.count - 22, through: max(0, bytes.count - 65_557), by: -1)
      .first { try number($0, 4) == 0x0605_4b50 }
    guard let end else { throw fault() }
    var place = try number(end + 16, 4)
    var room = 256 << 20
    for _ in 0..<(try number(end + 10, 2)) {
      guard try number(place, 4) == 0x0201_4b50 else { throw fault() }
      let (method, packed, size) = (
        try number(place + 10, 2), try number(place + 20, 4), try number(place + 24, 4)
      )
      let (name, extra, comment) = (
        try number(place + 28, 2), try number(place + 30, 2), try number(place + 32, 2)
      )
      let local = try number(place + 42, 4)
      let start = try local + 30 + number(local + 26, 2) + number(local + 28, 2)
      room -= size
      guard place + 46 + name <= bytes.count, start + packed <= bytes.count, room >= 0 else {
        throw fault()
      }
      let data = Array(bytes[start..<start + packed])
      guard let content = method == 0 ? data : Self.inflated(data, size: size),
        content.count == size
      else { throw fault() }
      files.append(
        (String(decoding: bytes[place + 46..<place + 46 + name], as: UTF8.self), content))
      place += 46 + name + extra + comment
    }
  }

  private static func inflated(_ bytes: [UInt8], size: Int) -> [UInt8]? {
    var stream = z_stream()
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var input = bytes
    var out = [UInt8](repeating: 0, count: size + 1)
    let isWhole = input.withUnsafeMutableBufferPointer { source in
      out.withUnsafeMutableBufferPointer { target in
        (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(source.count))
        (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
        return inflate(&stream, Z_FINISH) == Z_STREAM_END
      }
    }
    return isWhole ? Array(out.prefix(Int(stream.total_out))) : nil
  }
}

extension [UInt8] {
  fileprivate mutating func add16(_ numbers: UInt16...) {
    for number in numbers { self += [UInt8(number & 0xff), UInt8(number >> 8)] }
  }

  fileprivate mutating func add32(_ numbers: UInt32...) {
    for number in numbers { self += (0..<4).map { UInt8(number >> (8 * $0) & 0xff) } }
  }
}
