internal import SurveyData

/// Reads the numbers and texts of a portable file, never beyond the end.
struct PortableReader {
  private var text: PortableText
  let path: String
  private var ahead: UInt8?
  /// What is being read, for errors.
  var section = "header"

  init(_ text: PortableText, path: String) {
    self.text = text
    self.path = path
  }

  /// An error about what is being read.
  func damage(_ problem: String) -> SurveyError {
    SurveyError(
      .data, at: path, "is damaged: the \(section) before byte \(text.place) \(problem)",
      remedy: "Fetch it again, as a binary file.")
  }

  /// Whether the last line is shorter than all lines are.
  var endsInLine: Bool { text.endsInLine }

  /// The next character, which stays.
  mutating func peek() -> UInt8? {
    if ahead == nil { ahead = text.next() }
    return ahead
  }

  /// The next character.
  mutating func next() throws -> UInt8 {
    if let byte = ahead {
      ahead = nil
      return byte
    }
    guard let byte = text.next() else {
      throw SurveyError(
        .data, at: path, "is cut short: it ends in the \(section)", remedy: "Fetch it again.")
    }
    return byte
  }

  /// Takes the next character if it is the one that is expected.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    ahead = nil
    return true
  }

  /// A number: digits to base 30, `0` to `T`, with a point and an exponent of 30, up to a stroke;
  /// nil for `*.`, system-missing; infinite where it is larger than a number can be.
  mutating func number() throws -> Double? {
    var byte = try next()
    while byte == 0x20 { byte = try next() }
    if byte == UInt8(ascii: "*") {
      _ = try next()
      return nil
    }
    let isNegative = byte == UInt8(ascii: "-")
    if isNegative { byte = try next() }
    var mantissa: UInt64 = 0
    var scale = 0
    var hasDigits = false
    var isFraction = false
    while true {
      if let digit = Self.digit(byte) {
        hasDigits = true
        if mantissa < UInt64.max / 30 - 1 {
          mantissa = mantissa * 30 + UInt64(digit)
          scale -= isFraction ? 1 : 0
        } else {
          // More digits than a number can tell apart.
          scale += isFraction ? 0 : 1
        }
      } else if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else {
        break
      }
      byte = try next()
    }
    if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
      let sign = byte == UInt8(ascii: "+") ? 1 : -1
      var exponent = 0
      byte = try next()
      while let digit = Self.digit(byte) {
        exponent = min(exponent * 30 + digit, 100_000)
        byte = try next()
      }
      scale += sign * exponent
    }
    guard hasDigits, byte == UInt8(ascii: "/") else { throw damage("has a malformed number") }
    let size = Self.scaled(mantissa, by: scale)
    return isNegative ? -size : size
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 0x30
    case UInt8(ascii: "A")...UInt8(ascii: "T"): Int(byte) - 0x41 + 10
    default: nil
    }
  }

  /// A number times a power of 30, rounded once: powers of 15 as a sum of two numbers each.
  private static func scaled(_ mantissa: UInt64, by scale: Int) -> Double {
    let scale = max(-240, min(240, scale))
    var (power, rest) = (1.0, 0.0)
    for _ in 0..<abs(scale) {
      let product = power * 15
      let error = (-product).addingProduct(power, 15) + rest * 15
      power = product + error
      rest = error - (power - product)
    }
    // The mantissa too, whose halves are exact.
    let (upper, lower) = (Double(mantissa & ~0xFFFF_FFFF), Double(mantissa & 0xFFFF_FFFF))
    let high = upper + lower
    let low = lower - (high - upper)
    let number: Double
    if scale < 0 {
      let quotient = high / power
      let left = high.addingProduct(-quotient, power) + low - quotient * rest
      number = quotient + left / power
    } else {
      let product = high * power
      let left = (-product).addingProduct(high, power) + low * power + high * rest
      number = product + left
    }
    return Double(sign: .plus, exponent: scale, significand: number)
  }

  /// A whole number of at least zero, and at most `limit`.
  mutating func count(upTo limit: Int = Int(Int32.max)) throws -> Int {
    guard let number = try number(), let count = Int(exactly: number), 0...limit ~= count else {
      throw damage("has a count that cannot be")
    }
    return count
  }

  /// The bytes of a text, which its length stands before.
  mutating func bytes() throws -> [UInt8] {
    let count = try count(upTo: 32_767)
    return try (0..<count).map { _ in try next() }
  }

  /// Passes a text.
  mutating func skipBytes() throws { for _ in 0..<(try count(upTo: 32_767)) { _ = try next() } }
}
