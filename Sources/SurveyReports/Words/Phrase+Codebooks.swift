public import SurveyTables

extension Phrase {
  /// What is of a codebook, and of none of its variables.
  public static let wholeCodebook = Phrase("the whole codebook", "hele kodeboken")
  /// The heading of what the older of two codebooks says.
  public static let before = Phrase("before", "før")
  /// The heading of what the newer says.
  public static let after = Phrase("after", "nå")
  /// Two codebooks say the same.
  public static let noDifferences = Phrase(
    "The two codebooks say the same.", "De to kodebøkene sier det samme.")

  /// The answer that counts in charts, models and comparisons, with its code.
  public static func countedAnswer(_ label: String, _ code: String) -> Phrase {
    let answer = label == code ? code : "\(label) (\(code))"
    return Phrase("The answer that counts: \(answer)", "Svaret som teller: \(answer)")
  }
}
