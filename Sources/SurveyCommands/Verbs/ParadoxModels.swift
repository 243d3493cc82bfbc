import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyPrograms
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `paradox models DATA OUTCOME --key K --block exposure=V1,V2 --block awareness=V3`.
struct ParadoxModels: Verb {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Nested models on the same people, and what mediators explain (KHB).",
    discussion: """
      M0 has keys and controls; the blocks enter one after the other. For each key the effect without
      mediators (reduced), beside them (full) and their difference, through each mediator and block,
      with its share. --se joint counts that all models rest on the same people; sobel gives the
      difference the error that Stata's khb prints, fixed the reduced effect; model leaves the design
      out altogether.

      Examples:
        vekt paradox models survey.csv discriminated --key education --block exposure=contact,workplace \
      --block awareness=news,politics --controls sex,age
        vekt paradox models survey.csv belonging --key education --block awareness=news --family ordinal
        vekt paradox models survey.csv discriminated --key education --block awareness=news \
      --scale probability --by generation
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Argument(help: "The outcome: a variable of two values, or a condition.", completion: .variables)
  var outcome: String

  @Option(
    help: ArgumentHelp("The variables whose effect is explained.", valueName: "names"),
    completion: .variables)
  var key: NameList

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Mediators of a mechanism, NAME=V1,V2. May be repeated; the order is that of M1, M2, ….",
      valueName: "block"))
  var block: [BlockArgument]

  @Option(
    help: ArgumentHelp("What all models hold constant.", valueName: "names"), completion: .variables
  )
  var controls: NameList?

  @Option(help: "logit or probability (average partial effects).")
  var scale = MediationScale.logit

  @Option(
    name: .customLong("se"),
    help: "Standard errors: joint, sobel, fixed, or model (as khb without a design).")
  var errors = MediationErrors.joint

  @Flag(help: "Take the predictors for random in average partial effects (--scale probability).")
  var unconditional = false

  @Option(
    help: ArgumentHelp(
      "logistic, linear for an outcome that is a number, ordinal for answers in an order.",
      valueName: "family"))
  var family = FamilyArgument.one(.logistic)

  @OptionGroup var estimation: EstimationArguments

  @OptionGroup var answers: AnswerArguments

  @Option(help: ArgumentHelp("The group that the others are compared with.", valueName: "code"))
  var reference: String?

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let isOrdered = if case .several(.ordinal) = family { true } else { false }
    guard isOrdered || family.single != nil else {
      throw SurveyError(
        .usage, "the decomposition is for logistic, linear and ordinal models",
        remedy: "Write --family ordinal where the answers have an order.")
    }
    if answers.answer != nil, isOrdered || family.single?.isBinary != true {
      throw SurveyError(
        .usage,
        "--answer chooses the answer whose chance is modelled, and this family models "
          + "something else", remedy: "Leave out --answer or --family.")
    }
    let (survey, group) = try estimation.opened(
      data, for: "paradox models", outcome: outcome, answers,
      reading: key.names + block.flatMap(\.block.variables) + (controls?.names ?? []),
      in: workspace)
    func mediation(in survey: Survey) throws -> Mediation {
      try survey.mediation(
        of: outcome, keys: key.names, blocks: block.map(\.block),
        controls: controls?.names ?? [], family: family.single ?? .logistic,
        isOrdered: isOrdered, scale: scale, errors: errors,
        isUnconditional: unconditional, by: group,
        reference: reference, level: estimation.level)
    }
    try emission.refuse([
      ("imputed data sets in Stata", survey.isImputed && emission.emit == .stata)
    ])
    let command = "paradox models \(data) '\(outcome)'"
    let program = try emission.outcome(of: survey, estimation, command) { survey in
      .translated(
        try MediationAnalysis(
          mediation(in: survey), outcome: outcome, keys: key.names,
          controls: controls?.names ?? [], group: group, errors: errors,
          isUnconditional: unconditional, isOrdered: isOrdered, in: survey))
    }
    if let program { return program }
    let context = try ResultContext(survey, arguments: estimation, output: output)
    let mediation = try mediation(in: survey)
    let report = MediationReport(
      mediation: mediation, outcome: outcome, group: group, errors: errors, context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(mediation.accounting), records: report.records,
      tables: report.tables, notes: context.notes + context.words(of: mediation.notes))
    return Outcome(.document(document, language: context.language))
  }
}

/// A block of mediators as it is written: `exposure=contact,workplace`.
struct BlockArgument: ExpressibleByArgument, Sendable {
  let block: MediatorBlock

  /// A block whose variables are known.
  init(_ block: MediatorBlock) { self.block = block }

  /// Reads a block; nil when it has no name or no variables.
  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex,
      let names = NameList(argument: String(argument[argument.index(after: sign)...]))
    else { return nil }
    block = MediatorBlock(String(argument[..<sign]), names.names)
  }
}
