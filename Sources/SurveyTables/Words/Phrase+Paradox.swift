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
  /// The test that all groups have the same gap.
  public static let equalGaps = Phrase("Equal gaps: Wald F", "Like avstander: Wald F")
}
