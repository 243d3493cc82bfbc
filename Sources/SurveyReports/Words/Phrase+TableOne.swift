public import SurveyTables

extension Phrase {
  /// The title of a table of variables of any kind.
  ///
  /// - Parameter groups: What the groups are, as within a sentence.
  public static func characteristics(by groups: String) -> Phrase {
    groups.isEmpty
      ? Phrase("Characteristics", "Kjennetegn")
      : Phrase("Characteristics by \(groups)", "Kjennetegn etter \(groups)")
  }
  /// The row that says how many people there are.
  public static let peopleInAll = Phrase("People in all", "Personer i alt")
  /// The row of those who have no valid answer.
  public static let missingAnswers = Phrase("Missing", "Mangler")
  /// A mean with the standard deviation in parentheses.
  public static let meanAndDeviation = Phrase("mean (SD)", "gjennomsnitt (SD)")
  /// A median with the quartiles in parentheses.
  public static let medianAndQuartiles = Phrase("median (quartiles)", "median (kvartiler)")

  /// What the numbers of the table are.
  public static func tableOneBase(isWeighted: Bool, hasMeans: Bool) -> Phrase {
    let deviation =
      hasMeans ? Phrase(" SD: standard deviation.", " SD: standardavvik.") : Phrase("", "")
    let base =
      isWeighted
      ? Phrase(
        "n: respondents, unweighted; all else is weighted, of those who answered.",
        "n: antall personer, uvektet; alt annet er vektet og gjelder dem som svarte.")
      : Phrase(
        "n: respondents; all else is of those who answered.",
        "n: antall personer; alt annet gjelder dem som svarte.")
    return .joined([base, deviation], separator: "")
  }

  /// The groups that have no column.
  public static func nobody(in groups: [String]) -> Phrase {
    let names = groups.joined(separator: "; ")
    return Phrase("Nobody is in: \(names).", "Ingen personer i: \(names).")
  }

  /// Which tests the p-values are of.
  public static func tableOneTests(shares: [Phrase], means: [Phrase], ranks: [Phrase]) -> Phrase {
    let kinds = [
      (Phrase("answers", "svar"), shares), (Phrase("means", "gjennomsnitt"), means),
      (Phrase("ranks", "ranger"), ranks),
    ].filter { !$0.1.isEmpty }
    func text(_ language: String, _ of: String) -> String {
      kinds.map { what, tests in
        "\(of) \(what.text(in: language)) "
          + tests.map { $0.text(in: language) }.joined(separator: ", ")
      }.joined(separator: "; ")
    }
    return Phrase("p: \(text("en", "of")).", "p: \(text("nb", "for")).")
  }
}
