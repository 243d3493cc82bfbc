/// Something that Vekt says in a result, in English and in Norwegian.
///
/// Every phrase is written once, as one static constant or function, in a folder `Words`; adding one
/// is adding its line. Numbers within a phrase follow the language:
///
///     static func rows(_ count: Int) -> Phrase {
///       Phrase { ("\($0.count(count)) rows", "\($0.count(count)) rader") }
///     }
public struct Phrase: Sendable {
  private let words: @Sendable (NumberFormat) -> (en: String, nb: String)

  /// A phrase without numbers.
  public init(_ en: String, _ nb: String) { words = { _ in (en, nb) } }

  /// A phrase with numbers, which the closure writes by the format that it is given.
  public init(_ words: @escaping @Sendable (NumberFormat) -> (en: String, nb: String)) {
    self.words = words
  }

  /// The same words in every language, such as a name from the data.
  public init(verbatim text: String) { self.init(text, text) }

  /// The phrase in a language: bokmål for `nb` and `nn`, otherwise English.
  public func text(in language: String) -> String {
    let (en, nb) = words(NumberFormat(language: language))
    return language.isNorwegian ? nb : en
  }

  /// Phrases one after the other with a separator between them.
  public static func joined(_ phrases: [Phrase], separator: String = ", ") -> Phrase {
    func text(_ language: String) -> String {
      phrases.map { $0.text(in: language) }.joined(separator: separator)
    }
    return Phrase(text("en"), text("nb"))
  }
}

extension String {
  /// A label within a sentence: `Don't know` → `don't know`, but `NAV` stays.
  package var withinSentence: String {
    guard let first, dropFirst().first?.isUppercase != true else { return self }
    return first.lowercased() + dropFirst()
  }
}
