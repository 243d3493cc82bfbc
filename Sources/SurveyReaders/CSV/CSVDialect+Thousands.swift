extension CSVDialect {
  /// The number of a text with characters between thousands and, perhaps, a typographic minus.
  ///
  /// Blanks of all kinds are one character here, since nobody sees the difference.
  /// - Returns: nil when no such character is declared, or one stands in the wrong place.
  func groupedNumber(_ text: String) -> Double? {
    guard let thousands else { return nil }
    let separator = Self.plainBlank(thousands)
    var plain: [UInt8] = []
    var digitsInGroup = 0
    var hasGroups = false
    var isFraction = false
    for scalar in text.unicodeScalars.lazy.map(Self.plainBlank) {
      if scalar == separator, !isFraction {
        guard hasGroups ? digitsInGroup == 3 : 1...3 ~= digitsInGroup else { return nil }
        hasGroups = true
        digitsInGroup = 0
      } else if scalar == "\u{2212}" {
        plain.append(UInt8(ascii: "-"))
      } else if scalar.isASCII {
        let byte = UInt8(scalar.value)
        if byte == decimal {
          guard !hasGroups || digitsInGroup == 3 else { return nil }
          isFraction = true
        }
        if byte &- 48 < 10, !isFraction { digitsInGroup += 1 }
        plain.append(byte)
      } else {
        return nil
      }
    }
    guard isFraction || !hasGroups || digitsInGroup == 3 else { return nil }
    return plain.withUnsafeBytes { DecimalNumber.value($0, decimal: decimal) }
  }

  private static func plainBlank(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\u{A0}", "\u{2007}", "\u{2009}", "\u{202F}": " "
    default: scalar
    }
  }
}
