/// The Norwegian national identity number (fødselsnummer, D-number and synthetic ones): eleven
/// digits, the last two of which check the others.
enum NationalNumber {
  private static let first = [3, 7, 6, 1, 8, 9, 4, 5, 2]
  private static let second = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

  /// Whether a text is eleven digits (or ten, when a leading zero was lost) with valid check digits.
  static func isPlausible(_ text: String) -> Bool {
    var digits = text.compactMap(\.wholeNumberValue)
    guard digits.count == text.count, digits.count == 11 || digits.count == 10 else { return false }
    if digits.count == 10 { digits.insert(0, at: 0) }
    let day = (digits[0] * 10 + digits[1]) % 40
    let month = (digits[2] * 10 + digits[3]) % 40
    guard (1...31).contains(day), (1...12).contains(month) else { return false }
    return check(digits, first) == digits[9] && check(digits, second) == digits[10]
  }

  private static func check(_ digits: [Int], _ weights: [Int]) -> Int {
    (11 - zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11) % 11
  }

  /// Whether most of some texts are such numbers; a random number is one with a chance of 1 in 121.
  static func arePlausible(_ texts: some Collection<String>) -> Bool {
    let sample = texts.prefix(200)
    return sample.count >= 3 && sample.count(where: isPlausible) * 2 > sample.count
  }
}
