extension MarkdownText {
  /// Reads the marks of running text: `*emphasis*`, `**strong**`, code, links, and a backslash
  /// before a mark that is meant as it stands.
  init(parsing text: some StringProtocol) {
    self = SpanParser(Array<Character>(text)).spans(in: 0..<text.count, depth: 0)
  }
}

/// Turns characters into spans, by recursive descent.
private struct SpanParser {
  let characters: [Character]
  /// For each bracket that is closed, the place of the one that closes it.
  private let partners: [Int: Int]
  /// How deep marks may stand in each other; what is deeper is text.
  static let deepest = 8

  init(_ characters: [Character]) {
    self.characters = characters
    var partners: [Int: Int] = [:]
    var square: [Int] = []
    var round: [Int] = []
    var isEscaped = false
    for (place, character) in characters.enumerated() {
      switch isEscaped ? "\\" : character {
      case "[": square.append(place)
      case "(": round.append(place)
      case "]": if let open = square.popLast() { partners[open] = place }
      case ")": if let open = round.popLast() { partners[open] = place }
      default: break
      }
      isEscaped = character == "\\" && !isEscaped
    }
    self.partners = partners
  }

  func spans(in range: Range<Int>, depth: Int) -> MarkdownText {
    var spans: MarkdownText = []
    var words = ""
    var place = range.lowerBound
    var unclosed: Set<String> = []
    func flush() {
      if !words.isEmpty { spans.append(.text(words)) }
      words = ""
    }
    while place < range.upperBound {
      if let (character, end) = escaped(place, range) {
        words.append(character)
        place = end
      } else if let end = lineBreak(place, range) {
        while words.last == " " { words.removeLast() }
        flush()
        spans.append(.lineBreak)
        place = end
      } else if let (span, end) = span(place, range, depth: depth, &unclosed) {
        flush()
        spans.append(span)
        place = end
      } else {
        // A run of marks that opens nothing is text as a whole.
        let run = "`*_".contains(characters[place]) ? runLength(place, range) : 1
        words += String(characters[place..<place + run])
        place += run
      }
    }
    flush()
    return spans
  }

  private func escaped(_ place: Int, _ range: Range<Int>) -> (Character, end: Int)? {
    guard characters[place] == "\\", place + 1 < range.upperBound else { return nil }
    let next = characters[place + 1]
    return next.isASCII && (next.isPunctuation || next.isSymbol) ? (next, place + 2) : nil
  }

  /// A backslash or two blanks at the end of a line.
  private func lineBreak(_ place: Int, _ range: Range<Int>) -> Int? {
    if characters[place] == "\\", place + 1 < range.upperBound, characters[place + 1] == "\n" {
      return place + 2
    }
    guard characters[place] == "\n", place - 2 >= range.lowerBound, characters[place - 1] == " ",
      characters[place - 2] == " "
    else { return nil }
    return place + 1
  }

  private func span(
    _ place: Int, _ range: Range<Int>, depth: Int, _ unclosed: inout Set<String>
  ) -> (MarkdownSpan, end: Int)? {
    switch characters[place] {
    case "`": code(place, range)
    case "*", "_": depth < Self.deepest ? emphasis(place, range, depth: depth, &unclosed) : nil
    case "[": depth < Self.deepest ? link(place, range, depth: depth) : nil
    case "<": bareLink(place, range)
    default: nil
    }
  }

  private func runLength(_ place: Int, _ range: Range<Int>) -> Int {
    let mark = characters[place]
    return characters[place..<range.upperBound].prefix { $0 == mark }.count
  }

  private func code(_ place: Int, _ range: Range<Int>) -> (MarkdownSpan, end: Int)? {
    let length = runLength(place, range)
    var end = place + length
    while end < range.upperBound {
      guard characters[end] == "`" else {
        end += 1
        continue
      }
      let closing = runLength(end, range)
      if closing == length {
        var words = String(characters[place + length..<end].map { $0 == "\n" ? " " : $0 })
        if words.count > 2, words.first == " ", words.last == " " {
          words = String(words.dropFirst().dropLast())
        }
        return (.code(words), end + closing)
      }
      end += closing
    }
    return nil
  }

  /// - Parameter unclosed: The marks that nothing closes in the rest of the range.
  private func emphasis(
    _ place: Int, _ range: Range<Int>, depth: Int, _ unclosed: inout Set<String>
  ) -> (MarkdownSpan, end: Int)? {
    let mark = characters[place]
    let length = min(runLength(place, range), 2)
    let start = place + length
    let name = String(repeating: mark, count: length)
    guard !unclosed.contains(name), start < range.upperBound, !characters[start].isWhitespace,
      mark == "*" || place == range.lowerBound || !characters[place - 1].isWordPart
    else { return nil }
    var end = start + 1
    while end < range.upperBound {
      if characters[end] == "\\" {
        end += 2
        continue
      }
      if characters[end] == "`", let (_, after) = code(end, range) {
        end = after
        continue
      }
      guard characters[end] == mark else {
        end += 1
        continue
      }
      let run = runLength(end, range)
      let after = end + run
      let isEnd =
        !characters[end - 1].isWhitespace
        && (mark == "*" || after == range.upperBound || !characters[after].isWordPart)
      // `**strong *and emphasis***`: a longer run ends the inner mark before the outer one.
      if isEnd, run == length || run > 2 {
        let close = after - length
        let inner = spans(in: start..<close, depth: depth + 1)
        return (length == 2 ? .strong(inner) : .emphasis(inner), after)
      }
      end = after
    }
    unclosed.insert(name)
    return nil
  }

  private func link(_ place: Int, _ range: Range<Int>, depth: Int) -> (MarkdownSpan, end: Int)? {
    guard let middle = partners[place], middle + 1 < range.upperBound,
      characters[middle + 1] == "(", let end = partners[middle + 1], end < range.upperBound
    else { return nil }
    // A title behind the address has no place in print.
    let address = String(characters[middle + 2..<end]).split(separator: " ").first ?? ""
    guard !address.isEmpty, Self.isHarmless(address) else { return nil }
    let text = spans(in: place + 1..<middle, depth: depth + 1)
    return (.link(text, address: String(address)), end + 1)
  }

  /// `<https://example.org>`.
  private func bareLink(_ place: Int, _ range: Range<Int>) -> (MarkdownSpan, end: Int)? {
    let inside = characters[(place + 1)..<range.upperBound].prefix { $0 != ">" && !$0.isWhitespace }
    guard inside.endIndex < range.upperBound, characters[inside.endIndex] == ">" else { return nil }
    let address = String(inside)
    guard ["https://", "http://", "mailto:"].contains(where: address.lowercased().hasPrefix)
    else { return nil }
    return (.link([.text(address)], address: address), inside.endIndex + 1)
  }

  /// Addresses with another scheme than these could run something.
  private static func isHarmless(_ address: Substring) -> Bool {
    let scheme = address.prefix { !"/?#".contains($0) }
    guard let colon = scheme.firstIndex(of: ":") else { return true }
    return ["http", "https", "mailto"].contains(scheme[..<colon].lowercased())
  }
}

extension Character {
  fileprivate var isWordPart: Bool { isLetter || isNumber }
}
