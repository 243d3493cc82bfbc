internal import SurveyTables

extension MarkdownBlock {
  /// The block as HTML; everything that is not a mark is escaped.
  var html: String {
    switch self {
    case .heading(let level, let text): "<h\(level)>\(text.html)</h\(level)>\n"
    case .paragraph(let text): "<p>\(text.html)</p>\n"
    case .code(_, let lines, _):
      "<pre tabindex=\"0\"><code>\(lines.joined(separator: "\n").htmlEscapedLines)</code></pre>\n"
    case .list(let start, let isTight, let items): Self.list(start, isTight, items)
    case .quote(let blocks): "<blockquote>\n\(blocks.html)</blockquote>\n"
    case .table(let alignments, let header, let rows): Self.table(alignments, header, rows)
    case .rule: "<hr>\n"
    }
  }

  private static func list(_ start: Int?, _ isTight: Bool, _ items: [[MarkdownBlock]]) -> String {
    let tag = start == nil ? "ul" : "ol"
    let first = (start ?? 1) == 1 ? "" : " start=\"\(start ?? 1)\""
    let rows = items.map { blocks in
      guard isTight, case .paragraph(let text)? = blocks.first else {
        return "<li>\n\(blocks.html)</li>\n"
      }
      let rest = Array(blocks.dropFirst())
      return "<li>\(text.html)\(rest.isEmpty ? "" : "\n" + rest.html)</li>\n"
    }
    return "<\(tag)\(first)>\n\(rows.joined())</\(tag)>\n"
  }

  private static func table(
    _ alignments: [Alignment], _ header: [MarkdownText], _ rows: [[MarkdownText]]
  ) -> String {
    func row(_ cells: [MarkdownText], _ tag: String, _ attributes: String = "") -> String {
      let cells = zip(alignments, cells).map { alignment, text in
        "<\(tag)\(attributes)\(style(alignment))>\(text.html)</\(tag)>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    return "<div class=\"prose-table\" tabindex=\"0\">\n<table>\n<thead>\n"
      + row(header, "th", " scope=\"col\"") + "</thead>\n<tbody>\n"
      + rows.map { row($0, "td") }.joined() + "</tbody>\n</table>\n</div>\n"
  }

  private static func style(_ alignment: Alignment) -> String {
    switch alignment {
    case .unsaid: ""
    case .left: " style=\"text-align:left\""
    case .center: " style=\"text-align:center\""
    case .right: " style=\"text-align:right\""
    }
  }
}

extension [MarkdownBlock] {
  /// The blocks as HTML.
  var html: String { map(\.html).joined() }
}

extension MarkdownText {
  /// The text as HTML.
  var html: String { map(\.html).joined() }
}

extension MarkdownSpan {
  /// The span as HTML.
  var html: String {
    switch self {
    case .text(let words): words.htmlEscapedLines
    case .code(let words): "<code>\(words.htmlEscaped)</code>"
    case .emphasis(let text): "<em>\(text.html)</em>"
    case .strong(let text): "<strong>\(text.html)</strong>"
    case .link(let text, let address): "<a href=\"\(address.htmlEscaped)\">\(text.html)</a>"
    case .lineBreak: "<br>\n"
    }
  }
}

extension String {
  /// The lines with what HTML reserves written as entities.
  var htmlEscapedLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).htmlEscaped }
      .joined(separator: "\n")
  }
}
