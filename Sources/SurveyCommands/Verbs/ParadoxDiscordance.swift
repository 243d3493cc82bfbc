import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyPrograms
import SurveyReports
import SurveySessions
import SurveyTables

/// `paradox discordance DATA A B --by G`.
struct ParadoxDiscordance: Verb {
  static let configuration = CommandConfiguration(
    commandName: "discordance",
    abstract: "Who gives one of two judgements and not the other: the 2 × 2 by group.",
    discussion: """
      A and B are variables of two answers of which one counts (see --answer), or conditions. The shares p11
      (both), p10 (only A), p01 (only B) and p00, the share of not-B among A, ln(p10 ∕ p01) and kappa
      have joint errors. Tests: wald and rao-scott that only A is as frequent as only B; typology, that
      the types are independent of the groups.

      Examples:
        vekt paradox discordance survey.csv integrated accepted --by origin
        vekt paradox discordance survey.csv integrated accepted --by origin --controls education,age
        vekt paradox discordance survey.csv "feels_integrated >= 3" "feels_accepted >= 3" --by origin
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @OptionGroup var judgements: JudgementArguments

  @OptionGroup var estimation: EstimationArguments

  @Option(
    help: ArgumentHelp(
      "Model not-B among A, logistic, with the groups and these held constant.",
      valueName: "names"), completion: .variables)
  var controls: NameList?

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let (first, second) = (judgements.first, judgements.second)
    let group = try estimation.soleGroup(of: "paradox discordance")
    let survey = try estimation.survey(
      data, columns: judgements.columns, asking: { _ in controls?.names ?? [] },
      terms: { controls?.names ?? [] }, counting: judgements.counted, in: workspace)
    try emission.refuse([
      ("imputed data sets in Stata", survey.isImputed && emission.emit == .stata)
    ])
    let command = "paradox discordance \(data) '\(first)' '\(second)'"
    let program = try emission.outcome(
      of: survey, estimation, command,
      leavingOut: group == nil ? [] : emission.independenceRemarks
    ) { survey in
      let found = try survey.discordance(
        first, second, by: group, reference: judgements.reference)
      var analysis = try JudgementAnalysis(
        first, second, by: group, reference: found.differences.first?.reference.code, in: survey)
      if let controls {
        let model = try survey.discordanceModel(first, second, by: group, controls: controls.names)
        try analysis.add(model, level: estimation.level)
      }
      return .discordance(analysis)
    }
    if let program { return program }
    let context = try ResultContext(survey, arguments: estimation, output: output)
    let discordance = try context.survey.discordance(
      first, second, by: group, reference: judgements.reference, level: context.options.level)
    let report = DiscordanceReport(
      discordance: discordance, judgements: (first, second), group: group, context: context)
    let model = try controls.map { names in
      DiscordanceModelReport(
        model: try context.survey.discordanceModel(
          first, second, by: group, controls: names.names, level: context.options.level),
        judgements: (first, second), group: group, context: context)
    }
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(discordance.accounting),
      records: [
        report.records, EstimateRecords.tests(discordance.tests), report.differences,
      ] + (model?.records ?? []), tables: report.tables + (model.map { [$0.table] } ?? []),
      notes: context.notes + context.words(of: discordance.notes))
    return Outcome(.document(document, language: context.language))
  }
}
