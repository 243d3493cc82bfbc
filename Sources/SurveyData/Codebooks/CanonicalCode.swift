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
