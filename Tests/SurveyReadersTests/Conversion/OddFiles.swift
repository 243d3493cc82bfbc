import VektTestSupport

@testable import SurveyReaders

/// Small files of every format with the odd things that files of strangers hold; the same seed gives
/// the same file.
struct OddFiles {
  private var random: SeededRandom

  init(seed: Int) { random = SeededRandom(seed: seed) }

  private mutating func below(_ count: Int) -> Int {
    Int.random(in: 0..<max(1, count), using: &random)
  }
  private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  private mutating func one<T>(of items: [T]) -> T { items[below(items.count)] }

  private mutating func some<T>(of items: [T], upTo most: Int) -> [T] {
    var rest = items
    return (0..<min(below(most + 1), items.count)).map { _ in rest.remove(at: below(rest.count)) }
  }

  // MARK: What is odd

  /// Texts that YAML, CSV or a reader may take for something else.
  static let texts = [
    "", " ", "yes", "No", "null", "~", "true", "0x1F", "1:20", "- a", "#", "# a", "a: b", "a #b",
    "[a]",
    "{b}", "&x", "*y", "!z", "|", ">", "%", "@a", "`q`", "'", "\"", "a'b", "a\"b\"", "a,b", "a;b",
    "a\tb",
    "a\nb", "NA", "NaN", "inf", ".", ".a", "-", "n/a", "007", "1e5", "+1", "1.0", "12", "HI", "LO",
    "Ja",
    "é", "😀", "år 2", "missing", "none", "default", "...", "---", "\u{85}x", "\u{A0}", "\u{2028}",
    "x\u{FEFF}",
    "Refused", "80 or older", "?", "? a", "=1+1", "a\\b", "a ", " b", "<b>&amp;", "1,234.5",
    "2024-05-17",
  ]

  private static let numbers: [Double] = [
    0, -0.0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 77, 88, 97, 98, 99, 999, -1, -9, -99, 0.5, 1.5, 7.5,
    -2.25, 0.1,
    1e-7, 1e5, 123_456, 1e9, 1e15, 9_007_199_254_740_992, 9_007_199_254_740_994, 1e20, 1e300,
    -1e300,
    55.5555, 3.0000000001, 2_147_483_647, -2_147_483_648,
  ]

  private mutating func number(_ kind: Int) -> Double {
    switch kind {
    case 0: Double(below(6))
    case 1: Double(below(200)) / 2 - 10
    case 2: one(of: Self.numbers)
    default: Double(below(3)) + (chance(10) ? 7.5 : 0)
    }
  }

  private mutating func rowCount() -> Int { chance(10) ? 0 : 1 + below(40) }

  /// ASCII only where the format has no other letters.
  private mutating func text(_ width: Int, ascii: Bool = false) -> String {
    var text = one(of: Self.texts)
    if chance(10) { text += one(of: Self.texts) + one(of: Self.texts) }
    if ascii { text = String(text.filter { $0.isASCII && $0 != "\n" && $0 != "\t" }) }
    while text.utf8.count > width { text.removeLast() }
    return text
  }

  // MARK: SPSS

  private static let formats = [
    "F8.0", "F8.2", "F1.0", "F3.2", "F12.4", "DOLLAR8.2", "COMMA10.2", "DOT10.2", "E10.3", "PCT8.2",
    "N4.0",
    "DATE11", "ADATE10", "EDATE10", "SDATE10", "JDATE7", "MOYR8", "QYR8", "WKYR10", "DATETIME20",
    "DATETIME23.2", "YMDHMS19", "TIME8", "TIME11.2", "DTIME11", "MTIME5", "WKDAY9", "MONTH9",
  ]

  private static func packed(_ word: String) -> Int { SPSSFormat(word)?.packed ?? 0x05_08_02 }

