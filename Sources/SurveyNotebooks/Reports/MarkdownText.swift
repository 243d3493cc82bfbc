/// The Markdown of a notebook's prose as HTML: headings, paragraphs, lists, quotations, tables,
/// code, emphasis and links.
///
/// Everything is escaped; HTML in the prose stays text.
struct MarkdownText {
  /// A heading, for the table of contents.
  struct Heading {
    let level: Int
    let text: String
    let id: String
  }

  private(set) var html = ""
  private(set) var headings: [Heading] = []

  /// Renders prose.
  /// - Parameter taken: How many headings the page has already, so that every id is its own.
  init(_ source: String, headingsBefore taken: Int = 0) {
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.first {
      let text = line.drop { $0 == " " }
      if text.isEmpty {
        lines.removeFirst()
      } else if text.hasPrefix("```") {
        addCode(&lines)
      } else if let level = Self.headingLevel(text) {
        let title = text.dropFirst(level + 1)
        let id = "section-\(taken + headings.count + 1)"
        headings.append(Heading(level: level, text: Self.plain(title), id: id))
        html += "<h\(level) id=\"\(id)\">\(Self.inline(title))</h\(level)>\n"
        lines.removeFirst()
      } else if let marker = Self.listMarker(text) {
        addList(&lines, ordered: marker.isOrdered)
      } else if text.hasPrefix(">") {
        let quoted = Self.take(&lines) { $0.hasPrefix(">") }.map {
          $0.dropFirst().drop { $0 == " " }
        }
        html += "<blockquote><p>\(Self.inline(quoted.joined(separator: " ")))</p></blockquote>\n"
      } else if text.hasPrefix("|") {
        addTable(Self.take(&lines) { $0.hasPrefix("|") })
      } else {
        let paragraph = Self.take(&lines) { Self.continuesParagraph($0) }
        html += "<p>\(Self.inline(paragraph.joined(separator: " ")))</p>\n"
      }
    }
  }

  private static func headingLevel(_ line: Substring) -> Int? {
    let level = line.prefix { $0 == "#" }.count
    return (1...6).contains(level) && line.dropFirst(level).first == " " ? level : nil
  }

  private static func listMarker(_ line: Substring) -> (isOrdered: Bool, length: Int)? {
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return (false, 2) }
    let digits = line.prefix(while: \.isNumber)
    return !digits.isEmpty && line.dropFirst(digits.count).hasPrefix(". ")
      ? (true, digits.count + 2) : nil
  }

  private static func continuesParagraph(_ line: Substring) -> Bool {
    !line.isEmpty && headingLevel(line) == nil && listMarker(line) == nil
      && !line.hasPrefix(">") && !line.hasPrefix("|") && !line.hasPrefix("```")
  }

  /// Takes lines, without their indentation, while they belong together; at least one.
  private static func take(
    _ lines: inout ArraySlice<Substring>, while belongs: (Substring) -> Bool
  ) -> [Substring] {
    var taken: [Substring] = []
    while let line = lines.first?.drop(while: { $0 == " " }), taken.isEmpty || belongs(line) {
      taken.append(line)
      lines.removeFirst()
    }
    return taken
  }

  private mutating func addCode(_ lines: inout ArraySlice<Substring>) {
    lines.removeFirst()
    var code: [Substring] = []
    while let line = lines.first, !line.drop(while: { $0 == " " }).hasPrefix("```") {
      code.append(line)
      lines.removeFirst()
    }
    lines = lines.dropFirst()
    html += "<pre><code>\(Self.escaped(code.joined(separator: "\n")))</code></pre>\n"
  }

  private mutating func addList(_ lines: inout ArraySlice<Substring>, ordered: Bool) {
    let tag = ordered ? "ol" : "ul"
    html += "<\(tag)>\n"
    while let line = lines.first?.drop(while: { $0 == " " }), let marker = Self.listMarker(line),
      marker.isOrdered == ordered
    {
      let item = Self.take(&lines) { Self.continuesParagraph($0) }
      let text = ([item[0].dropFirst(marker.length)] + item.dropFirst()).joined(separator: " ")
      html += "<li>\(Self.inline(text))</li>\n"
    }
    html += "</\(tag)>\n"
  }

  private mutating func addTable(_ lines: [Substring]) {
    func cells(_ line: Substring) -> [Substring] {
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
        $0.drop { $0 == " " }
      }
    }
    let isRule: (Substring) -> Bool = { $0.allSatisfy { "|-: ".contains($0) } }
    html += "<div class=\"vekt-frame\"><table>\n"
    for (index, line) in lines.enumerated() where !isRule(line) {
      let isHead = index == 0 && lines.count > 1 && isRule(lines[1])
      let tag = isHead ? "th scope=\"col\"" : "td"
      let row = cells(line).map { "<\(tag)>\(Self.inline($0))</\(isHead ? "th" : "td")>" }
      html += "<tr>\(row.joined())</tr>\n"
    }
    html += "</table></div>\n"
  }

  /// Code, strong, emphasis and links within a line.
  static func inline(_ text: some StringProtocol) -> String {
    var out = ""
    var rest = Substring(text)
    while let first = rest.first {
      if first == "`", let end = rest.dropFirst().firstIndex(of: "`") {
        out += "<code>\(escaped(rest[rest.index(after: rest.startIndex)..<end]))</code>"
        rest = rest[rest.index(after: end)...]
      } else if let (tag, mark) = emphasis(rest),
        let end = rest.dropFirst(mark.count).firstRange(of: mark)
      {
        let inner = rest[rest.index(rest.startIndex, offsetBy: mark.count)..<end.lowerBound]
        out += "<\(tag)>\(inline(inner))</\(tag)>"
        rest = rest[end.upperBound...]
      } else if let link = link(rest) {
        out += "<a href=\"\(escaped(link.address))\">\(inline(link.text))</a>"
        rest = link.rest
      } else {
        out += escaped(String(first))
        rest = rest.dropFirst()
      }
    }
    return out
  }

  private static func emphasis(_ text: Substring) -> (tag: String, mark: String)? {
    if text.hasPrefix("**") { return ("strong", "**") }
    return text.hasPrefix("*") && text.dropFirst().first?.isWhitespace == false ? ("em", "*") : nil
  }

  private static func link(
    _ text: Substring
  ) -> (text: Substring, address: Substring, rest: Substring)? {
    guard text.first == "[", let middle = text.firstRange(of: "]("),
      let end = text[middle.upperBound...].firstIndex(of: ")")
    else { return nil }
    let address = text[middle.upperBound..<end]
    let isSafe = !address.lowercased().hasPrefix("javascript:")
    guard isSafe else { return nil }
    return (
      text[text.index(after: text.startIndex)..<middle.lowerBound], address,
      text[text.index(after: end)...]
    )
  }

  /// The words without marks.
  private static func plain(_ text: some StringProtocol) -> String {
    String(text.filter { $0 != "*" && $0 != "`" })
  }

  static func escaped(_ text: some StringProtocol) -> String {
    var out = ""
    for character in text {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default: out.append(character)
      }
    }
    return out
  }
}
