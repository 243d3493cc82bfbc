public import SurveyData
public import SurveyTables

extension Phrase {
  /// Whom percentages are of when missing answers count among them.
  ///
  /// - Parameters:
  ///   - percentages: `row`, `column` or `total`.
  ///   - base: `asked`, `all`, or empty when only some reasons count.
  ///   - reasons: The reasons that count.
  public static func percentages(
    _ percentages: String, isGrouped: Bool, of base: String, reasons: [LocalizedText]
  ) -> Phrase {
    func list(_ language: String) -> String {
      reasons.map { $0.text(in: language).withinSentence }.joined(separator: ", ")
    }
    let kinds = [
      "column": ("Column percentages", "Kolonneprosent"), "row": ("Row percentages", "Radprosent"),
    ]
    let kind =
      percentages == "row" && !isGrouped
      ? ("Percentages", "Prosent") : kinds[percentages] ?? ("Percentages", "Prosent")
    switch base {
    case "asked":
      return Phrase("\(kind.0) of all who were asked.", "\(kind.1) av alle som ble spurt.")
    case "all":
      return Phrase(
        "\(kind.0) of all, whether asked or not.",
        "\(kind.1) av alle, enten de ble spurt eller ikke.")
    default:
      return Phrase(
        "\(kind.0) of those who answered, counting: \(list("en")).",
        "\(kind.1) av dem som svarte, medregnet: \(list("nb")).")
    }
  }

  /// People could give several answers.
  public static let severalAnswers = Phrase(
    "Several answers were possible, so that the percentages add up to more than 100.",
    "Flere svar var mulig, så prosentene summerer seg til mer enn 100.")

  /// The title of bounds for missing answers.
  public static func answerBounds(of variable: String) -> Phrase {
    Phrase("\(variable): bounds", "\(variable): yttergrenser")
  }
  /// The heading of bounds.
  public static let bounds = Phrase("bounds", "yttergrenser")
  /// What bounds are.
  public static let answerBoundsKey = Phrase(
    "Weighted share of all who were asked: if none, and if all, of those without a valid answer had "
      + "given it.",
    "Vektet andel av alle som ble spurt: hvis ingen, og hvis alle, av dem uten gyldig svar hadde gitt "
      + "det.")
}
