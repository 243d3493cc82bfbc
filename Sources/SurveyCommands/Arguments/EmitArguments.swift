import ArgumentParser
import SurveyPrograms

extension ProgramLanguage: ExpressibleByArgument {}

/// `--emit`: the same analysis as another program's text, so that a sceptic can check it.
struct EmitArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Write the equivalent program instead of the result: r (package survey) or stata. \
      What cannot be translated is said in a comment. \
      Example: --emit r --output check.R, then Rscript check.R.
      """, valueName: "language"))
  var emit: ProgramLanguage?
}

extension EmitArguments {
  /// What a program says in front of a test of independence that R may have no answer to.
  var independenceRemarks: [String] {
    emit == .r
      ? ["Where empty cells leave svychisq without an answer, the test is left empty here."] : []
  }
}
