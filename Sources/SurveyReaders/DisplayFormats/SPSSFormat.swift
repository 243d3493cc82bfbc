/// How SPSS shows a variable: a kind, a width and decimals, as in `F8.2`.
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

  /// The format of a word such as `DOLLAR8.2`; its width and decimals are those that SPSS takes.
  init?(_ text: String) {
    guard let word = FormatWord(text), let kind = Self.kinds[word.name] else { return nil }
    let width = min(40, max(kind.least, word.width == 0 ? kind.usual : word.width))
    let most = kind.holdsDecimals ? min(16, width - 1) : 0
    self.init(kind: kind.number, width: width, decimals: min(word.decimals, most))
  }

  var packed: Int { kind << 16 | width << 8 | decimals }

  /// The format of a text of so many bytes: `A24`, or `AHEX48`, which shows two digits a byte.
  init?(_ text: String, ofTextOf width: Int) {
    guard let word = FormatWord(text), word.decimals == 0 else { return nil }
    switch word.name {
    case "A": self.init(kind: 1, width: min(width, 255))
    case "AHEX": self.init(kind: 2, width: min(2 * width, 254))
    default: return nil
    }
  }

  /// The bytes of text that a word such as `A24` or `AHEX48` has room for; nil for other words.
  static func textWidth(_ text: String) -> Int? {
    guard let word = FormatWord(text), word.width > 0, word.decimals == 0 else { return nil }
    return word.name == "A" ? word.width : word.name == "AHEX" ? (word.width + 1) / 2 : nil
  }

  /// The format of a text variable as in SPSS.
  func text(ofTextOf width: Int) -> String { kind == 2 ? "AHEX\(2 * width)" : "A\(width)" }

  /// The format as in SPSS: `F8.2`, `DATE11`; nil for a kind that is not known, and for text.
  var text: String? {
    guard let (name, known) = Self.kinds.first(where: { $0.value.number == kind }) else {
      return nil
    }
    return name + "\(width)" + (known.holdsDecimals && hasDecimals ? ".\(decimals)" : "")
  }

  private var hasDecimals: Bool { decimals > 0 || kind == 5 }

  /// How its numbers are written: DATE, ADATE, EDATE, SDATE, JDATE and the months, quarters and weeks
  /// of MOYR, QYR and WKYR hold days, DATETIME and YMDHMS days with a time.
  var notation: NumberNotation {
    switch kind {
    case 20, 23, 24, 28, 29, 30, 38, 39: .date
    case 22, 41: .datetime
    default: .number
    }
  }

  /// Whether its numbers are seconds: TIME, DTIME, MTIME.
  var isTime: Bool { kind == 21 || kind == 25 || kind == 40 }

  /// Whether it has no decimals to show, or names instead of numbers.
  var isWhole: Bool { decimals == 0 && !isTime }

  /// What is written where nobody has stated a format.
  func isUsual(isWhole: Bool) -> Bool {
    switch notation {
    case .number: self == SPSSFormat(kind: 5, width: 8, decimals: isWhole ? 0 : 2)
    case .date: self == .date
    case .datetime: self == .datetime
    }
  }

  static let date = SPSSFormat(kind: 20, width: 11)
  static let datetime = SPSSFormat(kind: 22, width: 20)

  /// Seconds from 1582-10-14, where SPSS starts to count, to 1970-01-01.
  static let epoch = 12_219_379_200.0

  private typealias Kind = (number: Int, least: Int, usual: Int, holdsDecimals: Bool)

  private static let kinds: [String: Kind] = [
    "F": (5, 1, 8, true), "COMMA": (3, 1, 8, true), "DOLLAR": (4, 2, 8, true),
    "DOT": (32, 1, 8, true), "PCT": (31, 2, 8, true), "E": (17, 6, 8, true),
    "N": (16, 1, 8, true), "Z": (15, 1, 8, true),
    "CCA": (33, 2, 8, true), "CCB": (34, 2, 8, true), "CCC": (35, 2, 8, true),
    "CCD": (36, 2, 8, true), "CCE": (37, 2, 8, true),
    "DATE": (20, 9, 11, false), "ADATE": (23, 8, 10, false), "EDATE": (38, 8, 10, false),
    "JDATE": (24, 5, 7, false), "SDATE": (39, 8, 10, false), "MOYR": (28, 6, 8, false),
    "QYR": (29, 4, 8, false), "WKYR": (30, 6, 10, false), "WKDAY": (26, 2, 9, false),
    "MONTH": (27, 3, 9, false), "DATETIME": (22, 17, 20, true), "YMDHMS": (41, 16, 19, true),
    "TIME": (21, 5, 8, true), "DTIME": (25, 8, 11, true), "MTIME": (40, 5, 5, true),
  ]
}

/// The parts of a word such as `COMMA12.2` or `DATE9.`: name, width and decimals.
struct FormatWord {
  let name: String
  let width: Int
  let decimals: Int

  init?(_ text: String) {
    let parts = text.uppercased().split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first else { return nil }
    let name = first.prefix { !(48...57).contains($0.utf8.first ?? 0) }
    let digits = first.dropFirst(name.count)
    let fraction = parts.count == 2 ? parts[1] : ""
    guard name.utf8.allSatisfy({ 65...90 ~= $0 || $0 == UInt8(ascii: "_") }),
      digits.utf8.allSatisfy({ 48...57 ~= $0 }), fraction.utf8.allSatisfy({ 48...57 ~= $0 }),
      digits.utf8.count < 6, fraction.utf8.count < 3
    else { return nil }
    self.name = String(name)
    (width, decimals) = (Int(digits) ?? 0, Int(fraction) ?? 0)
  }
}
