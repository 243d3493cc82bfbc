import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyPrograms
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `paradox gradient DATA OUTCOME --over STATUS --by G`.
struct ParadoxGradient: Verb {
  static let configuration = CommandConfiguration(
    commandName: "gradient",
    abstract: "How an outcome rises with a status: levels, trends, second differences, splines.",
    discussion: """
      Levels are weighted shares, or with --controls averages of a logistic model's predictions.
      Contrasts are linear, quadratic and cubic in the levels. With --by, second differences compare
      the groups' steps as chances, beside the test of the product terms in the logit; the two can
      disagree. --spline takes knots (8,12,16) or their number (4).

      Examples:
        vekt paradox gradient survey.csv discriminated --over education --by generation
        vekt paradox gradient survey.csv discriminated --over education --controls sex,age
        vekt paradox gradient survey.csv discriminated --over years --spline 4 --controls age --at age=40
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Argument(help: "The outcome: a variable of two values, or a condition.", completion: .variables)
  var outcome: String

  @Option(help: ArgumentHelp("The status, such as education.", valueName: "variable"))
  var over: String

  @Option(help: ArgumentHelp("What is held constant.", valueName: "names"), completion: .variables)
  var controls: NameList?

  @Option(
    help: ArgumentHelp(
      "A restricted cubic spline: its knots, or how many (3 to 7) at Harrell's quantiles.",
      valueName: "knots"))
  var spline: KnotsArgument?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Draw the curve at this value of a control, instead of averaging. May be repeated.",
      valueName: "name=number"))
  var at: [ValueArgument] = []

  @OptionGroup var estimation: EstimationArguments

  @OptionGroup var answers: AnswerArguments

  @Option(help: ArgumentHelp("The group that the others are compared with.", valueName: "code"))
  var reference: String?

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let (survey, group) = try estimation.opened(
      data, for: "paradox gradient", outcome: outcome, answers,
      reading: [over] + (controls?.names ?? []), in: workspace)
    let values = Dictionary(at.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    func gradient(of survey: Survey) throws -> Gradient {
      try survey.gradient(
        of: outcome, over: over, by: group, controls: controls?.names ?? [], spline: spline?.knots,
        at: values, reference: reference, level: estimation.level)
    }
    try emission.refuse([
      ("imputed data sets in Stata", survey.isImputed && emission.emit == .stata)
    ])
    let command = "paradox gradient \(data) '\(outcome)'"
    let program = try emission.outcome(of: survey, estimation, command) { survey in
      .translated(
        try GradientAnalysis(
          gradient(of: survey), outcome: outcome, over: over, by: group,
          controls: controls?.names ?? [], spline: spline?.knots, at: values, in: survey))
    }
    if let program { return program }
    let context = try ResultContext(survey, arguments: estimation, output: output)
    let gradient = try gradient(of: survey)
    let report = GradientReport(
      gradient: gradient, outcome: outcome, status: over, group: group,
      controls: controls?.names ?? [], values: values, context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(gradient.accounting), records: report.records,
      tables: report.tables, notes: context.notes + context.words(of: gradient.notes))
    return Outcome(.document(document, language: context.language))
  }
}

/// Knots as they are written: `8,12,16`, or `4` for as many.
struct KnotsArgument: ExpressibleByArgument, Sendable {
  let knots: SplineKnots

  /// Reads knots; nil when they are no numbers.
  init?(argument: String) {
    guard let list = NameList(argument: argument) else { return nil }
    let numbers = list.names.compactMap { Double($0) }
    guard numbers.count == list.names.count, numbers.allSatisfy(\.isFinite) else { return nil }
    if numbers.count == 1 {
      guard let count = Int(list.names[0]) else { return nil }
      knots = .count(count)
    } else {
      knots = .values(numbers)
    }
  }
}

/// A value of a variable as it is written: `age=40`.
struct ValueArgument: ExpressibleByArgument, Sendable {
  let name: String
  let value: Double

  /// Reads a value; nil when it is no number.
  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex,
      let value = Double(argument[argument.index(after: sign)...]), value.isFinite
    else { return nil }
    name = String(argument[..<sign])
    self.value = value
  }
}
