public import SurveyTables

extension Phrase {
  /// The unit of a multinomial model: how the chance of an answer over that of the base changes.
  public static let relativeRiskRatio = Phrase("relative risk ratio", "relativ risikorate")
  /// The thresholds of an ordinal model.
  public static let cutPoints = Phrase("Cut points", "Terskler")
  /// The scale of cut points.
  public static let cutPointScale = Phrase("(log odds)", "(log-odds)")

  /// What an odds ratio of an ordinal model speaks of.
  public static func higherAnswers(from first: String, to last: String) -> Phrase {
    Phrase(
      "Odds of an answer nearer “\(last)” than “\(first)”.",
      "Odds for et svar nærmere «\(last)» enn «\(first)».")
  }

  /// The base of a multinomial model.
  public static func comparedWithAnswer(_ answer: String) -> Phrase {
    Phrase("Compared with the answer “\(answer)”.", "Sammenlignet med svaret «\(answer)».")
  }

  /// The name of the test that coefficients are the same at every cut point; of all terms when the
  /// term is empty.
  public static func proportionalOdds(of term: String) -> Phrase {
    term.isEmpty
      ? Phrase(
        "Do the odds ratios differ between cut points", "Er oddsratioene ulike mellom tersklene")
      : Phrase(
        "Does the odds ratio of \(term) differ between cut points",
        "Er oddsratioen for \(term) ulik mellom tersklene")
  }

  /// Something of which only one of several answers is spoken.
  public static func onAnswer(_ something: String, _ answer: String) -> Phrase {
    Phrase(
      "\(something) on the answer “\(answer)”", "\(something) på svaret «\(answer)»")
  }
}
