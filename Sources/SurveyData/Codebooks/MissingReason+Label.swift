extension MissingReason {
  /// The reason that a label states unmistakably, in Norwegian or English; nil for any other label.
  package init?(label: String) {
    let text = label.lowercased().replacing("’", with: "'")
    guard !text.isEmpty else { return nil }
    let found = Self.words.first { $0.words.contains { text.contains($0) } }
    guard let found else { return nil }
    self = found.reason
  }

  /// The order matters: "ikke spurt" before "ikke svar".
  private static let words: [(reason: MissingReason, words: [String])] = [
    (.notAsked, ["not asked", "ikke spurt", "ikkje spurt", "ikke stilt", "ikkje stilt"]),
    (
      .inapplicable,
      [
        "not applicable", "inapplicable", "does not apply", "ikke aktuelt", "ikke aktuell",
        "ikkje aktuelt", "ikkje aktuell", "ikke relevant",
      ]
    ),
    (
      .refused,
      [
        "refus", "nekt", "ønsker ikke", "ønskjer ikkje", "vil ikke svare", "vil ikkje svare",
        "prefer not to", "vil helst ikke",
      ]
    ),
    (.breakoff, ["break-off", "breakoff", "broken off", "avbrutt", "avbrote"]),
    (.technical, ["technical", "teknisk"]),
    (.restricted, ["privacy", "confidential", "personvern"]),
    (.implausible, ["implausible", "ugyldig", "invalid"]),
    (.dontKnow, ["don't know", "dont know", "do not know", "vet ikke", "veit ikkje", "vet ikkje"]),
    (
      .noAnswer,
      ["no answer", "ubesvart", "ikke svar", "ikkje svar", "not answered", "no response"]
    ),
  ]
}

extension MissingReason {
  /// Words that are less than certain, but enough for a question.
  private static let vagueWords = [
    "uoppgitt", "ikke oppgitt", "ikkje oppgjeve", "not stated", "not ascertained", "missing",
    "mangler", "can't choose", "cannot choose", "can't say", "rather not", "decline to",
    "declined to", "gjelder ikke", "split ballot",
  ]

  /// Codes in letters, and whole labels, that are most often not answers.
  private static let codes: [String: MissingReason] = [
    "dk": .dontKnow, "dont_know": .dontKnow, "ref": .refused, "rf": .refused, "na": .noAnswer,
    "n/a": .inapplicable, "nr": .noAnswer, "inap": .inapplicable, "iap": .inapplicable,
    "dk/na": .dontKnow, "dk, na": .dontKnow, "dk/nr": .dontKnow, "unknown": .dontKnow,
    "decline": .refused, "declined": .refused,
  ]

  /// The reason that an unlabelled code, or the label of a code, seems to speak of.
  package static func suggested(by category: Category) -> MissingReason? {
    guard category.label.isEmpty, category.number == nil else {
      return suggested(by: category.label)
    }
    return suggested(by: category.code)
  }

  /// The reason that a label seems to speak of; nil when it reads like an answer.
  package static func suggested(by label: LocalizedText) -> MissingReason? {
    label.texts.lazy.compactMap { suggested(by: $0.text) }.first
  }

  private static func suggested(by text: String) -> MissingReason? {
    let text = text.lowercased().replacing("’", with: "'")
    return MissingReason(label: text) ?? codes[text]
      ?? (vagueWords.contains { text.contains($0) } ? .noAnswer : nil)
  }
}
