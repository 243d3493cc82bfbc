internal import SurveyData

/// How the numbers of a column are written as codes and text.
package enum NumberNotation: Sendable {
  /// As numbers.
  case number
  /// Days since 1970-01-01, as `2024-05-17`.
  case date
  /// Seconds since 1970-01-01, as `2024-05-17T12:30:00`, or `2024-05-17T12:30:00.25`.
  case datetime

  /// A number as code.
  package func text(_ number: Double) -> String {
    switch self {
    case .number: return canonicalCode(number)
    case .date:
      guard number == number.rounded(), abs(number) < 4e6 else { return canonicalCode(number) }
      return Self.day(Int(number))
    case .datetime:
      guard abs(number) < 4e11 else { return canonicalCode(number) }
      // Seconds since 1582, as SPSS counts, are exact to some millionths.
      let ticks = Int((number * 100_000).rounded())
      let fraction = (ticks % 100_000 + 100_000) % 100_000
      let seconds = (ticks - fraction) / 100_000
      let day = Int((Double(seconds) / 86_400).rounded(.down))
      let rest = seconds - day * 86_400
      let time = [rest / 3600, rest / 60 % 60, rest % 60].map(Self.twoDigits)
      let moment = Self.day(day) + "T" + time.joined(separator: ":")
      guard fraction > 0 else { return moment }
      var digits = "\(fraction + 100_000)".dropFirst()
      while digits.last == "0" { digits.removeLast() }
      return moment + "." + digits
    }
  }

  private static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }

  /// The Gregorian date of a day counted from 1970-01-01.
  ///
  /// Hinnant's way: years that begin in March, in eras of 400 years.
  private static func day(_ days: Int) -> String {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * part + 2) / 5 + 1
    let month = part < 10 ? part + 3 : part - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let padding = String(repeating: "0", count: max(0, 4 - "\(year)".utf8.count))
    return "\(padding)\(year)-\(twoDigits(month))-\(twoDigits(day))"
  }

  /// A text as this notation writes it, back as number; nil when it is none.
  package func number(_ text: String) -> Double? {
    guard self != .number else { return Double(text) }
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    let parts = halves.first?.split(separator: "-").map { Int($0) } ?? []
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days =
      era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    if self == .date { return halves.count == 1 ? Double(days) : nil }
    guard halves.count == 2 else { return Double(days * 86_400) }
    let clock = halves[1].split(separator: ":").map { Double($0) }
    guard clock.count == 3, let h = clock[0], let m = clock[1], let s = clock[2] else { return nil }
    return Double(days * 86_400) + h * 3600 + m * 60 + s
  }
}
