internal import SurveyData

/// How the numbers of a column are written as codes and text.
///
/// A day or moment outside of the years 1 to 9999 is written as its number.
package enum NumberNotation: Sendable {
  /// As numbers.
  case number
  /// Days since 1970-01-01, as `2024-05-17`; a part of a day as in ``datetime``.
  case date
  /// Seconds since 1970-01-01, as `2024-05-17T12:30:00`, or `2024-05-17T12:30:00.25`.
  case datetime

  /// A number as code.
  package func text(_ number: Double) -> String {
    switch self {
    case .number: return canonicalCode(number)
    case .date where number == number.rounded() && CalendarDay.written.contains(number):
      return CalendarDay(days: Int(number)).text
    case .date: return Self.moment(number * Self.secondsOfDay) ?? canonicalCode(number)
    case .datetime: return Self.moment(number) ?? canonicalCode(number)
    }
  }

  /// Whether a number is a day or a moment that can be written as one.
  package func isWritten(_ number: Double) -> Bool {
    switch self {
    case .number: true
    case .date: CalendarDay.written.contains(number)
    case .datetime: CalendarDay.written.contains(number / Self.secondsOfDay)
    }
  }

  private static let secondsOfDay = 86_400.0
  /// Seconds since 1582, as SPSS counts, are exact to some millionths.
  private static let ticks = 100_000

  private static func moment(_ number: Double) -> String? {
    guard CalendarDay.written.contains(number / secondsOfDay) else { return nil }
    let ticks = Int((number * Double(Self.ticks)).rounded())
    let fraction = (ticks % Self.ticks + Self.ticks) % Self.ticks
    let seconds = (ticks - fraction) / Self.ticks
    let day = Int((Double(seconds) / secondsOfDay).rounded(.down))
    let rest = seconds - day * 86_400
    let time = [rest / 3600, rest / 60 % 60, rest % 60].map(CalendarDay.twoDigits)
    let moment = CalendarDay(days: day).text + "T" + time.joined(separator: ":")
    guard fraction > 0 else { return moment }
    var digits = "\(fraction + Self.ticks)".dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return moment + "." + digits
  }

  /// A text as this notation writes it, back as number; nil when it is none.
  ///
  /// A moment may have a space for `T` and no seconds.
  package func number(_ text: String) -> Double? {
    guard self != .number else { return Double(text) }
    let halves = text.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == "T" || $0 == " "
    }
    guard let first = halves.first, let day = CalendarDay(first) else {
      return Double(text).flatMap { !isWritten($0) && self.text($0) == text ? $0 : nil }
    }
    var seconds = 0.0
    if halves.count == 2 {
      guard let time = Self.seconds(halves[1]) else { return nil }
      seconds = time
    }
    return self == .date
      ? Double(day.days) + seconds / Self.secondsOfDay
      : Double(day.days) * Self.secondsOfDay + seconds
  }

  /// `12:30`, `12:30:00`, `12:30:00.25`.
  private static func seconds(_ clock: Substring) -> Double? {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard 2...3 ~= parts.count, parts.prefix(2).allSatisfy({ $0.utf8.count == 2 }),
      parts.allSatisfy({ $0.utf8.allSatisfy { 48...57 ~= $0 || $0 == UInt8(ascii: ".") } }),
      let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
    else { return nil }
    guard parts.count == 3 else { return Double(hours * 3600 + minutes * 60) }
    guard parts[2].prefix(2).allSatisfy(\.isNumber), let seconds = Double(parts[2]), seconds < 60
    else { return nil }
    return Double(hours * 3600 + minutes * 60) + seconds
  }
}
