import ArgumentParser
import SurveyData
import SurveyModels
import SurveyPrograms
import SurveyReports
import SurveyRequests
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `model DATA FORMULA`: regression with design-based standard errors.
struct Model: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Regression: logistic (default for a binary outcome), linear, Poisson and others.",
    discussion: """
      A formula is written as in R. Variables that the codebook calls nominal or ordinal are factors
      by themselves; factor(x) makes one of any other, relevel(x, 'code') chooses the reference. poly(x, 2) is a
      polynomial, spline(x, 4) a cubic spline of four columns with knots at weighted quantiles,
      offset(x) has no coefficient, I(x / 10) and log(x) are expressions. The outcome may be a
      condition. Several formulas stand side by side and rest on the same respondents; what stands
      before a colon, 'Adjusted: y ~ x', names a model. --ci likelihood takes intervals from the
      profile of the likelihood.

      Examples:
        vekt model survey.csv 'trust ~ age + education'
        vekt model survey.csv 'accepted == "yes" ~ education * origin' --exponentiate
        vekt model survey.csv 'trust_police ~ age' --answer 4,5
        vekt model survey.csv 'income ~ sex * factor(region)' --family linear
        vekt model survey.csv 'contact ~ age + origin' --family ordinal
        vekt model survey.csv 'contact ~ age + origin' --family ordinal --margins origin
        vekt model survey.csv 'activity ~ age + origin' --family multinomial --exponentiate
        vekt model survey.csv 'activity ~ age + origin' --family multinomial --contrast '2:age - 3:age'
        vekt model survey.csv 'trust ~ age + education * sex' --margins education --over sex
        vekt model survey.csv 'trust ~ age + education' --predict 'education=1,3; age=mean'
        vekt model survey.csv 'trust ~ age + education' --contrast 'education=3 - education=2'
        vekt model survey.csv 'visits ~ age + sex' --family poisson
        vekt model survey.csv 'trust ~ poly(age, 2) + spline(income, 4) + relevel(region, "north")'
        vekt model survey.csv 'trust ~ age' 'trust ~ age + education' --term-tests lrt --stars
        vekt model survey.csv --models 'Crude: trust ~ age' 'Adjusted: trust ~ age + education'
        vekt model survey.csv 'Crude: trust ~ age' 'Adjusted: trust ~ age + education' --parentheses se \\
          --exponentiate --output models.docx
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Argument(help: "The formula, OUTCOME ~ TERMS, or several to compare.")
  var formulas: [String]

  @OptionGroup var estimation: EstimationArguments

  @OptionGroup var answers: AnswerArguments

  @Option(
    help: """
      logistic, probit, cloglog, linear, poisson or gamma (log link); ordinal or multinomial for an \
      outcome of several answers. An ordinal model has cut points, terms 1|2, and positive \
      coefficients mean higher answers; a multinomial one compares each answer (column outcome) with \
      the codebook's reference or the first.
      """)
  var family: FamilyArgument?

  @OptionGroup var report: ModelReportArguments

  @OptionGroup var margins: MarginArguments

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  @OptionGroup var page: PageArguments

  var pageFolder: String? { page.tables }

  func perform(in workspace: Workspace) throws -> Outcome {
    let formulas = try formulas.map { try Formula(named: $0) }
    try checkNames(of: formulas)
    guard formulas.count == 1 || !margins.request.asksAnything else {
      throw SurveyError(
        .usage, "--margins, --predict and --contrast take one formula, not \(formulas.count)",
        remedy: "Ask them of one model at a time.")
    }
    if answers.answer != nil, let family, family.single.map({ !$0.isBinary }) ?? true {
      throw SurveyError(
        .usage,
        "--answer chooses the answer whose chance is modelled, and this family models "
          + "something else", remedy: "Leave out --answer or --family.")
    }
    guard estimation.groups.isEmpty else {
      let group = estimation.groups.joined(separator: ", ")
      throw SurveyError(
        .usage, "a model is of everybody, and --by names groups: \(group)",
        remedy: "Put \(group) into the formula, ask --margins VAR --over \(group), or fit the "
          + "model to one group with --where.")
    }
    let survey = try estimation.survey(
      data,
      columns: { dataset in
        try formulas.flatMap { try $0.inputs(in: dataset) } + margins.request.inputs
      },
      counting: { try answers.counted(ofOutcomes: formulas.map(\.outcome.name), in: $0) },
      in: workspace)
    let command = "model \(data) " + formulas.map { "'\($0.source)'" }.joined(separator: " ")
    let context = try ResultContext(
      survey, arguments: estimation, output: try emission.layout(output))
    if case .several(let family)? = family {
      let result = try outcome(
        of: context.survey.fit(formulas, categories: family, level: context.options.level), context)
      return try emission.outcome(of: survey, estimation, command) { survey in
        .categories(
          try ModelAnalysis(
            survey.fit(formulas, categories: family), asked: margins.request,
            report: self.report.options,
            level: estimation.level, hasLikelihoodIntervals: estimation.interval == .likelihood))
      } ?? result
    }
    let result = try outcome(
      of: context.survey.fit(formulas, family: family?.single, level: context.options.level),
      context)
    return try emission.outcome(of: survey, estimation, command) { survey in
      .models(
        try ModelAnalysis(
          survey.fit(formulas, family: family?.single), asked: margins.request,
          report: self.report.options,
          level: estimation.level, hasLikelihoodIntervals: estimation.interval == .likelihood))
    } ?? result
  }

  /// Refuses models that nobody could tell apart.
  private func checkNames(of formulas: [Formula]) throws {
    let names = formulas.enumerated().map { $1.name ?? "(\($0 + 1))" }
    guard let twice = names.first(where: { name in names.count { $0 == name } > 1 }) else { return }
    throw SurveyError(
      .usage, "two models are called '\(twice)'",
      remedy: "Give each a name of its own: 'Crude: y ~ x' 'Adjusted: y ~ x + z'.")
  }

  /// What is said of fits.
  private func outcome(of fits: [some ReportedFit], _ context: ResultContext) throws -> Outcome {
    let report = try ModelReport(fits, options: report.options, context: context)
    let asked = try MarginReport(margins.request, of: fits[0], context: context)
    // Who asks for margins wants to see them, not the coefficients behind them.
    var coefficients = report.table
    coefficients.isDrawn = asked.tables.isEmpty
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(fits[0].accounting),
      records: asked.records + report.records(and: asked.tests),
      tables: [coefficients] + asked.tables,
      notes: context.notes + report.notes + asked.notes)
    return Outcome(.document(document, language: context.language))
  }
}
