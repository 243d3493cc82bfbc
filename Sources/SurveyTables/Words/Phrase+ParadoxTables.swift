extension Phrase {
  /// The title of shares group by group.
  public static let whoSaysWhat = Phrase("Who says what", "Hvem svarer hva")

  /// The lowest and the highest share, in a sentence.
  public static func fromLowToHigh(
    _ item: String, low: Double, lowGroup: String, high: Double, highGroup: String
  ) -> Phrase {
    Phrase { format in
      let (a, b) = (format.percentSign(low), format.percentSign(high))
      return (
        "\(item): from \(a) (\(lowGroup)) to \(b) (\(highGroup)).",
        "\(item): fra \(a) (\(lowGroup)) til \(b) (\(highGroup))."
      )
    }
  }

  /// What pooling parts of one survey takes for granted.
  public static func pooledWithinSurvey(_ variable: String) -> Phrase {
    Phrase(
      "The gap by \(variable.withinSentence); its groups are pooled as if they were drawn apart.",
      "Avstanden etter \(variable.withinSentence); gruppene slås sammen som om de var trukket "
        + "hver for seg.")
  }
}
