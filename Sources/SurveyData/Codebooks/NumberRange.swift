/// A stretch of numbers as the codebook and the command line write it: `1..5`, `<0`, `>=90`.
package struct NumberRange: Hashable, Sendable {
  /// The lowest number; minus infinity when the stretch is open.
  package let low: Double
  /// The highest number; infinity when the stretch is open.
  package let high: Double

  /// Makes a stretch with both ends included.
  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Parses a stretch; nil when the text is none.
  package init?(parsing text: String) {
    func number(_ part: Substring) -> Double? { canonicalNumber(part.trimmed) }
    if text.hasPrefix("<="), let high = number(text.dropFirst(2)) {
      self.init(low: -.infinity, high: high)
    } else if text.hasPrefix(">="), let low = number(text.dropFirst(2)) {
      self.init(low: low, high: .infinity)
    } else if text.hasPrefix("<"), let high = number(text.dropFirst()) {
      self.init(low: -.infinity, high: high.nextDown)
    } else if text.hasPrefix(">"), let low = number(text.dropFirst()) {
      self.init(low: low.nextUp, high: .infinity)
    } else {
      let ends = text.split(separator: "..", omittingEmptySubsequences: false)
      guard ends.count == 2, let low = number(ends[0]), let high = number(ends[1]), low <= high
      else { return nil }
      self.init(low: low, high: high)
    }
  }

  /// Whether a number lies in the stretch.
  package func contains(_ number: Double) -> Bool { low <= number && number <= high }

  /// The text that reads back the same.
  package var text: String {
    if low == -.infinity, high == .infinity { return "LO..HI" }
    if low == -.infinity {
      return Self.isShort(high) ? "<=\(canonicalCode(high))" : "<\(canonicalCode(high.nextUp))"
    }
    if high == .infinity {
      return Self.isShort(low) ? ">=\(canonicalCode(low))" : ">\(canonicalCode(low.nextDown))"
    }
    return "\(canonicalCode(low))..\(canonicalCode(high))"
  }

  private static func isShort(_ number: Double) -> Bool {
    canonicalCode(number).utf8.count < 12 && abs(number) != .leastNonzeroMagnitude
  }
}
