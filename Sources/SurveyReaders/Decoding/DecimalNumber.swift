package import SurveyData

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
    let found = text.utf8.withContiguousStorageIfAvailable { value(UnsafeRawBufferPointer($0)) }
    if let found { return found }
    var copy = String(text)
    return copy.withUTF8 { value(UnsafeRawBufferPointer($0)) }
  }

  /// Exponents, plus signs and many digits; the syntax is checked here.
  @inline(never)
  private static func general(_ bytes: UnsafeRawBufferPointer, decimal: UInt8) -> Double? {
    var index = 0
    func skipSign() {
      if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+")
      {
        index += 1
      }
    }
    func digits() -> Range<Int> {
      let start = index
      while index < bytes.count, bytes[index] &- 48 < 10 { index += 1 }
      return start..<index
    }
    skipSign()
    let whole = digits()
    var fraction = index..<index
    if index < bytes.count, bytes[index] == decimal {
      index += 1
      fraction = digits()
    }
    guard whole.count + fraction.count > 0 else { return nil }
    let mantissa = ..<index
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      skipSign()
      guard !digits().isEmpty else { return nil }
    }
    guard index == bytes.count else { return nil }
    if mantissa.upperBound == bytes.count, let number = rounded(bytes, whole, fraction) {
      return bytes[0] == UInt8(ascii: "-") ? -number : number
    }
    var text = Array(bytes)
    if whole.upperBound < mantissa.upperBound { text[whole.upperBound] = UInt8(ascii: ".") }
    guard let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else {
      return nil
    }
    return number
  }

  /// The number of up to nineteen digits, by one division of whole numbers, which rounds once; nil for
  /// more of them.
  private static func rounded(
    _ bytes: UnsafeRawBufferPointer, _ whole: Range<Int>, _ fraction: Range<Int>
  ) -> Double? {
    guard fraction.count <= 19 else { return nil }
    var mantissa: UInt64 = 0
    var digits = 0
    for range in [whole, fraction] {
      for index in range where digits > 0 || bytes[index] != UInt8(ascii: "0") {
        guard digits < 19 else { return nil }
        mantissa = mantissa * 10 + UInt64(bytes[index] - 48)
        digits += 1
      }
    }
    guard mantissa > 0, !fraction.isEmpty else { return Double(mantissa) }
    var power: UInt64 = 1
    for _ in fraction { power &*= 10 }
    // Both with their highest bit set, so that the quotient has more bits than a number keeps; what is
    // left of the division stands in its last bit, and the rounding sees it.
    let (shift, powerShift) = (mantissa.leadingZeroBitCount, power.leadingZeroBitCount)
    let dividend = mantissa << UInt64(shift)
    let (quotient, rest) = (power << UInt64(powerShift)).dividingFullWidth(
      (dividend >> 1, dividend << 63))
    return Double(
      sign: .plus, exponent: powerShift - shift - 63,
      significand: Double(quotient | (rest == 0 ? 0 : 1)))
  }

  @usableFromInline static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}

extension Category {
  /// ``Category/number``, sooner for what is written as numbers mostly are.
  package var plainNumber: Double? { DecimalNumber.value(code) ?? number }
}
