extension Character {
  /// How many cells of a terminal the character takes: 0, 1 or 2.
  var width: Int {
    guard let first = unicodeScalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if first.value < 0x1100 { return 1 }
    let isEmoji =
      first.properties.isEmojiPresentation || unicodeScalars.contains { $0.value == 0xFE0F }
    return isEmoji || Self.wide.contains { $0.contains(first.value) } ? 2 : 1
  }

  /// Scalars that Unicode's East Asian Width calls wide or full-width, in broad ranges.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}

extension String {
  /// How many cells of a terminal the text takes.
  var width: Int {
    let isPlain = utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    return isPlain ? utf8.count : reduce(0) { $0 + $1.width }
  }

  /// The text followed by spaces up to a width.
  func padded(to width: Int) -> String { self + .spaces(width - self.width) }

  /// The text after spaces up to a width.
  func padded(before width: Int) -> String { .spaces(width - self.width) + self }

  /// So many spaces; none for a number below zero.
  static func spaces(_ count: Int) -> String { String(repeating: " ", count: Swift.max(count, 0)) }

  /// The text broken at spaces into lines of at most so many cells; only longer words are cut.
  func wrapped(to width: Int) -> [String] {
    let width = Swift.max(width, 1)
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    for part in onOneLine.split(separator: " ") {
      for word in String(part).cut(to: width) {
        let wordWidth = word.width
        if !line.isEmpty, lineWidth + 1 + wordWidth > width {
          lines.append(line)
          line = ""
          lineWidth = 0
        }
        if !line.isEmpty {
          line += " "
          lineWidth += 1
        }
        line += word
        lineWidth += wordWidth
      }
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The word in pieces of at most so many cells.
  private func cut(to width: Int) -> [String] {
    guard self.width > width else { return [self] }
    var pieces = [""]
    var pieceWidth = 0
    for character in self {
      if pieceWidth > 0, pieceWidth + character.width > width {
        pieces.append("")
        pieceWidth = 0
      }
      pieces[pieces.count - 1].append(character)
      pieceWidth += character.width
    }
    return pieces
  }
}
