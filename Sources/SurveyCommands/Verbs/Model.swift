import ArgumentParser
import SurveyData
import SurveyModels
import SurveyStatistics
import SurveyTables

/// `model DATA FORMULA`: regression with design-based standard errors.
struct Model: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Regression: logistic (default for a binary outcome), linear, Poisson and others.",
    discussion: """
      A formula is written as in R. Variables that the codebook calls nominal or ordinal are factors
      by themselves; factor(x) makes one of any other. The outcome may be a condition.

      Examples:
        vekt model survey.csv 'trust ~ age + education'
        vekt model survey.csv 'accepted == "yes" ~ education * origin' --exponentiate
        vekt model survey.csv 'income ~ sex * factor(region)' --family linear
        vekt model survey.csv 'contact ~ age + origin' --family ordinal
        vekt model survey.csv 'activity ~ age + origin' --family multinomial --exponentiate
        vekt model survey.csv 'trust ~ age + education * sex' --margins education --over sex
        vekt model survey.csv 'trust ~ age + education' --predict 'education=1,3; age=mean'
        vekt model survey.csv 'trust ~ age + education' --contrast 'education=3 - education=2'
        vekt model survey.csv 'visits ~ age + sex' --family poisson
      """)

  @Argument(help: "The data file.")
  var data: String

  @Argument(help: "The formula, OUTCOME ~ TERMS.")
  var formula: String

  @OptionGroup var estimation: EstimationArguments

  @Option(
    help: """
      logistic, probit, cloglog, linear, poisson or gamma (log link); ordinal or multinomial for an \
      outcome of several answers. An ordinal model has cut points, terms 1|2, and positive \
      coefficients mean higher answers; a multinomial one compares each answer (column outcome) with \
      the codebook's reference or the first.
      """)
  var family: FamilyArgument?

  @Flag(help: "Add exp_estimate and its interval: odds ratios, rate ratios, ….")
  var exponentiate = false

  @OptionGroup var margins: MarginArguments

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let formula = try Formula(formula)
    let survey = try estimation.survey(
      data, columns: { try formula.inputs(in: $0) + margins.inputs }, in: workspace)
    let command = "model \(data) '\(formula.source)'"
    let program = try emission.outcome(of: survey, estimation, command) {
      if case .several(let family)? = family {
        return .categories(try survey.fit(formula, categories: family))
      }
      return .model(try survey.fit(formula, family: family?.single), after: margins)
    }
    if let program { return program }
    let context = try ResultContext(
      survey, arguments: estimation, output: output)
    if case .several(let family)? = family {
      return try several(formula, family, of: survey, context)
    }
    let fit = try survey.fit(formula, family: family?.single, level: context.options.level)
    let report = try MarginReport(margins, of: fit, context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(fit.accounting),
      records: report.records + [
        ModelRecords(fit, exponentiate: exponentiate).rows,
        EstimateRecords.tests(fit.tests + report.tests),
        ModelRecords(fit, exponentiate: exponentiate).summary,
      ],
      tables: [ModelTable(fit, context: context).table] + report.tables,
      notes: context.notes + fit.notes.map(\.description) + report.notes)
    return Outcome(.document(document, language: context.language))
  }

  /// A model of several answers.
  private func several(
    _ formula: Formula, _ family: CategoryFamily, of survey: Survey, _ context: ResultContext
  ) throws -> Outcome {
    guard margins.isEmpty else {
      throw SurveyError(
        .usage, "margins, predictions and contrasts are not there for \(family.rawValue) models",
        remedy: "Leave them out, or model one answer: `\(formula.outcome.name) == … ~ …`.")
    }
    let fit = try survey.fit(formula, categories: family, level: context.options.level)
    let records = CategoryRecords(fit: fit, exponentiate: exponentiate)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(fit.accounting),
      records: [records.rows, EstimateRecords.tests(fit.tests), records.summary],
      tables: [CategoryTable(fit: fit, context: context).table],
      notes: context.notes + fit.notes.map(\.description))
    return Outcome(.document(document, language: context.language))
  }
}
