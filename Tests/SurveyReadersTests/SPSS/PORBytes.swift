/// The bytes of a small SPSS portable file, from facts about each.
struct PORBytes {
  enum Cell {
    case number(Double)
    case missing
    case text(String)
    case bytes([UInt8])
    /// As it is to stand in the file.
    case raw(String)
  }

  struct Variable {
    var name: String
    var width = 0
    var label = ""
    /// Kind, width, decimals.
    var format = [5, 8, 2]
    /// Records of missing values, such as `8` and a value.
    var missing: [(tag: String, values: [Cell])] = []
  }

  var variables: [Variable] = []
  var weight: String?
  var documents: [String] = []
  var valueLabels: [(names: [String], labels: [(value: Cell, label: String)])] = []
  var cases: [[Cell]] = []
  /// What ends the data.
  var end = "Z"
  var lineEnd = "\n"
  /// Whether blanks at the ends of lines are lost, as in mails.
  var losesBlanks = false
  /// The byte of each ASCII character in the file; nil for ASCII itself.
  var characters: ((UInt8) -> UInt8)?
  /// What stands where the dictionary's version should.
  var version = "A"

  /// One variable with one answer.
  static var small: PORBytes { PORBytes(variables: [Variable(name: "X")], cases: [[.number(7)]]) }

  static var sample: PORBytes {
    var file = PORBytes(weight: "W", documents: ["Samlet inn i mai", "Vektet"])
    file.variables = [
      .init(name: "ID", label: "Ident", format: [5, 8, 0]),
      .init(
        name: "SEX", label: "Gender", format: [5, 1, 0], missing: [("8", [.number(9)])]),
      .init(
        name: "INCOME", format: [5, 8, 2],
        missing: [("9", [.number(-5)]), ("8", [.number(0.5)])]),
      .init(name: "AGE", format: [5, 3, 0], missing: [("B", [.number(97), .number(99)])]),
      .init(name: "W", format: [5, 8, 3]),
      .init(
        name: "TOWN", width: 8, format: [1, 8, 0], missing: [("8", [.text("none")])]),
      .init(name: "DAY", format: [20, 11, 0]),
      .init(name: "MOMENT", format: [22, 20, 0]),
    ]
    file.valueLabels = [
      (["SEX"], [(.number(1), "Man"), (.number(2), "Woman"), (.number(9), "Refused")]),
      (["TOWN"], [(.text("Oslo"), "The capital")]),
    ]
    file.cases = [
      [
        .number(1), .number(1), .number(0.1), .number(44), .number(1.25), .text("Oslo"),
        .number(13_935_283_200), .number(13_935_328_200),
      ],
      [
        .number(-31), .number(9), .number(-5), .number(98), .number(0.75), .text(""), .missing,
        .missing,
      ],
      [
        .number(1e10), .missing, .number(1234.5), .missing, .number(1), .text("none"),
        .number(12_219_379_200), .number(0),
      ],
    ]
    return file
  }

  // MARK: The file

  var bytes: [UInt8] {
    var stream = Array(String(repeating: "ASCII SPSS PORT FILE".padded(40), count: 5).utf8)
    stream += table
    var text: [UInt8] = Array(("SPSSPORT" + version).utf8) + string("20240517") + string("123000")
    text += [0x31] + string("made by a test") + [0x34] + number(Double(variables.count)) + [0x35]
    text += number(11)
    if let weight { text += [0x36] + string(weight) }
    for variable in variables {
      text += [0x37] + number(Double(variable.width)) + string(variable.name)
      text += (variable.format + variable.format).flatMap { number(Double($0)) }
      for (tag, values) in variable.missing { text += Array(tag.utf8) + values.flatMap(cell) }
      if !variable.label.isEmpty { text += [0x43] + string(variable.label) }
    }
    for (names, labels) in valueLabels {
      text += [0x44] + number(Double(names.count)) + names.flatMap(string)
      text += number(Double(labels.count)) + labels.flatMap { cell($0.value) + string($0.label) }
    }
    if !documents.isEmpty {
      text += [0x45] + number(Double(documents.count)) + documents.flatMap(string)
    }
    text += [0x46] + cases.flatMap { $0.flatMap(cell) }
    stream += text.map { characters?($0) ?? $0 }
    let last = Array(end.utf8).map { characters?($0) ?? $0 }
    if !last.isEmpty {
      stream = SAVBytes.padded(stream, (stream.count / 80 + 1) * 80, with: last[0])
    }
    var out: [UInt8] = []
    for start in stride(from: 0, to: stream.count, by: 80) {
      var line = Array(stream[start..<min(start + 80, stream.count)])
      while losesBlanks, line.last == 0x20 { line.removeLast() }
      out += line + Array(lineEnd.utf8)
    }
    return out
  }

  /// Which byte stands for each of SPSS's characters; a zero for those that the file has not.
  private var table: [UInt8] {
    let zero = characters?(0x30) ?? 0x30
    var table = [UInt8](repeating: zero, count: 256)
    let known = [
      (64, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
      (126, " .<(+|&[]!$*);^-/|,%_>?`:#@'=\""), (162, "~"), (184, "{}\\"),
    ]
    for (start, text) in known {
      for (index, byte) in text.utf8.enumerated() {
        table[start + index] = characters?(byte) ?? byte
      }
    }
    return table
  }

  private func string(_ text: String) -> [UInt8] {
    number(Double(text.utf8.count)) + Array(text.utf8)
  }

  private func cell(_ cell: Cell) -> [UInt8] {
    switch cell {
    case .number(let value): number(value)
    case .missing: Array("*.".utf8)
    case .text(let text): string(text)
    case .bytes(let bytes): number(Double(bytes.count)) + bytes
    case .raw(let text): Array(text.utf8)
    }
  }

  /// A number to base 30, with up to twelve digits behind the point.
  func number(_ value: Double) -> [UInt8] {
    var whole = abs(value).rounded(.down)
    var rest = abs(value) - whole
    var digits = ""
    repeat {
      digits = Self.digit(whole.truncatingRemainder(dividingBy: 30)) + digits
      whole = (whole / 30).rounded(.down)
    } while whole > 0
    if rest > 0 { digits += "." }
    for _ in 0..<12 where rest > 0 {
      rest *= 30
      digits += Self.digit(rest.rounded(.down))
      rest -= rest.rounded(.down)
    }
    return Array(((value < 0 ? "-" : "") + digits + "/").utf8)
  }

  private static func digit(_ value: Double) -> String {
    String(Array("0123456789ABCDEFGHIJKLMNOPQRST")[Int(value)])
  }
}

extension String {
  fileprivate func padded(_ count: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, count - self.count))
  }
}
