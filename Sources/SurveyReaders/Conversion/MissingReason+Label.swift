package import SurveyData

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
