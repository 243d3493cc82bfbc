import ArgumentParser
import SurveyData
import SurveyPublications
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `summarize DATA VAR…`: means, totals, quantiles, standard deviations, ratios, scales,
/// correlations.
struct Summarize: Verb {
  static let configuration = CommandConfiguration(
    abstract:
      "Means, totals, quantiles, standard deviations, ratios, scales and correlations.",
    discussion: """
      Without a variable, --statistic total counts people. --table1 describes variables of any kind,
      with a test a row; its tests of answers are those of `tabulate --test`, of means and ranks
      those of `compare`.

      Examples:
        vekt summarize survey.csv life_satisfaction --by origin
        vekt summarize survey.csv 'trust_*' --except trust_nav
        vekt summarize survey.csv income --statistic mean,sd --quantiles 0.25,0.5,0.75
        vekt summarize survey.csv --ratio spending/income --by region
        vekt summarize survey.csv --statistic total --by region
        vekt summarize survey.csv income --by region --standardize sex,age3 --shares population.csv
        vekt summarize survey.csv --scale trust_police,trust_courts,distrust --reverse distrust
        vekt summarize survey.csv trust_police trust_courts age --correlations --by sex
        vekt summarize survey.csv age income education voted --table1 --by sex --answer voted=yes
        vekt summarize survey.csv age income region --table1 --by sex --statistic income=median \\
          --test Chisq,kruskal-wallis --output table1.docx
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Argument(help: "The variables to summarize.", completion: .variables)
  var variables: [String] = []

  @OptionGroup var estimation: EstimationArguments

  @Option(help: ArgumentHelp("mean, total, median, sd; several with commas.", valueName: "names"))
  var statistic: NameList?

  @Option(
    help: ArgumentHelp("Quantiles between 0 and 1, such as 0.25,0.5,0.75.", valueName: "list"))
  var quantiles: NameList?

  @Option(
    name: .customLong("quantile-rule"),
    help: "How a quantile is read off: math, school, hf1 … hf9.")
  var quantileRule = QuantileRule.math

  @Option(help: ArgumentHelp("The ratio of two totals. May be repeated.", valueName: "A/B"))
  var ratio: [String] = []

  @OptionGroup var standard: StandardArguments

  @Option(
    help: ArgumentHelp(
      "The composition that --standardize gives to groups: a CSV file (category,share) or a list.",
      valueName: "list"))
  var shares: ShareList?

  @OptionGroup var tableOne: TableOneArguments
  @OptionGroup var emission: EmitArguments
  @OptionGroup var published: PublishedArguments
  @OptionGroup var scaling: ScaleArguments

  @OptionGroup var output: OutputArguments

  @OptionGroup var page: PageArguments

  var pageFolder: String? { page.tables }

  init() {}

  func perform(in workspace: Workspace) throws -> Outcome {
    if standard.standardize == nil, shares != nil {
      throw SurveyError(
        .usage, "--shares states the composition of a standard, and none is asked for",
        remedy: "Add --standardize VAR.")
    }
    if standard.standardize != nil, tableOne.table1 {
      throw SurveyError(
        .usage, "--table1 describes groups as they are, and --standardize changes them",
        remedy: "Leave one of them out.")
    }
    guard !tableOne.table1 else { return try describe(in: workspace) }
    try tableOne.refuseAlone()
    try scaling.checkReversed()
    let statistics = try chosenStatistics()
    let ratios = try ratio.map(Self.parts)
    let countsPeople = variables.isEmpty && ratios.isEmpty && scaling.scale.isEmpty
    if countsPeople, statistics != [.total] {
      throw SurveyError(
        .usage, "no variable to summarize",
        remedy: "Name one, or count people with --statistic total.")
    }
    var survey = try estimation.survey(
      data, needingErrors: false,
      columns: { dataset in
        try standard.columns
          + (variables + scaling.items + ratios.flatMap { [$0.0, $0.1] }).map { name in
            try dataset.described(name).requireNumbers()
            return (name, .numbers)
          }
      }, asking: { try published.inputs(of: variables, in: $0) }, in: workspace)
    survey = try standard.applied(
      to: survey, shares,
      besides: estimation.groups.map { ($0, "a group") } + variables.map { ($0, "summarized") },
      in: workspace)
    try emission.refuse([
      (
        "--scale or --correlations with --standardize",
        survey.standard != nil && (scaling.correlations || !scaling.scale.isEmpty)
      ),
      ("a base of several items", survey.dataset.hasItemsOnBase),
    ])
    let command = "summarize \(data) \((variables + ratio).joined(separator: " "))"
    let context = try ResultContext(
      survey, arguments: estimation, output: try emission.layout(output),
      quantileRule: quantileRule)
    var summaries: [Summary] = []
    if countsPeople {
      summaries.append(
        try context.survey.summarize(
          nil, by: estimation.groups, statistics: statistics, options: context.options))
    }
    // Correlations stand instead of means, unless other statistics are named.
    let summarized = scaling.correlations && statistic == nil && quantiles == nil ? [] : variables
    for name in summarized {
      summaries.append(
        try context.survey.summarize(
          name, by: estimation.groups, statistics: statistics, options: context.options))
    }
    for (numerator, denominator) in ratios {
      summaries.append(
        try context.survey.ratio(
          numerator, over: denominator, by: estimation.groups, options: context.options))
    }
    let ledger = try published.figures?.summaries(
      of: summaries.map(\.variable), statistic: statistics[0].name, in: survey,
      options: context.options)
    let scales = try scaling.scales(by: estimation.groups, in: context)
    let correlations =
      scaling.correlations
      ? CorrelationReport(
        try context.survey.correlations(variables, by: estimation.groups, options: context.options),
        context: context) : nil
    let records = EstimateRecords(groups: estimation.groups, language: context.language)
      .summaries(summaries.flatMap(\.rows) + scales.flatMap(\.rows))
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(
        summaries.map { ($0.variable, $0.accounting) } + scales.map { ($0.name, $0.accounting) }
          + (correlations.map { [("correlations", $0.accounting)] } ?? [])),
      records: [correlations?.added(to: records) ?? records],
      tables: try summaries.map {
        try SummaryTable($0, marks: ledger?.marks(in: context.language), context: context).table
      }
        + scales.map { ScaleTable($0, context: context).table }
        + (correlations.map { [$0.table] } ?? []),
      notes: context.notes + context.words(of: summaries.flatMap(\.notes) + scales.flatMap(\.notes))
    ).with(
      ledger,
      cells: summaries.flatMap(\.rows).map { ResultCell(summary: $0, by: estimation.groups) },
      isAlone: published.ledger, context: context)
    return try emission.outcome(
      of: survey, estimation, command, leavingOut: published.remarks
    ) {
      try analysis(of: $0, statistics, ratios)
    } ?? Outcome(.document(document, language: context.language))
  }

  private func chosenStatistics() throws -> [SummaryStatistic] {
    var chosen = try (statistic?.names ?? []).map { name -> SummaryStatistic in
      switch name {
      case "mean": .mean
      case "total": .total
      case "sd": .standardDeviation
      case "median": .quantile(0.5)
      default:
        throw SurveyError(
          .usage, "no statistic '\(name)'; there are mean, total, median, sd and --quantiles",
          remedy: suggestion(for: name, among: ["mean", "total", "median", "sd"]))
      }
    }
    chosen += try (quantiles?.names ?? []).map { text in
      guard let p = Double(text), (0...1).contains(p) else {
        throw SurveyError(.usage, "the quantile '\(text)' is not a number between 0 and 1")
      }
      return .quantile(p)
    }
    return chosen.isEmpty ? [.mean] : chosen
  }

  private static func parts(_ ratio: String) throws -> (String, String) {
    let parts = ratio.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts.contains("") else {
      throw SurveyError(
        .usage, "the ratio '\(ratio)' is not of the form A/B",
        remedy: "Write --ratio spending/income.")
    }
    return (parts[0], parts[1])
  }
}
