/// A line of Markdown and what it may begin.
struct MarkdownLine: Sendable {
  /// The line of the file, from 1.
  let number: Int
  /// The line without its indentation.
  let text: Substring
  /// The width of its indentation; a tab reaches to the next multiple of four.
  let indent: Int

  init(_ line: Substring, number: Int, indent outer: Int = 0) {
    self.number = number
    var width = outer
    var rest = line
    while let first = rest.first, first == " " || first == "\t" {
      width += first == "\t" ? 4 - width % 4 : 1
      rest.removeFirst()
    }
    text = rest
    indent = width
  }

  private init(_ text: Substring, number: Int, exactIndent: Int) {
    self.number = number
    self.text = text
    indent = exactIndent
  }

  var isBlank: Bool { text.isEmpty }

  /// The line with so much less indentation.
  func outdented(by width: Int) -> Self {
    Self(text, number: number, exactIndent: max(0, indent - width))
  }

  /// The line as it stands, its indentation in blanks.
  var whole: String { String(repeating: " ", count: indent) + text }

  // MARK: What it may begin

  /// A fence of three or more backquotes or tildes, and what stands behind it.
  var fence: (mark: Character, count: Int, language: String)? {
    guard let mark = text.first, mark == "`" || mark == "~" else { return nil }
    let count = text.prefix { $0 == mark }.count
    let rest = text.dropFirst(count)
    guard count >= 3, mark == "~" || !rest.contains("`") else { return nil }
    return (mark, count, String(rest.trimmedBlanks))
  }

  /// A heading's level and its words.
  var heading: (level: Int, words: Substring)? {
    let level = text.prefix { $0 == "#" }.count
    let rest = text.dropFirst(level)
    guard (1...6).contains(level), rest.first == " " || rest.isEmpty else { return nil }
    let words = rest.trimmedBlanks
    guard let end = words.lastIndex(where: { $0 != "#" }) else { return (level, "") }
    let isClosed = words[end] == " " || words[end] == "\t"
    return (level, isClosed ? words[...end].trimmedBlanks : words)
  }

  /// Whether it is a line across the page.
  var isRule: Bool {
    guard let mark = text.first, "-*_".contains(mark) else { return false }
    let marks = text.filter { $0 != " " }
    return marks.count >= 3 && marks.allSatisfy { $0 == mark }
  }

  /// What stands behind the mark of a quotation.
  var quoted: Self? {
    guard text.first == ">" else { return nil }
    let rest = text.dropFirst()
    return Self(rest.first == " " ? rest.dropFirst() : rest, number: number)
  }

  /// The mark of a list's item: the kind of list, the number, and where the item's text begins.
  var item: (mark: Character, number: Int?, width: Int)? {
    if let mark = text.first, "-*+".contains(mark), isMarkEnd(1) {
      return (mark, nil, itemWidth(1))
    }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard (1...9).contains(digits.count), let number = Int(digits),
      let mark = text.dropFirst(digits.count).first, mark == "." || mark == ")",
      isMarkEnd(digits.count + 1)
    else { return nil }
    return (mark, number, itemWidth(digits.count + 1))
  }

  private func isMarkEnd(_ count: Int) -> Bool {
    let rest = text.dropFirst(count)
    return rest.isEmpty || rest.first == " " || rest.first == "\t"
  }

  private func itemWidth(_ count: Int) -> Int {
    let blanks = text.dropFirst(count).prefix { $0 == " " }.count
    return indent + count + ((1...4).contains(blanks) ? blanks : 1)
  }

  /// The first line of an item, without its mark.
  func withoutMark(width: Int) -> Self {
    Self(text.dropFirst(width - indent), number: number)
  }

  /// The alignments of a table, when the line is the rule below its headings.
  var alignments: [MarkdownBlock.Alignment]? {
    guard text.contains("-"), text.contains("|"), text.allSatisfy({ "|-: \t".contains($0) })
    else { return nil }
    return cells.map { cell in
      switch (cell.first == ":", cell.last == ":") {
      case (true, true): .center
      case (true, false): .left
      case (false, true): .right
      case (false, false): .unsaid
      }
    }
  }

  /// The cells of a table's row; `\|` is a bar within a cell.
  var cells: [Substring] {
    var cells: [Substring] = []
    var start = text.startIndex
    var isEscaped = false
    for index in text.indices {
      if text[index] == "|", !isEscaped {
        cells.append(text[start..<index].trimmedBlanks)
        start = text.index(after: index)
      }
      isEscaped = text[index] == "\\" && !isEscaped
    }
    let last = text[start...].trimmedBlanks
    if !last.isEmpty || cells.isEmpty { cells.append(last) }
    if text.first == "|" { cells.removeFirst() }
    return cells
  }

  /// Whether it ends a paragraph that it follows.
  var interrupts: Bool {
    isBlank || fence != nil || heading != nil || isRule || text.first == ">"
      || item.map { $0.number == nil || $0.number == 1 } ?? false
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmedBlanks: SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return self[endIndex...] }
    return self[first...last]
  }
}
