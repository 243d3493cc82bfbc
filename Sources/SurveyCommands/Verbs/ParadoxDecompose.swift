import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyPrograms
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `paradox decompose DATA OUTCOME --by G --covariates V1,V2`: a gap between two groups, taken apart.
struct ParadoxDecompose: Verb {
  static let configuration = CommandConfiguration(
    commandName: "decompose",
    abstract: "Take the gap between two groups apart into what covariates explain and the rest.",
    discussion: """
      yun is for a yes or no (logistic models), oaxaca linear, fairlie logistic with matching in \
      random orders. --coefficients says whose coefficients weigh the differences between the groups' \
      covariates: group0 is the reference, group1 the other, pooled a model of both with the group in \
      it. The choice matters, and the result names it.

      Examples:
        vekt paradox decompose survey.csv discriminated --by generation --covariates education,age
        vekt paradox decompose survey.csv income --by sex --covariates hours,education --method oaxaca
        vekt paradox decompose survey.csv accepted --by origin --where "origin != 'other'" \
      --covariates age --method fairlie --seed 7
        vekt paradox decompose survey.csv discriminated --by generation --covariates age --threefold
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Argument(help: "The outcome: a variable or a condition.", completion: .variables)
  var outcome: String

  @OptionGroup var estimation: EstimationArguments

  @OptionGroup var answers: AnswerArguments

  @Option(
    help: ArgumentHelp("What may explain the gap.", valueName: "names"), completion: .variables)
  var covariates: NameList

  @Option(help: "yun, oaxaca, fairlie.")
  var method = DecompositionMethod.yun

  @Option(help: "Whose coefficients: group0 (the reference), group1, pooled.")
  var coefficients = DecompositionCoefficients.group0

  @Flag(
    help: """
      Three parts, from where the reference stands: endowments (other covariates at its coefficients), \
      coefficients (other coefficients at its covariates), interaction.
      """)
  var threefold = false

  @Option(help: ArgumentHelp("The reference group.", valueName: "code"))
  var reference: String?

  @Option(help: "fairlie: the seed of the draws.")
  var seed: UInt64 = 1

  @Option(help: "fairlie: how many draws are averaged, at least 100.")
  var draws = 200

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func validate() throws {
    guard draws >= 100 else {
      throw ValidationError("--draws is \(draws); the order of covariates needs at least 100.")
    }
  }

  func perform(in workspace: Workspace) throws -> Outcome {
    guard estimation.groups.count == 1, let group = estimation.groups.first else {
      throw SurveyError(
        .usage,
        "paradox decompose takes one group variable, and \(estimation.groups.count) are named",
        remedy: "Write --by GROUP.")
    }
    if answers.answer != nil, method == .oaxaca {
      throw SurveyError(
        .usage, "--answer chooses the answer whose chance is modelled, and oaxaca models a mean",
        remedy: "Leave out --answer, or choose --method yun.")
    }
    let formula = try Formula("\(outcome) ~ \(covariates.names.joined(separator: " + "))")
    let survey = try estimation.survey(
      data, columns: { try formula.inputs(in: $0) },
      counting: { try answers.counted(ofOutcomes: [outcome], in: $0) }, in: workspace)
    var options = DecompositionOptions()
    options.method = method
    options.coefficients = coefficients
    options.isThreefold = threefold
    options.reference = reference
    options.seed = seed
    options.draws = draws
    options.level = estimation.level
    func found(in survey: Survey) throws -> Decomposition {
      try survey.decompose(outcome, by: group, covariates: covariates.names, options: options)
    }
    try emission.refuse([
      ("imputed data sets in Stata", survey.isImputed && emission.emit == .stata)
    ])
    let command = "paradox decompose \(data) '\(outcome)'"
    let program = try emission.outcome(of: survey, estimation, command) { survey in
      .translated(
        try DecompositionAnalysis(
          found(in: survey), outcome: outcome, by: group, covariates: covariates.names,
          options: options, in: survey))
    }
    if let program { return program }
    let context = try ResultContext(survey, arguments: estimation, output: output)
    let found = try found(in: survey)
    let report = DecompositionReport(
      found, outcome: outcome, group: group, options: options, context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(found.accounting), records: report.records,
      tables: [report.table],
      notes: [report.choices] + context.notes + context.words(of: found.notes))
    return Outcome(.document(document, language: context.language))
  }
}
