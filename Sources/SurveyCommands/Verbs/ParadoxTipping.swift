import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyPrograms
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `paradox tipping DATA OUTCOME --over STATUS`: how much misreporting would erase a gradient.
struct ParadoxTipping: Verb {
  static let configuration = CommandConfiguration(
    commandName: "tipping",
    abstract: "How much misreporting that depends on status would erase a gradient.",
    discussion: """
      The gradient is the rise of the outcome from the lowest level of STATUS to the highest, along \
      the straight line through all levels. Two ways to misreport are followed, each growing evenly \
      towards one end: over-reporting (people without the experience report it, at the end where it \
      is common) and under-reporting (people with it keep silent, at the end where it is rare). The \
      result says how large the difference between the ends must be for the true gradient to be zero.

      Examples:
        vekt paradox tipping survey.csv discriminated --over education
        vekt paradox tipping survey.csv "arenas >= 2" --over education --levels 1,2,3 \
      --specificity 0.95
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Argument(help: "The outcome: a variable of two answers or a condition.")
  var outcome: String

  @OptionGroup var estimation: EstimationArguments

  @OptionGroup var answers: AnswerArguments

  @Option(help: ArgumentHelp("The variable of the levels.", valueName: "status"))
  var over: String

  @Option(help: ArgumentHelp("The levels, lowest first (default: all).", valueName: "codes"))
  var levels: NameList?

  @Option(help: "The sensitivity that all levels share.")
  var sensitivity = 1.0

  @Option(help: "The specificity that all levels share.")
  var specificity = 1.0

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func validate() throws {
    for (name, value) in [("--sensitivity", sensitivity), ("--specificity", specificity)]
    where !(value > 0.5 && value <= 1) {
      throw ValidationError("\(name) is \(value); it lies above 0.5 and up to 1.")
    }
  }

  func perform(in workspace: Workspace) throws -> Outcome {
    guard estimation.groups.isEmpty else {
      throw SurveyError(
        .usage, "paradox tipping takes no --by", remedy: "Choose a group with --where.")
    }
    let survey = try estimation.survey(
      data,
      columns: { try Judgement(outcome, in: $0).expression.inputs(in: $0) + [(over, .codes)] },
      counting: { try answers.counted(ofOutcomes: [outcome], in: $0) },
      in: workspace)
    var options = TippingOptions()
    options.levels = levels?.names
    options.sensitivity = sensitivity
    options.specificity = specificity
    options.level = estimation.level
    func tipping(of survey: Survey) throws -> Tipping {
      try survey.tipping(outcome, over: over, options: options)
    }
    try emission.refuse([
      ("imputed data sets in Stata", survey.isImputed && emission.emit == .stata)
    ])
    let command = "paradox tipping \(data) '\(outcome)'"
    let program = try emission.outcome(of: survey, estimation, command) { survey in
      .translated(
        try TippingAnalysis(
          tipping(of: survey), outcome: outcome, over: over, options: options,
          in: survey))
    }
    if let program { return program }
    let context = try ResultContext(survey, arguments: estimation, output: output)
    let tipping = try tipping(of: survey)
    let report = TippingReport(tipping, outcome: outcome, status: over, context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(tipping.accounting), records: report.records,
      tables: report.tables, notes: context.notes + context.words(of: tipping.notes))
    return Outcome(.document(document, language: context.language))
  }
}
