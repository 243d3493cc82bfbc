import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyPrograms
import SurveyReports
import SurveySessions
import SurveyTables

/// `paradox gap DATA A B --by G`.
struct ParadoxGap: Verb {
  static let configuration = CommandConfiguration(
    commandName: "gap",
    abstract: "The gap between two judgements by the same people, by group, with joint errors.",
    discussion: """
      A and B are numbers, variables of two answers of which one counts (see --answer), or conditions.

      Examples:
        vekt paradox gap survey.csv integrated accepted --by origin
        vekt paradox gap survey.csv integrated accepted --by origin --controls sex,age
        vekt paradox gap survey.csv integrated accepted --by origin --odds
        vekt paradox gap survey.csv "feels_integrated >= 4" "feels_accepted >= 4" --by origin
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @OptionGroup var judgements: JudgementArguments

  @OptionGroup var estimation: EstimationArguments

  @Option(
    help: ArgumentHelp(
      "Compare the groups once more with these held constant.", valueName: "names"),
    completion: .variables)
  var controls: NameList?

  @Flag(
    help: "Add the odds ratio of the judgements in each group, and its ratio to the reference's.")
  var odds = false

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let (first, second) = (judgements.first, judgements.second)
    let group = try estimation.soleGroup(of: "paradox gap")
    let survey = try estimation.survey(
      data, columns: judgements.columns, asking: { _ in controls?.names ?? [] },
      terms: { controls?.names ?? [] }, counting: judgements.counted, in: workspace)
    try emission.refuse([
      ("--odds over imputations in Stata", odds && survey.isImputed && emission.emit == .stata)
    ])
    let command = "paradox gap \(data) '\(first)' '\(second)'"
    let program = try emission.outcome(of: survey, estimation, command) { survey in
      let gap = try survey.gap(first, second, by: group, reference: judgements.reference)
      var analysis = try JudgementAnalysis(
        first, second, by: group, reference: gap.differences.first?.reference.code,
        controls: controls?.names ?? [], in: survey)
      analysis.hasOdds = odds && gap.rows.contains { $0.oddsRatio != nil }
      return .gap(analysis)
    }
    if let program { return program }
    let context = try ResultContext(
      survey, arguments: estimation, output: output)
    let gap = try context.survey.gap(
      first, second, by: group, reference: judgements.reference,
      controls: controls?.names ?? [], level: context.options.level)
    let report = GapReport(
      gap, judgements: (first, second), group: group, context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(gap.accounting),
      records: [
        report.records,
        EstimateRecords.tests([gap.equality, gap.adjustedEquality].compactMap { $0 }),
        report.differences,
      ] + report.adjusted + (odds ? report.oddsRatios : []),
      tables: report.tables + (odds ? [report.oddsTable].compactMap { $0 } : []),
      notes: context.notes + context.words(of: gap.notes))
    return Outcome(.document(document, language: context.language))
  }
}
