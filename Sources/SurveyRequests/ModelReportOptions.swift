package import SurveyModels

/// What a model's result shows besides its coefficients.
package struct ModelReportOptions: Sendable {
  /// Whether odds ratios, rate ratios and the like stand beside the coefficients.
  package var exponentiate: Bool
  /// Whether coefficients of printed tables have stars.
  package var stars: Bool
  /// How terms are tested together.
  package var termTests: TermTest
  /// What stands in parentheses below each coefficient of printed tables; nil means intervals beside
  /// them.
  package var parentheses: Parentheses?
  /// Whether one model has a column of its own too, as several have.
  package var sideBySide: Bool

  /// What can stand in parentheses below a coefficient.
  package enum Parentheses: String, CaseIterable, Sendable {
    /// The standard error.
    case standardError = "se"
    /// The confidence interval.
    case interval
    /// The coefficient over its standard error.
    case statistic
    /// The p-value.
    case probability = "p"
  }

  /// Says what is shown.
  package init(
    exponentiate: Bool, stars: Bool, termTests: TermTest, parentheses: Parentheses? = nil,
    sideBySide: Bool = false
  ) {
    (self.exponentiate, self.stars, self.termTests) = (exponentiate, stars, termTests)
    (self.parentheses, self.sideBySide) = (parentheses, sideBySide)
  }
}
