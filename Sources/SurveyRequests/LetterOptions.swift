package import SurveyStatistics

/// How letters say which groups a share exceeds.
package struct LetterOptions: Sendable {
  /// The p-value below which a share exceeds another.
  package var level: Double
  /// The adjustment of p-values within each answer.
  package var adjustment: Adjustment

  /// Says when a share exceeds another.
  package init(level: Double, adjustment: Adjustment) {
    (self.level, self.adjustment) = (level, adjustment)
  }
}
