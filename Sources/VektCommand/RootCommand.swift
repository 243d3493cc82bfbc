import ArgumentParser
import SurveyCommands
import SurveyNotebooks
import SurveyTables

/// The command `vekt` with all its verbs.
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vekt",
    abstract: "Weighted survey answers become tables, tests and models that can be trusted.",
    discussion: """
      Give it a file of answers (CSV, SPSS, Stata, SAS) and a codebook that says what they mean:
        vekt inspect survey.csv
        vekt tabulate survey.csv trust --by origin
      """,
    version: Document.version,
    subcommands: VerbsCommand.verbs + [ChartVerb.self, Run.self, KernelVerbs.self, Manual.self])
}
