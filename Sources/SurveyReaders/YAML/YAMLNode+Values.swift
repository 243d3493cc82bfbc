package import SurveyData

extension YAMLNode {
  /// An error at the node's place.
  package func fault(_ problem: String, remedy: String? = nil) -> SurveyError {
    SurveyError(.data, at: place, problem, remedy: remedy)
  }

  /// The text of a scalar.
  package func text(_ noun: String) throws -> String {
    guard case .scalar(let text) = value else { throw fault("'\(noun)' must be a single value") }
    return text
  }

  /// The entries of a mapping.
  package func entries(_ noun: String) throws -> [Entry] {
    if case .scalar("") = value { return [] }
    guard case .mapping(let entries) = value else {
      throw fault("'\(noun)' must be a mapping of names to values")
    }
    return entries
  }

  /// The items of a list; a single value is a list of one.
  func items(_ noun: String) throws -> [YAMLNode] {
    switch value {
    case .list(let nodes): nodes
    case .scalar: [self]
    case .mapping: throw fault("'\(noun)' must be a list")
    }
  }

  /// The texts of a list of scalars; a single value is a list of one.
  package func texts(_ noun: String) throws -> [String] {
    try items(noun).map { try $0.text(noun) }
  }

  /// A finite number.
  func number(_ noun: String) throws -> Double {
    let text = try text(noun)
    guard let number = Double(text), number.isFinite else {
      throw fault("'\(noun)' must be a number, but is '\(text)'")
    }
    return number
  }

  /// A whole number that is not negative.
  package func count(_ noun: String) throws -> Int {
    let text = try text(noun)
    guard let count = Int(text), count >= 0 else {
      throw fault("'\(noun)' must be a whole number, but is '\(text)'")
    }
    return count
  }

  /// `true` or `false`.
  func flag(_ noun: String) throws -> Bool {
    switch try text(noun) {
    case "true": true
    case "false": false
    case let text: throw fault("'\(noun)' must be true or false, but is '\(text)'")
    }
  }

  /// One character; `tab` and `space` are two of them.
  func character(_ noun: String) throws -> Character {
    let text = try text(noun)
    switch text {
    case "tab", "\\t": return "\t"
    case "space": return " "
    default:
      guard text.count == 1, let character = text.first else {
        throw fault("'\(noun)' must be one character, but is '\(text)'")
      }
      return character
    }
  }

  /// One of several words.
  package func word<Choice: RawRepresentable & CaseIterable>(
    _ noun: String, _ type: Choice.Type = Choice.self
  ) throws -> Choice where Choice.RawValue == String {
    let word = try word(noun, of: Choice.allCases.map(\.rawValue))
    guard let choice = Choice(rawValue: word) else { throw fault("'\(word)' is no \(noun)") }
    return choice
  }

  /// One of several words.
  package func word(_ noun: String, of words: [String]) throws -> String {
    let text = try text(noun)
    guard words.contains(text) else {
      throw fault(
        "'\(noun)' must be one of \(words.joined(separator: ", ")), but is '\(text)'",
        remedy: suggestion(for: text, among: words))
    }
    return text
  }

  /// A text in the codebook's language, or `{nb: …, en: …}`.
  func localized(_ noun: String, in language: String) throws -> LocalizedText {
    switch value {
    case .scalar(let text): text.isEmpty ? .none : LocalizedText(text, in: language)
    case .mapping(let entries): try Self.localized(entries, noun)
    case .list: throw fault("'\(noun)' must be a text, or a text for each language")
    }
  }

  /// The texts of a mapping whose keys are languages.
  static func localized(_ entries: [Entry], _ noun: String) throws -> LocalizedText {
    LocalizedText(
      try entries.map { entry in
        guard isLanguage(entry.key) else {
          throw SurveyError(
            .data, at: entry.keyPlace,
            "'\(entry.key)' is not a language code such as nb, nn, se or en")
        }
        return (canonicalLanguage(entry.key), try entry.node.text(noun))
      })
  }

  /// A language code as the house writes it: `no` is `nb`.
  static func canonicalLanguage(_ code: String) -> String { code == "no" ? "nb" : code }

  /// Whether a key is a language code: two or three small letters.
  static func isLanguage(_ key: String) -> Bool {
    (2...3).contains(key.count) && key.allSatisfy { "a" <= $0 && $0 <= "z" }
  }
}
