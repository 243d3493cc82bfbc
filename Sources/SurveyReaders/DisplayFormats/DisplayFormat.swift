internal import SurveyData

/// What a format shows, whichever program's word it is: `F8.2` of SPSS, `%9.2f` of Stata, `COMMA12.2`
/// of SAS.
///
/// A codebook keeps the word of the program that the variable comes from; ``looks`` translates it.
struct DisplayFormat: Equatable {
  /// What is shown, as the place in ``looks``.
  private let look: Int
  private let width: Int
  private let decimals: Int
  /// The word itself.
  let text: String

  /// What programs call the same: SPSS's name, the end of Stata's format or a whole one, SAS's names.
  ///
  /// A name in brackets shows something else of the same values.
  private static let looks: [(spss: String, stata: String, sas: String)] = [
    ("F", "f", "F"),
    ("(F)", "g", "BEST BESTD BESTX"),
    ("COMMA", "fc", "COMMA"),
    ("DOT", "(fc)", "COMMAX NUMX"),
    ("DOLLAR", "(fc)", "DOLLAR"),
    ("PCT", "(f)", ""),
    ("(F)", "(f)", "PERCENT PERCENTN"),
    ("E", "e", "E"),
    ("N", "0f", "Z"),
    ("Z", "0f", ""),
    ("CCA", "(f)", ""), ("CCB", "(f)", ""), ("CCC", "(f)", ""), ("CCD", "(f)", ""),
    ("CCE", "(f)", ""),
    ("WKDAY", "(f)", ""), ("MONTH", "(f)", ""),
    ("TIME", "(g)", "TIME TOD HHMM E8601TM B8601TM"),
    ("MTIME", "(g)", "MMSS"),
    ("DTIME", "(g)", ""),
    ("DATE", "%td", "DATE"),
    ("ADATE", "%tdNN/DD/CCYY", "MMDDYY MMDDYYS MMDDYYD"),
    ("EDATE", "%tdDD.NN.CCYY", "DDMMYY DDMMYYP DDMMYYS DDMMYYD"),
    ("SDATE", "%tdCCYY/NN/DD", "YYMMDD YYMMDDS YYMMDDD E8601DA B8601DA"),
    ("JDATE", "%tdCCYYJJJ", "JULIAN"),
    ("MOYR", "%tm", "MONYY"),
    ("QYR", "%tq", "YYQ"),
    ("WKYR", "%tw", ""),
    ("(DATE)", "%th", ""),
    ("(DATE)", "(%td)", "parts of dates"),
    ("(DATETIME)", "(%tc)", "parts of moments"),
    ("DATETIME", "%tc", "DATETIME"),
    ("DATETIME", "%tC", ""),
    ("YMDHMS", "%tcCCYY-NN-DD_HH:MM:SS", "E8601DT B8601DT"),
  ]

  /// - Returns: nil for a word that shows nothing known.
  init?(_ text: String) {
    self.text = text
    if text.hasPrefix("%") {
      guard let (look, width, decimals) = Self.stata(text) else { return nil }
      (self.look, self.width, self.decimals) = (look, width, decimals)
    } else {
      guard let word = FormatWord(text) else { return nil }
      let isSAS = text.hasSuffix(".")
      var name = word.name.isEmpty ? "F" : word.name
      var place = Self.looks.firstIndex { row in
        !isSAS && row.spss == name || row.sas.split(separator: " ").contains { $0 == name }
      }
      if place == nil {
        switch SASFormat(name: name).kind {
        case .date: name = "parts of dates"
        case .datetime: name = "parts of moments"
        case .time: name = "TIME TOD HHMM E8601TM B8601TM"
        case .number, .text, .labels: return nil
        }
        place = Self.looks.firstIndex { $0.sas == name }
      }
      guard let place else { return nil }
      // A width of SAS's dates leaves out parts that SPSS's keeps.
      let isNumber = Self.looks[place].stata.hasSuffix("f") || Self.looks[place].stata == "e"
      (look, decimals) = (place, word.decimals)
      width = isSAS && !isNumber ? 0 : word.width
    }
  }

  /// `%9.2f`, `%05.0f`, `%9,0gc`, or a date.
  private static func stata(_ text: String) -> (look: Int, width: Int, decimals: Int)? {
    if let calendar = StataCalendar(text) {
      return looks.firstIndex { StataCalendar($0.stata) == calendar && $0.stata == text }
        .map { ($0, 0, 0) }
        ?? looks.firstIndex { StataCalendar($0.stata) == calendar }.map { ($0, 0, 0) }
    }
    // A year is a number.
    if text.hasPrefix("%ty") { return looks.firstIndex { $0.stata == "g" }.map { ($0, 0, 0) } }
    var rest = text.dropFirst().drop { $0 == "-" || $0 == "~" }
    let isPadded = rest.hasPrefix("0")
    let end = String(rest.reversed().prefix { $0.isLetter }.reversed())
    rest = rest.dropLast(end.utf8.count)
    let parts = rest.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard parts.count == 2, let width = Int(parts[0]), let decimals = Int(parts[1]), width >= 0,
      ["f", "g", "e", "fc", "gc"].contains(end)
    else { return nil }
    let name = isPadded && end == "f" ? "0f" : end == "gc" ? "fc" : end
    let place =
      rest.contains(",") && name == "fc"
      ? looks.firstIndex { $0.spss == "DOT" }
      : looks.firstIndex { $0.stata == name }
    return place.map { ($0, width, decimals) }
  }

  // MARK: Translations

  /// SPSS's format, and whether it shows the same.
  var spss: (format: SPSSFormat, isSame: Bool)? {
    if !text.hasPrefix("%"), let own = SPSSFormat(text), !text.hasSuffix(".") { return (own, true) }
    let name = Self.looks[look].spss
    // A general number has no decimals of its own.
    guard Self.looks[look].stata != "g" else { return nil }
    let word = Self.plain(name) + (width > 0 ? "\(width)" : "") + ".\(decimals)"
    return SPSSFormat(word).map { ($0, !name.hasPrefix("(")) }
  }

  /// Stata's format, and whether it shows the same; nil where Stata's usual one does.
  var stata: (format: String, isSame: Bool)? {
    if text.hasPrefix("%") { return (text, true) }
    let name = Self.looks[look].stata
    let isSame = !name.hasPrefix("(")
    let plain = Self.plain(name)
    if plain == "g" { return isSame ? nil : ("%10.0g", false) }
    if plain.hasPrefix("%") { return (plain, isSame) }
    let digits = "\(max(width == 0 ? 9 : width, decimals + 1)).\(decimals)"
    return ("%" + (plain == "0f" ? "0\(digits)f" : digits + plain), isSame)
  }

  private static func plain(_ name: String) -> String {
    String(name.drop { $0 == "(" }.prefix { $0 != ")" })
  }

  /// Whether it shows numbers with nothing but digits.
  var isPlain: Bool { Self.looks[look].stata == "f" || Self.looks[look].stata == "g" }

  /// How the numbers are written that it shows.
  var notation: NumberNotation {
    spss?.format.notation ?? StataCalendar(stata?.format ?? "")?.notation ?? .number
  }
}

extension Variable {
  /// SPSS's and Stata's format for numbers that are shown in a stated way; nil where neither says
  /// more than usual.
  package var formats: (spss: String?, stata: String?) {
    guard type?.isText != true, let format = format.flatMap(DisplayFormat.init) else {
      return (nil, nil)
    }
    return (format.spss?.format.text, format.stata?.format)
  }
}
