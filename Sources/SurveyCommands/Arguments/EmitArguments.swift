import ArgumentParser
import SurveyPrograms

/// What `--emit` writes in place of a result.
enum Emission: String, CaseIterable, ExpressibleByArgument {
  case r, stata, sql

  /// The program that makes the same estimates; nil for queries, which estimate nothing.
  var language: ProgramLanguage? {
    switch self {
    case .r: .r
    case .stata: .stata
    case .sql: nil
    }
  }
}

/// `--emit`: the same analysis as another program's text, so that a sceptic can check it, or what an engine is asked for it.
struct EmitArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Write the equivalent program instead of the result: r (package survey) or stata. \
      What cannot be translated is said in a comment. sql: the queries that an address is sent, of which the last gives \
      cells; nothing is connected to. \
      Example: --emit r --output check.R, then Rscript check.R.
      """, valueName: "language"))
  var emit: Emission?
}

extension EmitArguments {
  /// What a program says in front of a test of independence that R may have no answer to.
  var independenceRemarks: [String] {
    emit == .r
      ? ["Where empty cells leave svychisq without an answer, the test is left empty here."] : []
  }
}
