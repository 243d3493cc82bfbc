package import SurveyModels

/// What a model's result shows besides its coefficients.
package struct ModelReportOptions: Sendable {
  /// Whether odds ratios, rate ratios and the like stand beside the coefficients.
  package var exponentiate: Bool
  /// Whether coefficients of printed tables have stars.
  package var stars: Bool
  /// How terms are tested together.
  package var termTests: TermTest

  /// Says what is shown.
  package init(exponentiate: Bool, stars: Bool, termTests: TermTest) {
    (self.exponentiate, self.stars, self.termTests) = (exponentiate, stars, termTests)
  }
}
