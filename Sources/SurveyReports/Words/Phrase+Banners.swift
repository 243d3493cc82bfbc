public import SurveyTables

extension Phrase {
  /// The title of a table whose rows are questions with one answer each.
  public static let chosenAnswer = Phrase("Chosen answer", "Valgt svar")
  /// The base of a banner.
  public static let bannerBase = Phrase(
    "Percentages of those who answered, in each background by itself.",
    "Prosent av dem som svarte, i hver bakgrunn for seg.")

  /// People of whom a background is not known.
  ///
  /// - Parameter isLargest: Whether several questions have different counts.
  public static func withoutBackground(_ counts: [(title: String, count: Int)], isLargest: Bool)
    -> Phrase
  {
    Phrase { format in
      let parts = counts.map { "\($0.title) \(format.count($0.count))" }.joined(separator: ", ")
      return (
        "Among those in All the background is unknown of\(isLargest ? " at most" : ""): \(parts).",
        "Blant dem i Alle er bakgrunnen ukjent for\(isLargest ? " høyst" : ""): \(parts)."
      )
    }
  }
  /// What the p-values of a banner are.
  public static func bannerTest(_ test: Phrase) -> Phrase {
    Phrase(
      "p: \(test.text(in: "en")), of each background by itself.",
      "p: \(test.text(in: "nb")), for hver bakgrunn for seg.")
  }
}