  mutating func sav() -> SAVBytes {
    var file = SAVBytes()
    file.compression = below(2)
    file.isBigEndian = chance(20)
    file.fileLabel = text(64, ascii: true)
    let count = 1 + below(7)
    var element = 1
    var elements: [Int] = []
    for index in 0..<count {
      let isText = chance(30)
      elements.append(element)
      var variable = SAVBytes.Variable(
        name: one(of: ["V", "@", "IF", "_X", "V.", "K#"]) + "\(index)")
      if variable.name.hasPrefix("_") { variable.name = "X\(index)_" }
      if chance(70) { variable.label = Array(text(40).utf8) }
      if isText {
        variable.width = one(of: [1, 3, 8, 9, 20, 255])
        variable.format = 1 << 16 | variable.width << 8
        if variable.width <= 8, chance(30) {
          variable.missing = some(of: Self.texts, upTo: 3).map {
            Array($0.utf8.prefix(variable.width))
          }
          .filter { String(validating: $0, as: UTF8.self) != nil }
          variable.missingCount = variable.missing.count
        }
      } else {
        variable.format = Self.packed(one(of: Self.formats))
        missing(&variable, file)
      }
      element += max(1, (variable.width + 7) / 8)
      file.variables.append(variable)
      if chance(50), variable.width <= 8 {
        let labels = (0..<(1 + below(5))).map { _ in (value: [UInt8](), label: Array(text(60).utf8))
        }
        let named = labels.map { label in
          (
            isText ? Array(text(variable.width).utf8) : file.double(value(of: variable)),
            label.label
          )
        }
        file.valueLabels.append((named, [elements[index]]))
      }
    }
    let kinds = (0..<count).map { _ in below(4) }
    file.cases = (0..<rowCount()).map { _ in
      file.variables.enumerated().map { index, variable in
        if variable.width > 0 { return .text(Array(text(variable.width).utf8)) }
        let odd = one(of: [-Double.greatestFiniteMagnitude, .nan, .infinity, -.infinity])
        return .number(chance(8) ? odd : value(of: variable, kinds[index]))
      }
    }
    sets(&file)
    measures(&file)
    return file
  }

  /// A number of the file: seconds since 1582 for a date.
  private mutating func value(of variable: SAVBytes.Variable, _ kind: Int = 3) -> Double {
    let kindOfFormat = variable.format >> 16
    guard [20, 22, 23, 24, 28, 29, 30, 38, 39, 41].contains(kindOfFormat), !chance(5) else {
      return number(kind)
    }
    let day = Double(150_463 + below(20_000)) * 86_400
    return chance(70) ? day : day + Double(below(8_640_000)) / 100
  }

  private mutating func missing(_ variable: inout SAVBytes.Variable, _ file: SAVBytes) {
    let shown = variable
    switch below(10) {
    case 0:
      variable.missing = (0..<(1 + below(3))).map { _ in file.double(value(of: shown)) }
      variable.missingCount = variable.missing.count
    case 1:
      let low = value(of: shown)
      let high = low + Double(below(4))
      variable.missing = [
        chance(20) ? -Double.greatestFiniteMagnitude.nextDown : low,
        chance(20) ? Double.greatestFiniteMagnitude : high,
      ].map(file.double)
      variable.missingCount = -2
      if chance(40) {
        variable.missing.append(file.double(high + 7))
        variable.missingCount = -3
      }
    default: break
    }
  }

  /// Multiple-response sets of both kinds and sets of variables.
  private mutating func sets(_ file: inout SAVBytes) {
    let numbers = file.variables.filter { $0.width == 0 }.map(\.name)
    guard numbers.count > 1, chance(50) else { return }
    let label = text(30, ascii: true)
    let members = numbers.prefix(3).joined(separator: " ").lowercased()
    let counted = one(of: ["1", "7.5", "yes"])
    let lines =
      "$cats=C \(label.utf8.count) \(label) \(members)\n"
      + "$dich=D\(counted.utf8.count) \(counted) \(label.utf8.count) \(label) \(members)\n"
    file.extensions.append((7, 1, Array(lines.utf8)))
    file.extensions.append((5, 1, Array("Set 1= \(numbers.joined(separator: " "))\r\n".utf8)))
  }

