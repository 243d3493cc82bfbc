/// The canonical text of a numeric code: whole numbers without a decimal point, others as the
/// shortest text that reads back the same.
public func canonicalCode(_ number: Double) -> String {
  if number == number.rounded(), abs(number) < 9.007_199_254_740_992e15 {
    return String(Int64(number))
  }
  if number == .infinity { return "HI" }
  if number == -.infinity { return "LO" }
  return "\(number)"
}

/// The number that ``canonicalCode(_:)`` writes so, where `LO` and `HI` have no end; nil for other text.
package func canonicalNumber(_ text: some StringProtocol) -> Double? {
  switch text {
  case "LO": -.infinity
  case "HI": .infinity
  default: Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}

/// A whole number of so many digits that a number would not keep them all, from 2⁵³ on, as a code;
/// nil for any other text.
package func longCode(_ text: String) -> String? {
  guard text.utf8.count >= 16 else { return nil }
  let digits = text.utf8.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
  guard digits.utf8.allSatisfy({ 48...57 ~= $0 }), digits.utf8.first != UInt8(ascii: "0") else {
    return nil
  }
  let isLong = digits.utf8.count > 16 || digits >= "9007199254740992"
  return digits.utf8.count >= 16 && isLong ? text : nil
}
