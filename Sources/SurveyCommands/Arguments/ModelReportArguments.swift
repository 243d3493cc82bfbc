import ArgumentParser
import SurveyModels
import SurveyRequests

/// What a model's result shows besides its coefficients.
struct ModelReportArguments: ParsableArguments {
  @Flag(help: "Add exp_estimate and its interval: odds ratios, rate ratios, ….")
  var exponentiate = false

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
    ModelReportOptions(exponentiate: exponentiate, stars: stars, termTests: termTests)
  }
}
