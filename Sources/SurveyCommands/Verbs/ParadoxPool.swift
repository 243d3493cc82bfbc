import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyPrograms
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `paradox pool ESTIMATES`: estimates of countries, waves, groups or studies, pooled.
struct ParadoxPool: Verb {
  static let configuration = CommandConfiguration(
    commandName: "pool",
    abstract: "Pool estimates of countries, waves, groups or studies.",
    discussion: """
      ESTIMATES is a CSV file with a row an estimate: study, estimate, std_error. Results that Vekt \
      wrote as CSV will do; choose among their rows with --where. i2 and r2 are in per cent, weights \
      are shares of 1. Log odds ratios from models with different covariates are on different scales: \
      pool average marginal effects instead, or partial correlations (--effect partial-r).

      Examples:
        vekt paradox pool estimates.csv
        vekt paradox pool estimates.csv --knapp-hartung --moderator visibility
        vekt paradox pool coefficients.csv --where "term == 'education'" --cluster study
      """)

  @Argument(help: "The file of estimates.", completion: .file())
  var estimates: String

  @OptionGroup var opening: OpeningArguments

  @Option(
    help: """
      Variance between studies: reml, ml, dl (DerSimonian–Laird), pm (Paule–Mandel), fe (none).
      """)
  var method = PoolingMethod.reml

  @Flag(help: "Knapp and Hartung's error, with a t distribution.")
  var knappHartung = false

  @Flag(help: "The same, never below the normal error. Implies --knapp-hartung.")
  var hkAdhoc = false

  @Option(help: ArgumentHelp("Columns that may explain differences.", valueName: "columns"))
  var moderator: NameList?

  @Option(
    help: ArgumentHelp(
      "The column of the study that several estimates stand in: three-level model.",
      valueName: "column"))
  var cluster: String?

  @Flag(help: "Add Egger's test of asymmetry.")
  var egger = false

  @OptionGroup var pooling: PoolingArguments

  @Option(help: "The confidence level of intervals, between 0 and 1.")
  var level = 0.95

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func validate() throws {
    guard level > 0, level < 1 else {
      throw ValidationError("--level is \(level); it lies between 0 and 1, such as 0.95.")
    }
    guard cluster == nil || (method == .reml && !knappHartung && !hkAdhoc) else {
      throw ValidationError(
        "--cluster is a three-level model by REML with cluster-robust errors; leave out --method, "
          + "--knapp-hartung and --hk-adhoc.")
    }
  }

  func perform(in workspace: Workspace) throws -> Outcome {
    try emission.refuseQueries(of: "paradox pool")
    let columns = pooling.columns
    let dataset = try opening.dataset(estimates, in: workspace)
    try dataset.requirePeople(
      for: "pool", remedy: "Name a file of estimates, a line each; cells are of people.",
      wishing: true)
    let input = try PoolingInput(
      dataset, columns: columns, moderators: moderator?.names ?? [], cluster: cluster)
    var options = PoolingOptions()
    options.method = method
    options.error = hkAdhoc ? .knappHartungAdhoc : knappHartung ? .knappHartung : .normal
    options.moderators = input.terms
    options.level = level
    options.testsAsymmetry = egger
    let pool: Pool
    do {
      pool = try Pool(input.estimates, options: options)
    } catch let error as SurveyError {
      throw error.located(at: estimates)
    }
    let program = try emission.outcome(
      of: Survey(dataset, subpopulation: columns.condition.map { try Expression($0) }),
      "paradox pool \(estimates)", level: level,
      .translated(
        PoolAnalysis(
          of: input.estimates.map(\.name), terms: input.terms, columns: columns,
          moderators: moderator?.names ?? [], cluster: cluster, options: options)))
    if let program { return program }
    let language = output.language ?? dataset.codebook.printedLanguage
    let report = PoolReport(
      pool, input: input, options: options, language: language, digits: output.digits)
    let wantsHash = try output.chosenFormat() == .json
    let document = Document(
      data: .object(
        [
          Tree.Member("file", .text(dataset.source.facts.path)),
          Tree.Member("format", .text(dataset.source.facts.format)),
          Tree.Member(
            "sha256", wantsHash ? (try dataset.source.sha256()).map(Tree.text) ?? .empty : .empty),
          Tree.Member("rows_read", .integer(input.read)),
        ] + dataset.source.facts.engineMembers), accounting: report.accounting,
      records: [report.rows, EstimateRecords.tests(pool.tests), report.heterogeneity],
      tables: report.tables,
      notes: report.notes
        + (columns.effect == .estimate
          ? [] : [Phrase.effectSize(columns.effect.rawValue).text(in: language)])
        + dataset.notes.map { Phrase($0).text(in: language) })
    return Outcome(.document(document, language: language))
  }
}