  private mutating func measures(_ file: inout SAVBytes) {
    guard chance(60) else { return }
    let bytes = file.variables.flatMap { _ in
      [file.int(below(4)), file.int(8), file.int(1)].flatMap { $0 }
    }
    file.extensions.append((11, 4, bytes))
  }

  // MARK: Stata

  private static let stataFormats = [
    "%9.0g", "%8.0g", "%9.2f", "%05.0f", "%12.0fc", "%9.3e", "%tc", "%tC", "%tcHH:MM", "%td", "%d",
    "%tdD_m_Y",
    "%tw", "%tm", "%tq", "%th", "%ty", "%21x", "%tbcal",
  ]

  mutating func dta() -> DTABytes {
    var file = DTABytes(version: one(of: [115, 117, 118, 119]), isUnicode: true)
    file.isBigEndian = chance(20)
    file.fileLabel = text(60, ascii: true)
    var names = [
      "v", "V", "_x", "größe", "Größe", "if_", "abc", "ABC", "aBc", "q_1", "n", "estimate", "yes",
      "null",
    ]
    if file.version < 118 { names.removeAll { !$0.allSatisfy(\.isASCII) } }
    for index in 0..<(1 + below(7)) {
      let kinds: [DTABytes.Kind] = [
        .byte, .int, .long, .float, .double, .double, .text(12), .text(40),
      ]
      var kind = one(of: kinds)
      if chance(8), file.version >= 117 { kind = .longText }
      var variable = DTABytes.Variable(name: names.remove(at: below(names.count)), kind: kind)
      variable.label = text(60)
      variable.format = isNumber(kind) ? one(of: Self.stataFormats) : "%9s"
      if isNumber(kind), chance(60) {
        variable.labels = "set\(index)"
        var labels = (0..<below(5)).map { _ in (value: below(12) - 2, label: text(50)) }
        labels += (0..<below(4)).map { _ in (value: 2_147_483_621 + below(27), label: text(30)) }
        file.labelSets.append((variable.labels, labels))
      }
      file.variables.append(variable)
    }
    let kinds = file.variables.map { _ in below(4) }
    file.rows = (0..<rowCount()).map { _ in
      file.variables.enumerated().map { index, variable in
        guard isNumber(variable.kind) else {
          if case .longText = variable.kind, chance(20) {
            return .text(String(repeating: "lång ", count: 700) + text(40))
          }
          if case .text(let width) = variable.kind { return .text(text(width)) }
          return .text(text(40))
        }
        if chance(15) { return .missing(below(27)) }
        return cell(variable, kinds[index])
      }
    }
    return file
  }

  private func isNumber(_ kind: DTABytes.Kind) -> Bool {
    switch kind {
    case .text, .longText: false
    default: true
    }
  }

  private mutating func cell(_ variable: DTABytes.Variable, _ kind: Int) -> DTABytes.Cell {
    let isMoment = variable.format.hasPrefix("%tc") || variable.format.hasPrefix("%tC")
    let isDate = !isMoment && (variable.format.hasPrefix("%t") || variable.format == "%d")
    switch variable.kind {
    case .byte: return .number(Double(below(100) - 10))
    case .int: return .number(Double(below(30_000) - 3000))
    case .long: return .number(Double(below(2_000_000) - 1_000_000))
    case .float:
      return .number(
        Double(Float(isDate ? Double(below(3000)) : min(1e30, max(-1e30, number(kind))))))
    default:
      if isMoment { return .number(1e12 + Double(below(1_000_000_000)) * 10) }
      return .number(isDate ? Double(below(3000)) + (chance(5) ? 0.5 : 0) : number(kind))
    }
  }

  // MARK: Portable files and SAS

