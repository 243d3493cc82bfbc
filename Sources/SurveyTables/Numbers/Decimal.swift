/// A finite number as decimal digits: the shortest ones that read back the same.
///
/// Rounding works on these digits and sends halves away from zero, so that a printed table always
/// equals what a reader gets who rounds the unrounded CSV by hand (2.675 → 2.68, 0.125 → 0.13).
struct Decimal {
  /// Whether the number is below zero; never set for zero.
  private(set) var isNegative: Bool
  /// The significant digits, 0…9, without leading zeros; empty for zero.
  private var digits: [UInt8]
  /// How many of the digits stand before the decimal sign; may be negative or beyond their count.
  private var point: Int

  /// The digits of a number; nil for a NaN or an infinity.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value < 0
    digits = []
    point = 0
    var exponent = 0
    var seenPoint = false
    var rest = value.magnitude.description.utf8[...]
    if let e = rest.firstIndex(of: UInt8(ascii: "e")) {
      exponent = Int(Substring(rest[rest.index(after: e)...])) ?? 0
      rest = rest[..<e]
    }
    for byte in rest {
      guard byte != UInt8(ascii: ".") else {
        seenPoint = true
        continue
      }
      if !seenPoint { point += 1 }
      digits.append(byte - UInt8(ascii: "0"))
    }
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    while digits.last == 0 { digits.removeLast() }
    point = digits.isEmpty ? 0 : point + exponent - zeros
  }

  /// Whether the number is zero.
  var isZero: Bool { digits.isEmpty }

  /// The power of ten of the first digit: 0 for 1…9.99, −1 for 0.1…0.99; 0 for zero.
  var magnitude: Int { isZero ? 0 : point - 1 }

  /// How many decimals the number has.
  var decimals: Int { max(digits.count - point, 0) }

  /// The number times a power of ten, exactly.
  func shifted(by places: Int) -> Self {
    var result = self
    if !isZero { result.point += places }
    return result
  }

  /// The number with at most so many decimals; halves go away from zero.
  func rounded(toDecimals decimals: Int) -> Self {
    let kept = point + decimals
    guard kept < digits.count else { return self }
    var result = self
    let roundsUp = kept >= 0 && digits[kept] >= 5
    result.digits.removeSubrange(max(kept, 0)...)
    if roundsUp { result.increment() }
    while result.digits.last == 0 { result.digits.removeLast() }
    if result.isZero {
      result.point = 0
      result.isNegative = false
    }
    return result
  }

  /// Adds one to the last digit.
  private mutating func increment() {
    var place = digits.count - 1
    while place >= 0, digits[place] == 9 {
      digits[place] = 0
      place -= 1
    }
    if place >= 0 {
      digits[place] += 1
    } else {
      digits.insert(1, at: 0)
      point += 1
    }
  }

  /// The digits before the decimal sign, at least `0`.
  var integer: String {
    guard point > 0 else { return "0" }
    return text(of: 0..<point)
  }

  /// So many digits after the decimal sign.
  func fraction(_ decimals: Int) -> String { text(of: point..<point + max(decimals, 0)) }

  private func text(of places: Range<Int>) -> String {
    String(
      decoding: places.map { place in
        UInt8(ascii: "0") + (digits.indices.contains(place) ? digits[place] : 0)
      }, as: UTF8.self)
  }
}
