import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyStatistics
import SurveyTables

/// `paradox gap`: the integration paradox.
struct ParadoxVerbs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paradox",
    abstract: "The integration paradox: the gap between two judgements by the same people.",
    subcommands: [ParadoxGap.self, ParadoxPool.self])
}

/// `paradox gap DATA A B --by G`.
struct ParadoxGap: Verb {
  static let configuration = CommandConfiguration(
    commandName: "gap",
    abstract: "The gap between two judgements by the same people, by group, with joint errors.",
    discussion: """
      A and B are numbers, variables of two answers of which the second counts, or conditions.

      Examples:
        vekt paradox gap survey.csv integrated accepted --by origin
        vekt paradox gap survey.csv "feels_integrated >= 4" "feels_accepted >= 4" --by origin
      """)

  @Argument(help: "The data file.")
  var data: String

  @Argument(help: "The first judgement.")
  var first: String

  @Argument(help: "The second judgement.")
  var second: String

  @OptionGroup var estimation: EstimationArguments

  @Option(help: ArgumentHelp("The group that the others are compared with.", valueName: "code"))
  var reference: String?

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    guard estimation.groups.count <= 1 else {
      throw SurveyError(.usage, "paradox gap takes one group variable", remedy: "Write --by GROUP.")
    }
    let survey = try estimation.survey(
      data,
      columns: { dataset in
        try [first, second].flatMap { try Expression($0).inputs(in: dataset) }
      }, in: workspace)
    let context = try ResultContext(
      survey, arguments: estimation, output: output)
    let gap = try survey.gap(
      first, second, by: estimation.groups.first, reference: reference,
      level: context.options.level)
    let report = GapReport(
      gap, judgements: (first, second), group: estimation.groups.first, context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(gap.accounting),
      records: [
        report.records, EstimateRecords.tests(gap.equality.map { [$0] } ?? []),
        report.differences,
      ], tables: report.tables, notes: context.notes + gap.notes.map(\.description))
    return Outcome(.document(document, language: context.language))
  }
}
