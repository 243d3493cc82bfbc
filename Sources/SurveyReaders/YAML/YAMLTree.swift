/// YAML to be written: short mappings and lists on one line, long ones a line an entry, numbers as many to a line as
/// there is room for.
indirect enum YAMLTree {
  case scalar(String)
  case list([YAMLTree])
  case mapping([Entry])
  /// A mapping that always takes a line an entry.
  case block([Entry])

  struct Entry {
    let key: String
    let value: YAMLTree
    var comments: [String] = []
  }

  /// The widest line, in characters.
  private static let width = 96

  /// The document of a mapping's entries.
  static func document(_ entries: [Entry]) -> String {
    lines(entries, indent: 0).map { $0 + "\n" }.joined()
  }

  private static func lines(_ entries: [Entry], indent: Int) -> [String] {
    entries.flatMap { entry -> [String] in
      let margin = String(repeating: " ", count: indent)
      let comments = entry.comments.flatMap { wrapped($0, after: "\(margin)# ") }
      return comments + entry.value.lines(after: "\(margin)\(quoted(entry.key)):", indent: indent)
    }
  }

  /// The lines of a comment.
  private static func wrapped(_ comment: String, after mark: String) -> [String] {
    comment.split(whereSeparator: \.isWhitespace).reduce(into: []) { lines, word in
      if let last = lines.last, last.count + word.count < width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(mark + word)
      }
    }
  }

  /// The lines of a value that follows its key.
  private func lines(after key: String, indent: Int) -> [String] {
    let oneLine = "\(key) \(flow)"
    switch self {
    case .scalar(let text):
      return oneLine.count <= Self.width ? [oneLine] : Self.folded(text, after: key, indent: indent)
    case .mapping(let entries):
      if oneLine.count <= Self.width { return [oneLine] }
      return [key] + Self.lines(entries, indent: indent + 2)
    case .block(let entries):
      return entries.isEmpty ? ["\(key) {}"] : [key] + Self.lines(entries, indent: indent + 2)
    case .list(let items):
      if oneLine.count <= Self.width { return [oneLine] }
      return [key] + items.flatMap { $0.lines(ofItemAt: indent + 2) }
    }
  }

  /// The lines of an item of a list.
  private func lines(ofItemAt indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let oneLine = "\(margin)- \(flow)"
    guard oneLine.count > Self.width else { return [oneLine] }
    switch self {
    case .mapping(let entries), .block(let entries):
      return Self.lines(entries, indent: indent + 2).enumerated().map { place, line in
        place == 0 ? "\(margin)- \(line.dropFirst(indent + 2))" : line
      }
    case .list(let items):
      return items.enumerated().reduce(into: ["\(margin)- ["]) { lines, item in
        let text = item.element.flow + (item.offset + 1 < items.count ? "," : "]")
        let last = lines[lines.count - 1]
        if item.offset > 0, last.count + text.count >= Self.width {
          lines.append("\(margin)   \(text)")
        } else {
          lines[lines.count - 1] += (item.offset > 0 ? " " : "") + text
        }
      }
    case .scalar: return [oneLine]
    }
  }

  /// The value on one line.
  var flow: String {
    switch self {
    case .scalar(let text): Self.quoted(text)
    case .list(let items): "[\(items.map(\.flow).joined(separator: ", "))]"
    case .mapping(let entries), .block(let entries):
      "{\(entries.map { "\(Self.quoted($0.key)): \($0.value.flow)" }.joined(separator: ", "))}"
    }
  }

  /// A long text in quotation marks, broken at single spaces.
  private static func folded(_ text: String, after key: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent + 2)
    var lines = ["\(key) \""]
    let words = escaped(text).split(separator: " ", omittingEmptySubsequences: false)
    for (index, word) in words.enumerated() {
      let isBreakable = index > 0 && !word.isEmpty && !words[index - 1].isEmpty
      let last = lines[lines.count - 1]
      if isBreakable, last.count + word.count >= width, !word.hasPrefix("\\") {
        lines.append(margin + word)
      } else {
        lines[lines.count - 1] = index == 0 ? last + word : "\(last) \(word)"
      }
    }
    lines[lines.count - 1] += "\""
    return lines
  }

  /// Words that other readers of YAML take for something else than text.
  private static let reserved: Set<String> = [
    "true", "false", "yes", "no", "on", "off", "null", "y", "n", "~",
  ]

  /// A scalar, in quotation marks where it needs them.
  static func quoted(_ text: String) -> String {
    isPlain(text) ? text : "\"\(escaped(text))\""
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
      return false
    }
    let isPlainCharacter = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0)
        || " _-./()+<=>?;–".unicodeScalars.contains($0)
    }
    let begins = first.properties.isAlphabetic || ("0"..."9").contains(first) || first == "."
    let isNegative = first == "-" && Double(text) != nil
    let isPadded = first == "0" && text.count > 1 && text.allSatisfy(\.isWholeNumber)
    return isPlainCharacter && (begins || isNegative) && !isPadded && last != " "
      && !text.hasPrefix("...") && !reserved.contains(text.lowercased())
      && !(text.count == 2 && text.uppercased() == "NO")
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      case "\r": "\\r"
      case _ where scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value):
        "\\u" + hexadecimal(scalar.value, digits: 4)
      case "\u{2028}", "\u{2029}", "\u{FEFF}": "\\u" + hexadecimal(scalar.value, digits: 4)
      case _ where scalar.properties.isNoncharacterCodePoint:
        "\\U" + hexadecimal(scalar.value, digits: 8)
      default: String(scalar)
      }
    }.joined()
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
