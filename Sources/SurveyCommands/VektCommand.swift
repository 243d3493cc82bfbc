public import ArgumentParser
internal import SurveyTables

/// The command `vekt` with its verbs.
public struct VektCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "vekt",
    abstract: "Weighted survey answers become tables, tests and models that can be trusted.",
    discussion: """
      Give it a file of answers (CSV, SPSS, Stata) and a codebook that says what they mean:
        vekt inspect survey.csv
        vekt tabulate survey.csv trust --by origin
      """,
    version: Document.version,
    subcommands: [
      Tabulate.self, Summarize.self,
    ])

  public init() {}
}
