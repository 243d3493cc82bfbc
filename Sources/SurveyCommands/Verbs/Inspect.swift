import ArgumentParser
import SurveyData
import SurveyReports
import SurveySessions
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
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Argument(
    help: "Variables to show with all their codes; none means an overview of all.",
    completion: .variables)
  var variables: [String] = []

  @OptionGroup var opening: OpeningArguments
  @OptionGroup var lists: ListArguments
  @OptionGroup var output: OutputArguments

  @OptionGroup var page: PageArguments

  var pageFolder: String? { page.tables }

  func perform(in workspace: Workspace) throws -> Outcome {
    let dataset = try opening.dataset(data, in: workspace)
    try dataset.codebook.requireEnforcedDisclosure()
    for name in variables { _ = try dataset.described(name) }
    let names = variables.isEmpty ? dataset.variableNames : variables
    let inventory = try Inventory(of: names, in: dataset)
    let language = output.language ?? dataset.codebook.printedLanguage
    let report = InventoryReport(inventory, language: language)
    let source = dataset.source
    let wantsHash = try output.chosenFormat() == .json
    let document = Document(
      data: .object(
        [
          Tree.Member("file", .text(source.facts.path)),
          Tree.Member("format", .text(source.facts.format)),
          Tree.Member("encoding", .text(source.facts.encoding)),
          Tree.Member("detail", .text(source.facts.detail)),
          Tree.Member(
            "sha256", wantsHash ? (try source.sha256()).map(Tree.text) ?? .empty : .empty),
          Tree.Member("rows_read", .integer(inventory.rows)),
          Tree.Member("codebook", dataset.codebook.path.map(Tree.text) ?? .empty),
        ] + disclosure(of: dataset.codebook)),
      accounting: .object([Tree.Member("rows_read", .integer(inventory.rows))]),
      records: [report.overview, report.codes, report.findings],
      tables: variables.isEmpty ? report.overviewTables : report.codeTables,
      notes: inventory.notes.map { Phrase($0).text(in: language) })
    return Outcome(.document(document, language: language))
  }
}
