internal import SurveyTables

/// Marks of small p-values, for those who ask for them.
package struct SignificanceStars {
  private static let limits = [(0.001, "***"), (0.01, "**"), (0.05, "*")]

  /// The mark of a p-value; empty when it is not below 0.05.
  func mark(_ p: Double) -> String { Self.limits.first { p < $0.0 }?.1 ?? "" }

  /// What the marks mean.
  func legend(in language: String) -> [Table.Mark] {
    Self.limits.reversed().map { limit, mark in
      Table.Mark(mark, Phrase.below(limit).text(in: language))
    }
  }
}
