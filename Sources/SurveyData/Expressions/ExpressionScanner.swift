/// Cuts an expression into tokens.
struct ExpressionScanner {
  let text: ExpressionText
  private var position = 0

  /// The longest expression, in characters.
  private static let longest = 20_000

  init(_ source: String) throws {
    text = ExpressionText(source)
    guard text.characters.count <= Self.longest else {
      throw SurveyError(.usage, "an expression of more than \(Self.longest) characters is too long")
    }
  }

  /// All tokens, the last of which is the end.
  mutating func tokens() throws -> [Token] {
    var tokens: [Token] = []
    while let token = try next() { tokens.append(token) }
    let end = text.characters.count
    return tokens + [Token(kind: .end, range: end..<end)]
  }

  private func character(at index: Int) -> Character? {
    index < text.characters.count ? text.characters[index] : nil
  }

  private mutating func next() throws -> Token? {
    while character(at: position) == " " { position += 1 }
    let start = position
    guard let first = character(at: start) else { return nil }
    let kind: Token.Kind
    switch first {
    case "'", "\"": kind = .text(try quoted(by: first, named: "text"))
    case "`": kind = .name(try quoted(by: first, named: "name"))
    case _ where Self.isDigit(first): kind = try number()
    case "." where character(at: start + 1).map(Self.isDigit) == true:
      kind = try number()
    case _ where Self.beginsName(first): kind = word()
    default: kind = .symbol(try symbol())
    }
    return Token(kind: kind, range: start..<position)
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isWholeNumber
  }

  private static func beginsName(_ character: Character) -> Bool {
    character.isLetter || character == "_"
  }

  private static func continuesName(_ character: Character) -> Bool {
    beginsName(character) || character.isNumber || character == "."
  }

  private mutating func quoted(by quote: Character, named noun: String) throws -> String {
    let start = position
    position += 1
    var content = ""
    while let character = character(at: position) {
      position += 1
      if character != quote {
        content.append(character)
      } else if self.character(at: position) == quote {
        content.append(quote)
        position += 1
      } else {
        return content
      }
    }
    throw text.fault("the \(noun) that begins here is never closed", at: start..<start + 1)
  }

  private mutating func digits() {
    while let character = character(at: position), Self.isDigit(character) { position += 1 }
  }

  /// A number; one with more digits than a number keeps is compared as a text, digit by digit.
  private mutating func number() throws -> Token.Kind {
    let start = position
    digits()
    if character(at: position) == ".", character(at: position + 1) != "." {
      position += 1
      digits()
    }
    if let e = character(at: position), e == "e" || e == "E" {
      let sign = character(at: position + 1)
      let first = sign == "+" || sign == "-" ? position + 2 : position + 1
      if character(at: first).map(Self.isDigit) == true {
        position = first
        digits()
      }
    }
    if let next = character(at: position), Self.beginsName(next) {
      while let character = character(at: position), Self.continuesName(character) { position += 1 }
      throw text.fault(
        "'\(text[start..<position])' is neither a number nor a name", at: start..<position,
        remedy: "Write a name that begins with a digit between backquotes: "
          + "`\(text[start..<position])`.")
    }
    guard let value = Double(text[start..<position]), value.isFinite else {
      throw text.fault("'\(text[start..<position])' is not a number", at: start..<position)
    }
    return longCode(text[start..<position]).map { .text($0) } ?? .number(value)
  }

  private mutating func word() -> Token.Kind {
    let start = position
    while let character = character(at: position), Self.continuesName(character) {
      if character == ".", self.character(at: position + 1) == "." { break }
      position += 1
    }
    let word = text[start..<position]
    switch word {
    case "AND": return .symbol(.and)
    case "OR": return .symbol(.or)
    case "NOT": return .symbol(.not)
    case "IN": return .symbol(.in)
    case "TRUE": return .symbol(.true)
    case "FALSE": return .symbol(.false)
    default: return Token.Symbol(rawValue: word).map { .symbol($0) } ?? .name(word)
    }
  }

  /// Other programs' signs that mean one of ours.
  private static let synonyms: [String: Token.Symbol] = [
    "&&": .and, "||": .or, "&": .and, "|": .or, "!": .not, "**": .power, "≤": .lessOrEqual,
    "≥": .greaterOrEqual, "≠": .unequal, "−": .minus,
  ]

  private mutating func symbol() throws -> Token.Symbol {
    let start = position
    for length in [2, 1] where start + length <= text.characters.count {
      let sign = text[start..<start + length]
      if let symbol = Token.Symbol(rawValue: sign) ?? Self.synonyms[sign] {
        position += length
        return symbol
      }
    }
    let remedy: String? =
      switch text.characters[start] {
      case "=": "Write == to compare."
      case "~": "Write != or not."
      case "%": "Write `in (1, 2)` for a list of codes."
      case let sign: sign.straightening
      }
    throw text.fault(
      "'\(text.characters[start])' has no meaning here", at: start..<start + 1, remedy: remedy)
  }
}

extension Character {
  /// What to write in place of a sign that a word processor makes.
  package var straightening: String? {
    switch self {
    case "“", "”", "„", "‟", "«", "»": "Write straight quotation marks, '…' or \"…\"."
    case "‘", "’", "‚", "‛", "´": "Write straight quotation marks, '…'."
    case "–", "—": "Write a plain minus sign, -."
    default: nil
    }
  }
}
