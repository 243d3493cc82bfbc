/// How Stata stores a variable.
enum StataType: Hashable {
  case byte, int, long, float, double
  /// Text of so many bytes, padded with NULs.
  case text(Int)
  /// Text that stands elsewhere in the file (`strL`).
  case longText

  /// The type of a code in the file; nil for an unknown code.
  init?(code: Int, version: Int) {
    if version >= 117 {
      switch code {
      case 1...2045: self = .text(code)
      case 32_768: self = .longText
      case 65_526: self = .double
      case 65_527: self = .float
      case 65_528: self = .long
      case 65_529: self = .int
      case 65_530: self = .byte
      default: return nil
      }
    } else if version >= 111 {
      switch code {
      case 1...244: self = .text(code)
      case 251: self = .byte
      case 252: self = .int
      case 253: self = .long
      case 254: self = .float
      case 255: self = .double
      default: return nil
      }
    } else {
      switch UInt8(truncatingIfNeeded: code) {
      case UInt8(ascii: "b"): self = .byte
      case UInt8(ascii: "i"): self = .int
      case UInt8(ascii: "l"): self = .long
      case UInt8(ascii: "f"): self = .float
      case UInt8(ascii: "d"): self = .double
      case 128...: self = .text(code - 127)
      default: return nil
      }
    }
  }

  /// Bytes in a row.
  var width: Int {
    switch self {
    case .byte: 1
    case .int: 2
    case .long, .float: 4
    case .double, .longText: 8
    case .text(let width): width
    }
  }

  var isText: Bool {
    switch self {
    case .text, .longText: true
    default: false
    }
  }

  var isWhole: Bool { self == .byte || self == .int || self == .long }
}
