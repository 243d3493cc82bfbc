import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyTables

/// `paradox discordance DATA A B --by G`.
struct ParadoxDiscordance: Verb {
  static let configuration = CommandConfiguration(
    commandName: "discordance",
    abstract: "Who gives one of two judgements and not the other: the 2 × 2 by group.",
    discussion: """
      A and B are variables of two answers of which the second counts, or conditions. The shares p11
      (both), p10 (only A), p01 (only B) and p00, the share of not-B among A, ln(p10 ∕ p01) and kappa
      have joint errors. Tests: wald and rao-scott that only A is as frequent as only B; typology, that
      the types are independent of the groups.

      Examples:
        vekt paradox discordance survey.csv integrated accepted --by origin
        vekt paradox discordance survey.csv "feels_integrated >= 3" "feels_accepted >= 3" --by origin
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

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let group = try estimation.soleGroup(of: "paradox discordance")
    let survey = try estimation.survey(
      data,
      columns: { dataset in
        try [first, second].flatMap { try Expression($0).inputs(in: dataset) }
      }, in: workspace)
    let command = "paradox discordance \(data) '\(first)' '\(second)'"
    let program = try emission.outcome(of: survey, estimation, command) {
      let found = try survey.discordance(first, second, by: group, reference: reference)
      return .discordance(
        try JudgementAnalysis(
          first, second, by: group, reference: found.differences.first?.reference.code, in: survey))
    }
    if let program { return program }
    let context = try ResultContext(survey, arguments: estimation, output: output)
    let discordance = try survey.discordance(
      first, second, by: group, reference: reference, level: context.options.level)
    let report = DiscordanceReport(
      discordance: discordance, judgements: (first, second), group: group, context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(discordance.accounting),
      records: [
        report.records, EstimateRecords.tests(discordance.tests), report.differences,
      ], tables: report.tables, notes: context.notes + discordance.notes.map(\.description))
    return Outcome(.document(document, language: context.language))
  }
}
