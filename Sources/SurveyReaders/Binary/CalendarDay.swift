/// A day of the Gregorian calendar, also before there was one.
struct CalendarDay: Hashable {
  let year: Int
  let month: Int
  let day: Int

  /// The days since 1970-01-01 of the years 1 to 9999, which a date can be written for.
  static let written = -719_162.0..<2_932_897.0

  init(year: Int, month: Int, day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The date of a day counted from 1970-01-01.
  ///
  /// Hinnant's way: years that begin in March, in eras of 400 years.
  init(days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * part + 2) / 5 + 1
    month = part < 10 ? part + 3 : part - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// `2024-05-17`; nil for other texts, and for days that no month has.
  init?(_ text: Substring) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { 48...57 ~= $0 } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
    guard year > 0, CalendarDay(days: days) == self else { return nil }
  }

  /// The days since 1970-01-01.
  var days: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  var text: String {
    let padding = String(repeating: "0", count: max(0, 4 - "\(year)".utf8.count))
    return "\(padding)\(year)-\(Self.twoDigits(month))-\(Self.twoDigits(day))"
  }

  static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
}
