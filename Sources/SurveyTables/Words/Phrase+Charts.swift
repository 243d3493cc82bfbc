extension Phrase {
  /// What kind of chart it is, for those who do not see it.
  public static func chart(_ kind: Chart.Kind) -> Phrase {
    switch kind {
    case .bars: Phrase("Bar chart", "Stolpediagram")
    case .stacked: Phrase("Stacked bars of shares", "Stablede stolper av andeler")
    case .diverging:
      Phrase("Shares to both sides of a middle", "Andeler til begge sider av en midte")
    case .dots: Phrase("Dots with intervals", "Punkter med intervaller")
    case .dumbbell:
      Phrase("Two points and the gap between them", "To punkter og avstanden mellom dem")
    case .lines: Phrase("Lines with bands", "Linjer med bånd")
    case .forest: Phrase("Forest plot", "Skogdiagram")
    }
  }

  /// The number of a figure.
  public static func figureNumber(_ number: Int) -> Phrase {
    Phrase("Figure \(number).", "Figur \(number).")
  }

  /// The respondents who count, below a chart.
  static func peopleCounted(_ count: Int) -> Phrase {
    Phrase { ("n\u{A0}\($0.count(count))", "n\u{A0}\($0.count(count))") }
  }
  /// Where the data come from.
  public static func source(_ text: String) -> Phrase {
    Phrase("Source: \(text)", "Kilde: \(text)")
  }
  /// Intervals are known but not drawn.
  static let intervalsNotShown = Phrase("Intervals not shown.", "Intervaller vises ikke.")
  /// The axis is shorter than some intervals.
  static let intervalsCut = Phrase(
    "Some intervals reach beyond the axis.", "Noen intervaller går ut over aksen.")
}
