extension Document {
  /// The tables and notes for a terminal or an e-mail: lines of at most the style's width.
  public func text(_ style: Style = Style()) -> String {
    let tables = self.tables.map { $0.text(style) }
    let notes = Self.noteLines(self.notes, style)
    return (tables + (notes.isEmpty ? [] : [notes])).joined(separator: "\n")
  }

  /// Notes below a table, wrapped, the further lines of each indented.
  fileprivate static func noteLines(_ notes: [String], _ style: Style) -> String {
    let lines = notes.flatMap { note in
      note.wrapped(to: min(style.width, 100) - 2).enumerated().map { ($0 > 0 ? "  " : "") + $1 }
    }
    return lines.map { $0.withPlainSpaces + "\n" }.joined()
  }
}

extension Table {
  /// The table for a terminal or an e-mail: lines of at most the style's width where it can be.
  public func text(_ style: Style = Style()) -> String {
    let table = TextTable(self, style).lines().map { $0.withPlainSpaces + "\n" }.joined()
    let marks = legend.map { Self.raised($0.letter) + "\u{A0}" + $0.text }
    let notes = Document.noteLines(marks + self.notes, style)
    return table + (notes.isEmpty ? "" : "\n" + notes)
  }
}

extension String {
  /// In a monospaced face every space is one cell, and the plain one can be searched for.
  fileprivate var withPlainSpaces: String {
    String(map { $0 == "\u{202F}" || $0 == "\u{A0}" ? " " : $0 })
  }
}

extension Style {
  /// Words in bold, where there is colour.
  func emphasized(_ words: String) -> String {
    color && !words.isEmpty ? "\u{1B}[1m\(words)\u{1B}[0m" : words
  }
}
