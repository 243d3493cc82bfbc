/// How numbers are written for people, in one language.
///
/// Decimal comma in Norwegian, a narrow no-break space between thousands, a true minus sign; halves
/// are rounded away from zero, and what rounds to zero has no sign.
public struct NumberFormat: Sendable {
  /// The decimal sign.
  public let decimalSign: String
  /// The word between the bounds of an interval when a dash would meet a minus sign.
  let to: String
  /// What stands for a number that could not be computed.
  private let missing: String

  static let thousandsSpace = "\u{202F}"
  static let minus = "\u{2212}"
  static let noBreakSpace = "\u{A0}"

  /// The number format of a language; every language but Norwegian is written as English.
  public init(language: String) {
    let isNorwegian = language.isNorwegian
    decimalSign = isNorwegian ? "," : "."
    to = isNorwegian ? "til" : "to"
    missing = isNorwegian ? ".." : "–"
  }

  /// A share as a percentage, without the sign `%`: 0.805 → `81`.
  public func percent(_ share: Double, digits: Int = 0) -> String {
    written(share, shift: 2) { _ in digits }
  }

  /// A share as a percentage with its sign: 0.95 → `95 %`.
  public func percentSign(_ share: Double, digits: Int = 0) -> String {
    percent(share, digits: digits) + Self.noBreakSpace + "%"
  }

  /// A share as a percentage with the decimals that it has, at most two: 0.975 → `97.5`.
  public func exactPercent(_ share: Double) -> String {
    let digits = Decimal(share)?.shifted(by: 2).rounded(toDecimals: 2).decimals ?? 0
    return percent(share, digits: digits)
  }

  /// A level of confidence: 0.95 → `95 %`.
  public func level(_ level: Double) -> String {
    exactPercent(level) + Self.noBreakSpace + "%"
  }

  /// A difference of shares as percentage points with its sign: 0.061 → `+6.1`.
  public func points(_ difference: Double, digits: Int = 1) -> String {
    let text = written(difference, shift: 2) { _ in digits }
    let isZero = Decimal(difference)?.shifted(by: 2).rounded(toDecimals: digits).isZero ?? true
    return difference > 0 && !isZero ? "+" + text : text
  }

  /// A number with a fixed number of decimals.
  public func fixed(_ value: Double, digits: Int) -> String { written(value) { _ in digits } }

  /// A whole number of at most four digits that something is set to, without spaces since it may be a
  /// year; nil for others.
  public func place(_ value: Double) -> String? {
    guard value == value.rounded(), abs(value) < 10_000 else { return nil }
    return fixed(value, digits: 0).filter { !$0.isWhitespace }
  }

  /// A number with at least so many significant digits; digits before the decimal sign all stay.
  ///
  /// Beyond fifteen digits before, or five zeros after, the decimal sign a power of ten is written.
  public func significant(_ value: Double, digits: Int) -> String {
    guard let decimal = Decimal(value) else { return special(value) }
    let magnitude = decimal.magnitude
    guard (-6...15).contains(magnitude) else {
      let mantissa = written(value, shift: -magnitude) { _ in max(digits - 1, 0) }
      let exponent = String(magnitude).replacing("-", with: Self.minus)
      return "\(mantissa)e\(exponent)"
    }
    return written(value) { max(digits - 1 - $0.magnitude, 0) }
  }

  /// A whole number, with spaces between thousands.
  public func count(_ count: Int) -> String {
    (count < 0 ? Self.minus : "") + grouped(String(count.magnitude))
  }

  /// Degrees of freedom: whole where they are whole, otherwise with one decimal.
  public func degreesOfFreedom(_ value: Double) -> String {
    value == .infinity ? "∞" : fixed(value, digits: value == value.rounded() ? 0 : 1)
  }

  /// The size of a p-value: `0.08`, `0.011`, `< 0.001`, `> 0.99`.
  ///
  /// Three decimals up to 0.06, so that nobody has to guess on which side of 0.05 it is; then two.
  public func probability(_ p: Double) -> String {
    guard p.isFinite else { return missing }
    let space = Self.noBreakSpace
    if p < 0.001 { return "<\(space)" + fixed(0.001, digits: 3) }
    if p >= 0.995 { return ">\(space)" + fixed(0.99, digits: 2) }
    return fixed(p, digits: p < 0.06 ? 3 : 2)
  }

  /// A p-value in a sentence: `p 0.08`, `p < 0.001`.
  public func p(_ p: Double) -> String { "p" + Self.noBreakSpace + probability(p) }

  /// Writes a number times a power of ten; the number of decimals may depend on its rounded size.
  private func written(_ value: Double, shift: Int = 0, decimals: (Decimal) -> Int) -> String {
    guard let exact = Decimal(value)?.shifted(by: shift) else { return special(value) }
    // Rounding may carry into a new digit (9.96 → 10.0), which then needs one decimal less.
    let rounded = exact.rounded(toDecimals: max(decimals(exact), 0))
    let count = max(decimals(rounded), 0)
    let fraction = count > 0 ? decimalSign + rounded.fraction(count) : ""
    return (rounded.isNegative ? Self.minus : "") + grouped(rounded.integer) + fraction
  }

  private func special(_ value: Double) -> String {
    value.isNaN ? missing : value < 0 ? "\(Self.minus)∞" : "∞"
  }

  private func grouped(_ digits: String) -> String {
    guard digits.utf8.count > 3 else { return digits }
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.utf8.count - place) % 3 == 0 { text += Self.thousandsSpace }
      text.append(digit)
    }
    return text
  }
}
