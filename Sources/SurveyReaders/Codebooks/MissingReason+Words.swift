internal import SurveyData

extension MissingReason {
  /// Words in labels that speak of a missing answer, in Norwegian and English.
  private static let words: [(reason: MissingReason, words: [String])] = [
    (
      .dontKnow,
      [
        "vet ikke", "veit ikkje", "don't know", "dont know", "do not know", "don’t know",
        "not sure",
        "usikker/vet", "can't choose", "can't say",
      ]
    ),
    (
      .refused,
      [
        "refus", "ønsker ikke", "ønskjer ikkje", "vil ikke svare", "vil ikkje svare", "nekter",
        "prefer not", "rather not", "decline",
      ]
    ),
    (.notAsked, ["ikke spurt", "ikkje spurt", "not asked", "split ballot"]),
    (
      .inapplicable,
      [
        "ikke aktuel", "ikkje aktuel", "not applicable", "inapplicable", "gjelder ikke",
        "inap", "does not apply",
      ]
    ),
    (
      .noAnswer,
      [
        "ubesvart", "ikke besvart", "ikkje svar", "no answer", "not answered", "uoppgitt",
        "ikke oppgitt", "not stated", "manglende svar", "missing", "no response",
      ]
    ),
    (.breakoff, ["avbrutt", "break-off", "breakoff", "broken off"]),
    (.technical, ["teknisk feil", "technical"]),
  ]

  /// The reason that a label speaks of; nil when it reads like an answer.
  static func suggested(by label: LocalizedText) -> MissingReason? {
    let texts = label.texts.map { $0.text.lowercased() }
    return words.first { _, words in
      texts.contains { text in words.contains { text.hasPrefix($0) || text.hasSuffix($0) } }
    }?.reason
  }
}
