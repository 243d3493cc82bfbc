/// How SPSS shows a variable: a kind, a width and decimals.
struct SPSSFormat: Hashable {
  /// The kind's number, such as 5 for F.
  let kind: Int
  let width: Int
  let decimals: Int

  init(kind: Int, width: Int, decimals: Int = 0) {
    self.kind = kind
    self.width = width
    self.decimals = decimals
  }

  init(packed: Int) {
    kind = packed >> 16 & 0xFF
    width = packed >> 8 & 0xFF
    decimals = packed & 0xFF
  }

  var packed: Int { kind << 16 | width << 8 | decimals }

  /// How its numbers are written: DATE, ADATE, EDATE, SDATE and JDATE hold days, DATETIME and YMDHMS
  /// days with a time.
  var notation: NumberNotation {
    switch kind {
    case 20, 23, 24, 38, 39: .date
    case 22, 41: .datetime
    default: .number
    }
  }

  /// Seconds from 1582-10-14, where SPSS starts to count, to 1970-01-01.
  static let epoch = 12_219_379_200.0
}
