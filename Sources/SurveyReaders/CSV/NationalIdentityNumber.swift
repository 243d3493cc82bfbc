/// Norwegian national identity numbers (fødselsnummer), which no survey file should hold.
enum NationalIdentityNumber {
  /// Whether a text has eleven digits, begins with a day and a month, and ends with the two check
  /// digits of the rest.
  static func isValid(_ text: String) -> Bool {
    guard text.utf8.count == 11 else { return false }
    let digits = text.utf8.map { Int($0) - 48 }
    guard digits.allSatisfy({ 0..<10 ~= $0 }) else { return false }
    // D-numbers add 40 to the day, test numbers 40 or 80 to the month.
    let day = (digits[0] * 10 + digits[1]) % 40
    let month = (digits[2] * 10 + digits[3]) % 40
    guard 1...31 ~= day, 1...12 ~= month else { return false }
    return [[3, 7, 6, 1, 8, 9, 4, 5, 2, 1], [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]].allSatisfy {
      zip(digits, $0).reduce(0) { $0 + $1.0 * $1.1 } % 11 == 0
    }
  }
}
