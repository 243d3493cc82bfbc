import ArgumentParser
import SurveyData
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `inspect DATA [VAR…]`: what is in a file.
struct Inspect: Verb {
  static let configuration = CommandConfiguration(
    abstract: "What is in the file: variables, labels, codes and counts, missing codes, warnings.",
    discussion: """
      Files are CSV, SPSS (.sav, .zsav, .por), Stata (.dta) or SAS (.sas7bdat,
      .xpt); their first bytes tell which.

      Examples:
        vekt inspect survey.sav
        vekt inspect survey.csv trust age --format json
        vekt inspect survey.csv --design --by region
        vekt inspect survey.csv --design --weights w --strata s --psu school,pupil --format json
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Argument(
    help: "Variables to show with all their codes; none means an overview of all.",
    completion: .variables)
  var variables: [String] = []

  @Flag(
    name: .customLong("design"),
    help: """
      How people were drawn instead: stages, strata and lonely units, weights at a glance, by group with \
      --by, and replicate weights with their likely kind. The options of a design go with it.
      """)
  var looksAtDesign = false

  @OptionGroup var opening: OpeningArguments
  @OptionGroup var design: DesignArguments
  @Option(
    help: ArgumentHelp("--design: group variables, crossed with each other.", valueName: "names"),
    completion: .variables)
  var by: NameList?

  @OptionGroup var lists: ListArguments
  @OptionGroup var output: OutputArguments

  @OptionGroup var page: PageArguments

  var pageFolder: String? { page.tables }

  func perform(in workspace: Workspace) throws -> Outcome {
    let dataset = try opening.dataset(data, in: workspace, settingApart: design.columns)
    try dataset.codebook.requireEnforcedDisclosure()
    guard !looksAtDesign else { return try overview(of: dataset) }
    guard by == nil else {
      throw SurveyError(
        .usage, "--by makes groups of weights, and without --design none are looked at",
        remedy: "Add --design, or leave it out.")
    }
    for name in variables { _ = try dataset.described(name) }
    let names = variables.isEmpty ? dataset.variableNames : variables
    let inventory = try Inventory(of: names, in: dataset)
    if dataset.givesCells {
      try dataset.codebook.requireRows(inventory.rows, at: dataset.source.facts.path, ofTable: true)
    }
    let language = output.language ?? dataset.codebook.printedLanguage
    let report = InventoryReport(inventory, language: language)
    let document = Document(
      data: try facts(of: dataset, rows: inventory.rows),
      accounting: .object([Tree.Member("rows_read", .integer(inventory.rows))]),
      records: [report.overview, report.codes, report.findings],
      tables: variables.isEmpty ? report.overviewTables : report.codeTables,
      notes: inventory.notes.map { Phrase($0).text(in: language) })
    return Outcome(.document(document, language: language))
  }

  /// The file.
  private func facts(of dataset: Dataset, rows: Int) throws -> Tree {
    let source = dataset.source
    let wantsHash = try output.chosenFormat() == .json
    return .object(
      [
        Tree.Member("file", .text(source.facts.path)),
        Tree.Member("format", .text(source.facts.format)),
        Tree.Member("encoding", .text(source.facts.encoding)),
        Tree.Member("detail", .text(source.facts.detail)),
        Tree.Member(
          "sha256", wantsHash ? (try source.sha256()).map(Tree.text) ?? .empty : .empty),
        Tree.Member("rows_read", .integer(rows)),
      ] + source.facts.engineMembers + [
        Tree.Member("codebook", dataset.codebook.path.map(Tree.text) ?? .empty)
      ] + disclosure(of: dataset.codebook))
  }

  /// How people were drawn, and what they weigh.
  private func overview(of dataset: Dataset) throws -> Outcome {
    guard variables.isEmpty else {
      throw SurveyError(
        .usage,
        "--design is of the file, and \(variables.count == 1 ? "a variable is" : "variables are") named",
        remedy: "Name groups with --by, or leave --design out.")
    }
    var dataset = dataset.tellingLabelsApart
    var (sample, statement) = Survey.design(
      try design.declaration(in: dataset), of: dataset.codebook)
    let replicates = sample.replicates
    // Strata and units are looked at also where replicate weights make the variance.
    sample.replicates = nil
    sample.variance = nil
    var weight = try design.sample.declaredWeight(in: dataset)
    weight?.adjustments = []
    let groups = by?.names ?? []
    if dataset.givesCells {
      // Whose weights differ are in other cells.
      let column: [String] =
        switch weight?.source {
        case .variable(let name)?: [name]
        case .expression(let source)?: try Expression(source).variables
        case nil: []
        }
      let drawn = try Survey.columns(
        weight: nil, design: sample, subpopulation: nil, in: dataset)
      dataset = try dataset.gathered(
        by: drawn.map(\.name) + groups + column, weight: weight, replicates: nil)
    }
    let survey = try Survey(
      dataset, weight: weight, design: statement == .declared ? sample : nil)
    try dataset.load(groups.map { ($0, .codes) })
    let language = output.language ?? dataset.codebook.printedLanguage
    let report = DesignReport(
      try DesignOverview(of: survey, by: groups, declared: replicates),
      groups: try groups.map { try dataset.variable($0) }, language: language)
    let context = ResultContext(
      survey, options: EstimationOptions(), language: output.language, digits: nil,
      wantsHash: false)
    return Outcome(
      .document(
        Document(
          data: try facts(of: dataset, rows: dataset.peopleCount), design: context.design,
          accounting: .object([Tree.Member("rows_read", .integer(try dataset.peopleCount))]),
          records: report.records, tables: report.tables,
          notes: dataset.notes.map { Phrase($0).text(in: language) }), language: language))
  }
}
