internal import Glibc
internal import Synchronization

/// A text encoding that the C library knows, of one byte a character or of several.
final class TextConverter: Sendable {
  /// Opened converters are not for two threads at once.
  private let converter: Mutex<Handle>

  private struct Handle: @unchecked Sendable {
    let iconv: iconv_t
  }

  /// What bytes turn into.
  private enum Step {
    case scalars([UInt32])
    /// The bytes begin a character whose other bytes are not there.
    case incomplete
    case invalid
  }

  /// Opens an encoding by its name; nil when it is not known, or ASCII is not ASCII in it.
  init?(_ name: String) {
    // A slash would begin iconv's own options.
    guard name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }),
      let opened = iconv_open("UTF-32LE", name), opened != iconv_t(bitPattern: -1)
    else { return nil }
    converter = Mutex(Handle(iconv: opened))
    let isASCII = (UInt8(0x20)..<0x7F).allSatisfy { byte in
      if case .scalars([UInt32(byte)]) = convert([byte]) { true } else { false }
    }
    guard isASCII else { return nil }
  }

  deinit { converter.withLock { _ = iconv_close($0.iconv) } }

  /// The character of each byte, where no character has several bytes; nil where some has.
  var table: [Unicode.Scalar]? {
    var table: [Unicode.Scalar] = []
    for byte in UInt8.min...UInt8.max {
      switch convert([byte]) {
      case .scalars(let scalars):
        table.append(scalars.first.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
      case .invalid: table.append("\u{FFFD}")
      case .incomplete: return nil
      }
    }
    return table
  }

  /// The text of bytes, and whether it ended in the middle of a letter, which is then left out.
  ///
  /// - Parameter lossy: Whether a byte that is not valid becomes U+FFFD.
  /// - Returns: nil when the bytes are not valid in the encoding.
  func text(_ bytes: UnsafeRawBufferPointer, lossy: Bool) -> (text: String, isCut: Bool)? {
    let bytes = Array(bytes)
    if case .scalars(let scalars) = convert(bytes) { return (Self.text(scalars), false) }
    // The longest valid beginning; one letter at a time behind it.
    var text: [UInt32] = []
    var start = 0
    while start < bytes.count {
      var end = start + 1
      var step = convert(Array(bytes[start..<end]))
      while case .incomplete = step, end < bytes.count {
        end += 1
        step = convert(Array(bytes[start..<end]))
      }
      switch step {
      case .scalars(let scalars):
        text += scalars
        start = end
      case .incomplete: return (Self.text(text), true)
      case .invalid:
        guard lossy else { return nil }
        text.append(0xFFFD)
        start += 1
      }
    }
    return (Self.text(text), false)
  }

  private static func text(_ scalars: [UInt32]) -> String {
    var text = String.UnicodeScalarView()
    for scalar in scalars { text.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return String(text)
  }

  /// Converts all the bytes from a fresh start.
  private func convert(_ bytes: [UInt8]) -> Step {
    var input = bytes.map { CChar(bitPattern: $0) }
    var scalars = [UInt32](repeating: 0, count: bytes.count * 2 + 2)
    var fault: Int32 = 0
    let count = converter.withLock { handle in
      // No input takes the converter back to its start.
      iconv(handle.iconv, nil, nil, nil, nil)
      return input.withUnsafeMutableBufferPointer { source in
        scalars.withUnsafeMutableBytes { target in
          var from = source.baseAddress
          var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
          var (fromLeft, toLeft) = (source.count, target.count)
          if iconv(handle.iconv, &from, &fromLeft, &to, &toLeft) == -1 { fault = errno }
          return (target.count - toLeft) / 4
        }
      }
    }
    return fault == 0
      ? .scalars(Array(scalars.prefix(count))) : fault == EINVAL ? .incomplete : .invalid
  }
}
