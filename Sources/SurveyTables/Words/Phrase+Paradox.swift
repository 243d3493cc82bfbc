extension Phrase {
  /// The heading of a gap between two judgements.
  public static let gap = Phrase("gap", "avstand")
  /// The title of differences between groups' gaps.
  public static let gapDifferences = Phrase(
    "Differences between the gaps", "Forskjeller mellom avstandene")
  /// The test that all groups have the same gap.
  public static let equalGaps = Phrase("Equal gaps: Wald F", "Like avstander: Wald F")

  /// The widest gap in a sentence.
  ///
  /// - Parameters:
  ///   - points: The gap as a share, 0…1, and so its ends.
  public static func widestGap(
    group: String, more: String, less: String, points: Double, low: Double, high: Double,
    level: Double
  ) -> Phrase {
    Phrase { format in
      let size = format.percent(points, digits: 0)
      let ends = format.interval(low, high, as: .percent(digits: 0))
      let sure = format.level(level)
      return (
        "The widest gap: \(group), where “\(more)” exceeds “\(less)” by \(size) points "
          + "(\(sure) \(ends)).",
        "Størst avstand: \(group), der «\(more)» er \(size) poeng høyere enn «\(less)» "
          + "(\(sure) \(ends))."
      )
    }
  }
}
