public import SurveyTables

extension Phrase {
  /// The heading of a gap between two judgements.
  public static let gap = Phrase("gap", "avstand")
  /// The title of differences between groups' gaps.
  public static let gapDifferences = Phrase(
    "Differences between the gaps", "Forskjeller mellom avstandene")
  /// The title of the same with controls held constant.
  public static let adjustedGapDifferences = Phrase(
    "Differences between the gaps, controls held constant",
    "Forskjeller mellom avstandene, kontrollvariablene holdt konstant")
  /// What counts as a judgement.
  public static func countedAs(_ title: String, _ condition: String) -> Phrase {
    Phrase("“\(title)” counts \(condition).", "«\(title)» teller \(condition).")
  }
  /// The title of the odds of one judgement over those of another.
  public static func oddsOfJudgements(_ first: String, over second: String) -> Phrase {
    Phrase("Odds of “\(first)” over “\(second)”", "Odds for «\(first)» over «\(second)»")
  }
  /// The heading of ratios of odds ratios.
  public static func ratioOfOddsRatios(to reference: String) -> Phrase {
    Phrase("Over the odds ratio of \(reference)", "Over oddsratioen for \(reference)")
  }
  /// What the odds ratios are in other words.
  public static let stackedLogit = Phrase(
    "As a logit of both answers stacked, by item and group.",
    "Som en logit av begge svarene under hverandre, etter spørsmål og gruppe.")

  /// The odds ratio of a group over another's, in a sentence.
  public static func oddsRatioInWords(
    _ group: String, reference: String, _ ratio: Finding
  ) -> Phrase {
    Phrase { format in
      let number = format.text(ratio.value, as: ratio.format)
      let interval =
        "\(format.level(ratio.level)) \(format.interval(ratio.low, ratio.high, as: ratio.format))"
      guard ratio.isClear else {
        return (
          "No clear difference between the odds ratios of “\(group)” and “\(reference)” "
            + "(\(number) times, \(interval)).",
          "Ingen tydelig forskjell mellom oddsratioene for «\(group)» og «\(reference)» "
            + "(\(number) ganger, \(interval))."
        )
      }
      return (
        "The odds ratio of “\(group)” is \(number) times that of “\(reference)” (\(interval)).",
        "Oddsratioen for «\(group)» er \(number) ganger den for «\(reference)» (\(interval))."
      )
    }
  }

  /// The test that all groups have the same gap.
  public static let equalGaps = Phrase(
    "Do the gaps differ? Wald F", "Er avstandene forskjellige? Wald F")
}
