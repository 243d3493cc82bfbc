public import ArgumentParser
public import SurveyCommands
internal import SurveyData

/// `run NOTEBOOK`: executes a notebook and writes a report.
public struct Run: Verb {
  /// How the parser sees the verb.
  public static let configuration = CommandConfiguration(
    abstract: "Execute a notebook: its tables here, in one HTML report, and each as CSV.",
    discussion: """
      A notebook is Markdown with cells between ```vekt and ```; a cell holds verbs as in the shell,
      without the file, after `use FILE`. Paths are relative to the notebook.

      Example:
        vekt run Notebooks/integration-indicators-2024.md --output build/report/report.html
      """)

  @Argument(help: "The notebook.")
  var notebook: String

  @Option(
    help: ArgumentHelp(
      "The folder for the tables (default: NAME-tables beside the report).", valueName: "folder"))
  var tables: String?

  /// Where the page goes.
  @OptionGroup public var output: OutputArguments

  /// Makes the defaults; the parser fills them.
  public init() {}

  /// Runs everything, then writes everything.
  public func perform(in workspace: Workspace) throws -> Outcome {
    let text = try ReportFiles.read(notebook)
    let (folder, name) = ReportFiles.parts(of: notebook)
    let report = try NotebookReport(
      running: Notebook(parsing: text, name: notebook), folder: folder, workspace: workspace)
    let path = output.output ?? ReportFiles.inFolder(folder, "\(name).html")
    let (reportFolder, reportName) = ReportFiles.parts(of: path)
    let tableFolder = tables ?? ReportFiles.inFolder(reportFolder, "\(reportName)-tables")
    try ReportFiles.makeFolder(reportFolder)
    if !report.tables.isEmpty { try ReportFiles.makeFolder(tableFolder) }
    for file in report.tables {
      try ReportFiles.write(file.bytes, to: ReportFiles.inFolder(tableFolder, file.name))
    }
    try ReportFiles.write(Array(report.html.utf8), to: path)
    return Outcome(
      .files(report.text),
      remarks: [
        "\(path): \(report.tableCount) tables",
        "\(tableFolder): \(report.tables.count) CSV files",
      ])
  }
}
