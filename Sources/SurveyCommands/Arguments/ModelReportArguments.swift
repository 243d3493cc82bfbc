import ArgumentParser
import SurveyModels
import SurveyRequests

extension ModelReportOptions.Parentheses: ExpressibleByArgument {}

/// What a model's result shows besides its coefficients.
struct ModelReportArguments: ParsableArguments {
  @Flag(
    help: """
      A column a model, also of one; each may have a name before a colon: --models 'Crude: y ~ x' \
      'Adjusted: y ~ x + z'.
      """)
  var models = false

  @Flag(
    help: """
      Add exp_estimate and its interval: odds ratios, rate ratios, …; with --parentheses print them.
      """)
  var exponentiate = false

  @Option(
    help: ArgumentHelp(
      """
      For publications: a column a model, and in parentheses below each coefficient se (the standard \
      error), interval, statistic or p. Printed are coefficients, with --exponentiate ratios, whose \
      standard error is that of the logarithm times the ratio (the delta method).
      """, valueName: "figure"))
  var parentheses: ModelReportOptions.Parentheses?

  @Flag(help: "Mark coefficients in printed tables: * p < 0.05, ** p < 0.01, *** p < 0.001.")
  var stars = false

  @Option(
    help: ArgumentHelp(
      "Joint tests of terms: wald, adjusted-wald (Stata's), working-wald, lrt (Rao–Scott).",
      valueName: "test"))
  var termTests = TermTest.wald

  /// Makes the defaults; the parser fills them.
  init() {}

  /// What is shown, for reports and programs.
  var options: ModelReportOptions {
    ModelReportOptions(
      exponentiate: exponentiate, stars: stars, termTests: termTests, parentheses: parentheses,
      sideBySide: models)
  }
}
