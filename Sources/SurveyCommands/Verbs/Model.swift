import ArgumentParser
import SurveyModels
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

  @Option(help: "logistic, probit, cloglog, linear, poisson or gamma (log link).")
  var family: ModelFamily?

  @Flag(help: "Add exp_estimate and its interval: odds ratios, rate ratios, ….")
  var exponentiate = false

  @OptionGroup var margins: MarginArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let formula = try Formula(formula)
    let survey = try estimation.survey(
      data, columns: { try formula.inputs(in: $0) + margins.inputs }, in: workspace)
    let context = try ResultContext(
      survey, arguments: estimation, output: output)
    let fit = try survey.fit(formula, family: family, level: context.options.level)
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
}
