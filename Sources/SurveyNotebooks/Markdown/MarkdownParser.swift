internal import SurveyData

/// Reads the Markdown of notebooks: headings with `#`, paragraphs, lists, quotations, tables, code
/// between fences and lines across the page.
///
/// It is a small part of CommonMark with tables. HTML is text like any other; there are no headings
/// underlined with dashes, no indented code, no images and no references.
struct MarkdownParser {
  private var lines: ArraySlice<MarkdownLine>
  /// The file's name, for places.
  private let name: String
  private let depth: Int

  /// How deep quotations and lists may stand in each other; what is deeper is running text.
  private static let deepest = 12

  /// The blocks of a text.
  /// - Throws: ``SurveyError`` of kind data for a fence that is never closed.
  static func blocks(of text: String, name: String) throws -> [MarkdownBlock] {
    let body =
      text.unicodeScalars.first == "\u{FEFF}"
      ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
    let lines = Substring(body)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated().map { MarkdownLine($1, number: $0 + 1) }
    return try blocks(of: lines, name: name, depth: 0)
  }

  private static func blocks(
    of lines: [MarkdownLine], name: String, depth: Int
  ) throws -> [MarkdownBlock] {
    var parser = MarkdownParser(lines: lines[...], name: name, depth: depth)
    var blocks: [MarkdownBlock] = []
    while let block = try parser.next() { blocks.append(block) }
    return blocks
  }

  private func inner(_ lines: [MarkdownLine]) throws -> [MarkdownBlock] {
    try Self.blocks(of: lines, name: name, depth: depth + 1)
  }

  private mutating func next() throws -> MarkdownBlock? {
    while lines.first?.isBlank == true { lines.removeFirst() }
    guard let line = lines.first else { return nil }
    if line.fence != nil { return try code() }
    if let (level, words) = line.heading {
      lines.removeFirst()
      return .heading(level: level, MarkdownText(parsing: words))
    }
    if line.isRule {
      lines.removeFirst()
      return .rule
    }
    if depth < Self.deepest {
      if line.quoted != nil { return try quote() }
      if line.item != nil { return try list() }
    }
    if line.text.contains("|"), lines.dropFirst().first?.alignments != nil { return table() }
    return paragraph()
  }

  private mutating func code() throws -> MarkdownBlock? {
    guard let open = lines.popFirst(), let fence = open.fence else { return nil }
    var code: [String] = []
    while let line = lines.popFirst() {
      if let end = line.fence, end.mark == fence.mark, end.count >= fence.count,
        end.language.isEmpty
      {
        return .code(language: fence.language, lines: code, line: open.number)
      }
      code.append(line.outdented(by: open.indent).whole)
    }
    throw SurveyError(
      .data, at: "\(name):\(open.number)", "this fence is never closed",
      remedy: "End the cell with a line of \(String(repeating: fence.mark, count: fence.count)).")
  }

  private mutating func quote() throws -> MarkdownBlock {
    var quoted: [MarkdownLine] = []
    while let line = lines.first?.quoted {
      quoted.append(line)
      lines.removeFirst()
    }
    return .quote(try inner(quoted))
  }

  private mutating func list() throws -> MarkdownBlock? {
    guard let first = lines.first, let kind = first.item else { return nil }
    var items: [[MarkdownBlock]] = []
    var isTight = true
    while let line = lines.first, !line.isRule, let item = line.item, item.mark == kind.mark {
      lines.removeFirst()
      var own = [line.withoutMark(width: item.width)]
      while let following = lines.first, belongs(following, to: own, width: item.width) {
        own.append(following.outdented(by: item.width))
        lines.removeFirst()
      }
      while own.last?.isBlank == true, own.count > 1 {
        own.removeLast()
        if lines.first?.item?.mark == kind.mark { isTight = false }
      }
      items.append(try inner(own))
    }
    return .list(start: kind.number, isTight: isTight, items: items)
  }

  /// Whether a line goes on with an item: it is blank, indented, or running text straight after it.
  private func belongs(_ line: MarkdownLine, to item: [MarkdownLine], width: Int) -> Bool {
    if line.isBlank || line.indent >= width { return true }
    return item.last?.isBlank == false && !line.interrupts && line.item == nil
  }

  private mutating func table() -> MarkdownBlock? {
    guard let header = lines.popFirst()?.cells, var alignments = lines.popFirst()?.alignments
    else { return nil }
    var rows: [[Substring]] = []
    while let line = lines.first, !line.isBlank, line.text.contains("|") {
      rows.append(line.cells)
      lines.removeFirst()
    }
    let width = max(header.count, alignments.count, rows.map(\.count).max() ?? 0)
    alignments += Array(repeating: .unsaid, count: width - alignments.count)
    func filled(_ cells: [Substring]) -> [MarkdownText] {
      cells.map { MarkdownText(parsing: $0) } + Array(repeating: [], count: width - cells.count)
    }
    return .table(alignments: alignments, header: filled(header), rows: rows.map(filled))
  }

  private mutating func paragraph() -> MarkdownBlock? {
    guard var text = lines.popFirst().map({ String($0.text) }) else { return nil }
    while let line = lines.first, !line.interrupts {
      text += "\n" + line.text
      lines.removeFirst()
    }
    return .paragraph(MarkdownText(parsing: text))
  }
}
