internal import SurveyData

extension MissingReason {
  /// Words that are less than certain, but enough for a question.
  private static let vagueWords = [
    "uoppgitt", "ikke oppgitt", "ikkje oppgjeve", "not stated", "missing", "mangler",
    "can't choose",
    "rather not", "decline", "gjelder ikke", "split ballot",
  ]

  /// Codes in letters that are most often not answers.
  private static let codes: [String: MissingReason] = [
    "dk": .dontKnow, "dont_know": .dontKnow, "ref": .refused, "rf": .refused, "na": .noAnswer,
    "n/a": .inapplicable, "nr": .noAnswer, "inap": .inapplicable,
  ]

  /// The reason that an unlabelled code, or the label of a code, seems to speak of.
  static func suggested(by category: Category) -> MissingReason? {
    guard category.label.isEmpty, category.number == nil else {
      return suggested(by: category.label)
    }
    return codes[category.code.lowercased()] ?? MissingReason(label: category.code)
  }

  /// The reason that a label seems to speak of; nil when it reads like an answer.
  static func suggested(by label: LocalizedText) -> MissingReason? {
    let texts = label.texts.map(\.text)
    return texts.lazy.compactMap { MissingReason(label: $0) }.first
      ?? (texts.contains { text in vagueWords.contains { text.lowercased().contains($0) } }
        ? .noAnswer : nil)
  }
}

extension NationalIdentityNumber {
  /// Whether most of some texts are such numbers, also when a leading zero was lost; a random
  /// number is one with a chance of 1 in 121 at most.
  static func areLikely(_ texts: some Collection<String>) -> Bool {
    let sample = texts.prefix(200)
    let count = sample.count { isValid($0.utf8.count == 10 ? "0" + $0 : $0) }
    return sample.count >= 3 && count * 2 > sample.count
  }
}
