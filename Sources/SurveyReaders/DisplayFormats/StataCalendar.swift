/// What Stata counts in a variable that is shown as a date, from the beginning of 1960.
///
/// A week, a month, a quarter or half a year is read as its first day.
enum StataCalendar: Hashable {
  /// Milliseconds, without and with leap seconds.
  case clock, leapClock
  case day, week, month, quarter, half

  /// What a format such as `%tm` or `%tcHH:MM` counts; nil when it shows numbers or text.
  init?(_ format: String) {
    let kind = format.drop { $0 == "%" || $0 == "-" }
    switch kind.prefix(2) {
    case "tc": self = .clock
    case "tC": self = .leapClock
    case "td": self = .day
    case "tw": self = .week
    case "tm": self = .month
    case "tq": self = .quarter
    case "th": self = .half
    default:
      guard kind.hasPrefix("d") else { return nil }
      self = .day
    }
  }

  var notation: NumberNotation { self == .clock || self == .leapClock ? .datetime : .date }

  /// A number of the file as the decoders hold it: days or seconds since 1970.
  func stored(_ number: Double) -> Double {
    switch self {
    case .clock: return number / 1000 - Self.epoch * 86_400
    case .leapClock: return Self.withoutLeapSeconds(number / 1000 - Self.epoch * 86_400)
    case .day: return number - Self.epoch
    case .week, .month, .quarter, .half:
      guard abs(number) < Self.far * partsOfYear else {
        return number / partsOfYear * Self.daysOfYear - Self.epoch
      }
      let whole = number.rounded(.down)
      let (start, end) = (start(of: Int(whole)), start(of: Int(whole) + 1))
      return Double(start) + (number - whole) * Double(end - start)
    }
  }

  /// The way back; no whole number where a period has no beginning.
  func inFile(_ number: Double) -> Double {
    switch self {
    case .clock: return Self.milliseconds(number)
    case .leapClock: return Self.milliseconds(Self.withLeapSeconds(number))
    case .day: return number + Self.epoch
    case .week, .month, .quarter, .half:
      guard abs(number) < Self.far * Self.daysOfYear else {
        return (number + Self.epoch) / Self.daysOfYear * partsOfYear
      }
      let day = CalendarDay(days: Int(number.rounded(.down)))
      let part =
        self == .week
        ? min(51, (day.days - CalendarDay(year: day.year, month: 1, day: 1).days) / 7)
        : (day.month - 1) * Int(partsOfYear) / 12
      let whole = (day.year - 1960) * Int(partsOfYear) + part
      let (start, end) = (start(of: whole), start(of: whole + 1))
      return Double(whole) + (number - Double(start)) / Double(end - start)
    }
  }

  /// Whole milliseconds where seconds are exact to some millionths.
  private static func milliseconds(_ seconds: Double) -> Double {
    let number = (seconds + epoch * 86_400) * 1000
    return abs(number - number.rounded()) < 0.005 ? number.rounded() : number
  }

  /// Days from 1960 to 1970.
  private static let epoch = 3653.0
  private static let daysOfYear = 365.2425
  /// The years beyond which no calendar is asked.
  private static let far = 100_000.0

  private var partsOfYear: Double {
    switch self {
    case .week: 52
    case .month: 12
    case .quarter: 4
    case .half: 2
    case .clock, .leapClock, .day: 1
    }
  }

  /// The first day of a period; the last week of a year has eight days or nine.
  private func start(of period: Int) -> Int {
    let parts = Int(partsOfYear)
    let part = (period % parts + parts) % parts
    let year = 1960 + (period - part) / parts
    guard self != .week else { return CalendarDay(year: year, month: 1, day: 1).days + 7 * part }
    return CalendarDay(year: year, month: part * 12 / parts + 1, day: 1).days
  }

  // MARK: Leap seconds

  /// The moments that follow a leap second, in seconds since 1970.
  private static let afterLeapSeconds: [Double] = {
    let june = [1972, 1981, 1982, 1983, 1985, 1992, 1993, 1994, 1997, 2012, 2015]
    let december = [
      1972, 1973, 1974, 1975, 1976, 1977, 1978, 1979, 1987, 1989, 1990, 1995, 1998, 2005, 2008,
      2016,
    ]
    let days =
      june.map { CalendarDay(year: $0, month: 7, day: 1) }
      + december.map { CalendarDay(year: $0 + 1, month: 1, day: 1) }
    return days.map { Double($0.days) * 86_400 }.sorted()
  }()

  private static func withLeapSeconds(_ seconds: Double) -> Double {
    seconds + Double(afterLeapSeconds.count { $0 <= seconds })
  }

  private static func withoutLeapSeconds(_ seconds: Double) -> Double {
    let count = afterLeapSeconds.enumerated().count {
      seconds >= $0.element + Double($0.offset + 1)
    }
    return seconds - Double(count)
  }
}