  mutating func por() -> PORBytes {
    var file = PORBytes()
    let count = 1 + below(5)
    for index in 0..<count {
      let isText = chance(30)
      let word = one(of: Self.formats)
      let packed = Self.packed(word)
      var variable = PORBytes.Variable(
        name: "V\(index)", width: isText ? 8 : 0, label: text(40, ascii: true),
        format: isText ? [1, 8, 0] : [packed >> 16, packed >> 8 & 0xFF, packed & 0xFF])
      let shown = SAVBytes.Variable(name: "", format: packed)
      if !isText, chance(30) { variable.missing = [("8", [.number(small(shown))])] }
      if !isText, chance(20) {
        let low = small(shown)
        variable.missing.append(("B", [.number(low), .number(low + 2)]))
      }
      file.variables.append(variable)
      if chance(50) {
        var labels: [(value: PORBytes.Cell, label: String)] = []
        for _ in 0..<(1 + below(4)) {
          labels.append(
            (isText ? .text(text(8, ascii: true)) : .number(small(shown)), text(30, ascii: true)))
        }
        file.valueLabels.append((["V\(index)"], labels))
      }
    }
    file.cases = (0..<rowCount()).map { _ in
      file.variables.map { variable in
        if variable.width > 0 { return .text(text(8, ascii: true)) }
        let packed = variable.format[0] << 16
        return chance(10) ? .missing : .number(small(SAVBytes.Variable(name: "", format: packed)))
      }
    }
    return file
  }

  /// A number that a portable file keeps to its last digit.
  private mutating func small(_ variable: SAVBytes.Variable) -> Double {
    let number = value(of: variable, one(of: [0, 1, 3]))
    return (number * 2).rounded() / 2
  }

  mutating func xpt() -> XPTBytes {
    var file = XPTBytes(version: one(of: [5, 8]))
    let formats = [
      ("", 0, 0), ("", 8, 2), ("BEST", 12, 0), ("DATE", 9, 0), ("MMDDYY", 10, 0), ("MONYY", 7, 0),
      ("YYQ", 6, 0),
      ("DATETIME", 22, 3), ("TIME", 8, 0), ("PERCENT", 8, 1), ("DOLLAR", 10, 2), ("COMMA", 12, 0),
      ("Z", 5, 0),
      ("SEXF", 0, 0), ("YEAR", 4, 0), ("HEX", 16, 0),
    ]
    for index in 0..<(1 + below(6)) {
      let isText = chance(30)
      let format = isText ? ("", 0, 0) : one(of: formats)
      file.variables.append(
        SASField(
          name: "V\(index)", label: text(40, ascii: true), width: isText ? 12 : 8, isText: isText,
          format: format.0, formatWidth: format.1, decimals: format.2))
    }
    let kinds = file.variables.map { _ in below(4) }
    file.rows = (0..<rowCount()).map { _ in
      file.variables.enumerated().map { index, variable in
        if variable.isText { return .text(text(12, ascii: true)) }
        if chance(15) { return .missing(one(of: [".", "_", "A", "D", "Z"])) }
        return .number(min(1e15, max(-1e15, number(kinds[index]))))
      }
    }
    return file
  }

  // MARK: CSV

  mutating func csv() -> String {
    var names = [
      "a b", "a", "A", "yes", "null", "#", "1x", "x:y", "å", "if", "_n", "id", "n", "weight", "a.b",
      "a-b", "😀",
      "'q'", "say \"x\"", String(repeating: "long ", count: 20) + "name",
    ]
    let count = 1 + below(6)
    let header = (0..<count).map { _ in names.remove(at: below(names.count)) }
    let kinds = (0..<count).map { _ in below(8) }
    var lines = [header]
    for _ in 0..<rowCount() {
      lines.append(
        kinds.map { kind in
          switch kind {
          case 0...3: return chance(10) ? one(of: ["", "NA", ""]) : "\(number(kind))"
          case 4: return "2024-0\(1 + below(9))-1\(below(9))"
          case 5: return "2024-0\(1 + below(9))-1\(below(9))T12:30:0\(below(9))"
          default: return one(of: Self.texts)
          }
        })
    }
    return lines.map { fields in
      fields.map {
        "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
          + "\""
      }
      .joined(separator: ",") + "\n"
    }.joined()
  }
}
