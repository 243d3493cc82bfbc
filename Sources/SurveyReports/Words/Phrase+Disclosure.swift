package import SurveyTables

extension Phrase {
  /// How many figures rest on few respondents.
  package static func figuresOfFew(_ figures: Int, below limit: Int, fewest: Int) -> Phrase {
    Phrase(
      figures == 1
        ? "One figure rests on fewer than \(limit) respondents (\(fewest)): think before you pass it on."
        : "\(figures) figures rest on fewer than \(limit) respondents (the fewest: \(fewest)): think "
          + "before you pass them on.",
      figures == 1
        ? "Ett tall bygger på færre enn \(limit) svar (\(fewest)): tenk før du gir det videre."
        : "\(figures) tall bygger på færre enn \(limit) svar (det minste: \(fewest)): tenk før du gir "
          + "dem videre.")
  }
}
