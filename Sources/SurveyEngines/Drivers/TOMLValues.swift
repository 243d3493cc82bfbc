internal import SurveyData

/// The values of a TOML file, each by its path, such as `Driver.shared.linux_amd64`.
///
/// That much of TOML as manifests of drivers and profiles of connections use: tables, texts on one line, numbers, true and
/// false. Lists and tables on one line are passed over. Quotation marks of keys are no part of them.
struct TOMLValues {
  private var values: [String: String] = [:]
  private let name: String

  /// Reads a file's text.
  /// - Throws: ``SurveyError`` of kind data with the line.
  init(parsing text: String, name: String) throws {
    self.name = name
    var table: [String] = []
    // While the brackets of a list are open, lines belong to it.
    var depth = 0
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      var line = TOMLLine(raw)
      func fault(_ problem: String) -> SurveyError {
        SurveyError(
          .data, at: "\(name):\(index + 1)", "is not TOML as drivers have it: \(problem)")
      }
      if depth > 0 {
        depth += line.brackets()
        continue
      }
      guard let first = line.first else { continue }
      if first == "[" {
        let isList = line.take("[[")
        if !isList { _ = line.take("[") }
        guard let path = line.path(), line.take(isList ? "]]" : "]"), line.first == nil else {
          throw fault("a table is named '[NAME]'")
        }
        table = path
        continue
      }
      guard let path = line.path(), line.take("=") else { throw fault("a line is 'key = value'") }
      if line.first == "[" || line.first == "{" {
        depth = line.brackets()
        continue
      }
      guard let value = line.value(), line.first == nil else {
        throw fault("a value is a text in quotation marks on one line, a number, true or false")
      }
      let key = (table + path).joined(separator: ".")
      guard values.updateValue(value, forKey: key) == nil else {
        throw fault("'\(key)' stands twice")
      }
    }
  }

  /// The value at a path; nil where there is none.
  subscript(path: String) -> String? { values[path] }

  /// The values below a path, by the rest of theirs, in order.
  func below(_ path: String) -> [(key: String, value: String)] {
    values.filter { $0.key.hasPrefix(path + ".") }
      .map { (key: String($0.key.dropFirst(path.count + 1)), value: $0.value) }
      .sorted { $0.key < $1.key }
  }
}

/// What is left of a line.
private struct TOMLLine {
  private var rest: Substring

  init(_ line: Substring) { rest = line }

  /// The next character that is no space and no comment.
  var first: Character? {
    mutating get {
      rest = rest.drop { $0 == " " || $0 == "\t" }
      return rest.first == "#" ? nil : rest.first
    }
  }

  mutating func take(_ mark: String) -> Bool {
    _ = first
    guard rest.hasPrefix(mark) else { return false }
    rest.removeFirst(mark.count)
    return true
  }

  /// A key, or several with dots between them.
  mutating func path() -> [String]? {
    var path: [String] = []
    repeat {
      if first == "\"" || first == "'" {
        guard let key = quoted() else { return nil }
        path.append(key)
      } else {
        let key = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        guard !key.isEmpty else { return nil }
        path.append(String(key))
        rest.removeFirst(key.count)
      }
    } while take(".")
    return path
  }

  /// A text without its quotation marks, or a plain word.
  mutating func value() -> String? {
    if first == "\"" || first == "'" { return rest.hasPrefix("\"\"\"") ? nil : quoted() }
    let word = rest.prefix { $0 != " " && $0 != "\t" && $0 != "#" }
    rest.removeFirst(word.count)
    return word.isEmpty ? nil : String(word)
  }

  private mutating func quoted() -> String? {
    let mark = rest.removeFirst()
    var text = ""
    while let character = rest.popFirst() {
      if character == mark { return text }
      guard character == "\\", mark == "\"" else {
        text.append(character)
        continue
      }
      switch rest.popFirst() {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "r": text.append("\r")
      case "\"": text.append("\"")
      case "\\": text.append("\\")
      case let escape? where escape == "u" || escape == "U":
        let digits = rest.prefix(escape == "u" ? 4 : 8)
        guard let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) else {
          return nil
        }
        text.unicodeScalars.append(scalar)
        rest.removeFirst(digits.count)
      default: return nil
      }
    }
    return nil
  }

  /// How many brackets the line opens more than it closes.
  mutating func brackets() -> Int {
    var depth = 0
    while let character = first {
      switch character {
      case "\"", "'": if quoted() == nil { return depth }
      case "[", "{": (depth, rest) = (depth + 1, rest.dropFirst())
      case "]", "}": (depth, rest) = (depth - 1, rest.dropFirst())
      default: rest = rest.dropFirst()
      }
    }
    return depth
  }
}
