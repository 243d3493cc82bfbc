/// Exact reading of decimal numbers: never infinite, never hexadecimal, never by locale.
package enum DecimalNumber {
  /// The number that the bytes spell, correctly rounded.
  ///
  /// - Parameter decimal: The decimal sign.
  /// - Returns: nil when the bytes are not a finite decimal number such as `3`, `-0.5`, `.5`, `1e-4`.
  @inline(__always)
  package static func value(
    _ bytes: UnsafeRawBufferPointer, decimal: UInt8 = UInt8(ascii: ".")
  ) -> Double? {
    var index = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { index = 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var fraction = 0
    var hasPoint = false
    while index < bytes.count {
      let digit = bytes[index] &- 48
      if digit < 10 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        digits &+= 1
        if hasPoint { fraction &+= 1 }
      } else if bytes[index] == decimal, !hasPoint {
        hasPoint = true
      } else {
        return general(bytes, decimal: decimal)
      }
      index &+= 1
    }
    // Up to fifteen digits and a power of ten below 10²³ are exact, so that one division rounds once.
    guard digits > 0, digits <= 15 else { return general(bytes, decimal: decimal) }
    let number = fraction == 0 ? Double(mantissa) : Double(mantissa) / powers[fraction]
    return isNegative ? -number : number
  }

  /// The number that a text spells; nil when it is no finite decimal number.
  package static func value(_ text: some StringProtocol) -> Double? {
    var text = String(text)
    return text.withUTF8 { value(UnsafeRawBufferPointer($0)) }
  }

  /// Exponents, plus signs and many digits; the syntax is checked here, the rounding left to Swift.
  @inline(never)
  private static func general(_ bytes: UnsafeRawBufferPointer, decimal: UInt8) -> Double? {
    var text = ""
    var index = 0
    func sign() {
      if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+")
      {
        text.unicodeScalars.append(Unicode.Scalar(bytes[index]))
        index += 1
      }
    }
    func digits() -> Int {
      let start = index
      while index < bytes.count, bytes[index] &- 48 < 10 {
        text.unicodeScalars.append(Unicode.Scalar(bytes[index]))
        index += 1
      }
      return index - start
    }
    sign()
    var count = digits()
    if count == 0 { text += "0" }
    if index < bytes.count, bytes[index] == decimal {
      index += 1
      text += "."
      let fraction = digits()
      if fraction == 0 { text += "0" }
      count += fraction
    }
    guard count > 0 else { return nil }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      text += "e"
      sign()
      guard digits() > 0 else { return nil }
    }
    guard index == bytes.count, let number = Double(text), number.isFinite else { return nil }
    return number
  }

  @usableFromInline static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}
