/// A text in one or several languages, in the order in which the codebook gives them.
public struct LocalizedText: Hashable, Sendable {
  /// The texts with their language codes (`nb`, `en`, …).
  public let texts: [(language: String, text: String)]

  /// A text in several languages; the first is the fallback.
  public init(_ texts: [(language: String, text: String)]) { self.texts = texts }

  /// A text in one language.
  public init(_ text: String, in language: String) { texts = [(language, text)] }

  /// No text at all.
  public static let none = Self([])

  /// Whether there is no text in any language.
  public var isEmpty: Bool { texts.allSatisfy { $0.text.isEmpty } }

  /// The text in the language asked for, nynorsk else in bokmål, otherwise in the first language given;
  /// empty when none.
  public func text(in language: String) -> String {
    let wanted = language == "nn" ? ["nn", "nb"] : [language]
    let own = wanted.lazy.compactMap { code in texts.first { $0.language == code } }.first
    return (own ?? texts.first)?.text ?? ""
  }

  /// Whether two texts say the same in the same languages.
  public static func == (a: Self, b: Self) -> Bool { a.texts.elementsEqual(b.texts, by: ==) }

  /// Hashes languages and texts.
  public func hash(into hasher: inout Hasher) {
    for (language, text) in texts {
      hasher.combine(language)
      hasher.combine(text)
    }
  }
}

extension String {
  /// Whether the code of a language is of Norwegian, bokmål or nynorsk, which write numbers alike.
  package var isNorwegian: Bool { self == "nb" || self == "nn" }
}
