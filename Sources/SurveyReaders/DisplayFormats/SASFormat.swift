/// How SAS shows a variable: a format's name, a width and decimals, as in `COMMA12.2`.
struct SASFormat: Hashable {
  /// What the numbers mean that a format shows.
  enum Kind {
    case number
    /// Days since 1960-01-01.
    case date
    /// Seconds since 1960-01-01.
    case datetime
    /// Seconds since midnight, or a duration.
    case time
    /// Text.
    case text
    /// A format of the user's own, whose labels stand in a catalog.
    case labels
  }

  /// The name in capitals, such as `DATE` or `$CHAR`; empty when none is stated.
  let name: String
  let width: Int
  let decimals: Int

  /// The digits at the end of a name are a width that was not told apart from it.
  init(name: String, width: Int = 0, decimals: Int = 0) {
    var letters = name.uppercased()[...]
    while let last = letters.last, last == "." || last.isNumber { letters.removeLast() }
    self.name = String(letters)
    self.width = width
    self.decimals = decimals
  }

  /// The format as in SAS: `DATE9.`, `COMMA12.2`.
  var text: String {
    name + (width > 0 ? "\(width)" : "") + "." + (decimals > 0 ? "\(decimals)" : "")
  }

  /// The format, unless it shows numbers or days as any program would.
  var stated: String? {
    let isUsual = kind == .number && ["", "BEST", "BESTD", "BESTX"].contains(name) && decimals == 0
    return isUsual || kind == .labels || text == "DATE9." || text == "DATETIME." ? nil : text
  }

  var kind: Kind {
    if name.hasPrefix("$") { return Self.texts.contains(name.dropFirst()) ? .text : .labels }
    if Self.numbers.contains(name) { return .number }
    if Self.dates.contains(name) { return .date }
    if Self.datetimes.contains(name) { return .datetime }
    if Self.times.contains(name) { return .time }
    if let stem = Self.stems.first(where: { name.hasPrefix($0) }) {
      let separators: Set<Substring> = ["", "B", "C", "D", "N", "P", "S"]
      return separators.contains(name.dropFirst(stem.count)) ? .date : .labels
    }
    if let (_, kind) = Self.national.first(where: { name.hasPrefix($0.prefix) }) { return kind }
    return .labels
  }

  /// How its numbers are written.
  var notation: NumberNotation {
    switch kind {
    case .date: .date
    case .datetime: .datetime
    case .number, .time, .text, .labels: .number
    }
  }

  /// A number of the file as the decoders hold it: dates count from 1970, not from 1960.
  func stored(_ number: Double) -> Double {
    switch notation {
    case .number: number
    case .date: number - 3653
    case .datetime: number - 3653 * 86_400
    }
  }

  // MARK: Names

  private static func words<Word: Hashable>(_ text: String, _ make: (Substring) -> Word) -> Set<
    Word
  > {
    Set(text.split { $0 == " " || $0 == "\n" }.map(make))
  }

  private static let numbers = words(
    """
    BEST BESTD BESTX F COMMA COMMAX D DOLLAR DOLLARX E EURO EUROX FRACT NEGPAREN NUMX PERCENT
    PERCENTN PVALUE ROMAN SSN WORDF WORDS YEN Z BINARY FLOAT HEX IB IBR IEEE IEEER OCTAL PD PIB PIBR
    PK RB S370FF S370FHEX S370FIB S370FIBU S370FPD S370FPDU S370FPIB S370FRB S370FZD S370FZDL
    S370FZDS S370FZDT S370FZDU SIZEK SIZEKB SIZEKMG VAXRB VMSZN ZD
    """, String.init
  ).union([""])

  private static let dates = words(
    """
    DATE DAY DOWNAME B8601DA E8601DA IS8601DA EURDFDD EURDFDE EURDFDN EURDFDWN EURDFMN EURDFMY
    EURDFWDX EURDFWKX HDATE HEBDATE JULDAY JULIAN MINGUO MONNAME MONTH MONYY NENGO PDJULG PDJULI QTR
    QTRR WEEKDATE WEEKDATX WEEKDAY WEEKU WEEKV WEEKW WORDDATE WORDDATX YEAR YYMON YYQZ YYWEEKU
    YYWEEKV YYWEEKW
    """, String.init)

  /// Dates whose last letter says what stands between the parts.
  private static let stems = ["YYMMDD", "DDMMYY", "MMDDYY", "MMYY", "YYMM", "YYQR", "YYQ"]

  private static let datetimes = words(
    """
    DATEAMPM DATETIME DTDATE DTMONYY DTWKDATX DTYEAR DTYYQC EURDFDT MDYAMPM B8601DN B8601DT B8601DX
    B8601DZ B8601LX E8601DN E8601DT E8601DX E8601DZ E8601LX IS8601DN IS8601DT IS8601DZ
    """, String.init)

  private static let times = words(
    """
    HHMM HOUR MMSS TIME TIMEAMPM TOD B8601LZ B8601TM B8601TX B8601TZ E8601LZ E8601TM E8601TX E8601TZ
    IS8601LZ IS8601TM IS8601TZ
    """, String.init)

  /// Formats that follow the session's language; longer prefixes first.
  private static let national: [(prefix: String, kind: Kind)] = [
    ("NLDATM", .datetime), ("NLDATE", .date), ("NLTIM", .time), ("NLNUM", .number),
    ("NLMNY", .number), ("NLMNI", .number), ("NLPCT", .number), ("NLPVALUE", .number),
    ("NLBEST", .number), ("NLSTRMON", .number), ("NLSTRQTR", .number), ("NLSTRWK", .number),
  ]

  private static let texts = words(
    """
    ASCII BASE64X BIDI BINARY CHAR CHARZB CPTDW CPTWD EBCDIC F HEX KANJI KANJIX LOGVS LOGVSR MSGCASE
    N8601B N8601BA N8601E N8601EA N8601EH N8601EX N8601H N8601X OCTAL QUOTE REVERJ REVERS UPCASE UCS2B
    UCS2L UCS2X UCS4B UCS4L UCS4X UTF8X VARYING W
    """, { $0 }
  ).union([""])
}
