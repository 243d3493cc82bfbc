public import ArgumentParser
public import SurveyCommands
internal import SurveyData
internal import SurveyTables

/// `run NOTEBOOK`: executes a notebook and writes a report.
public struct Run: Verb {
  /// How the parser sees the verb.
  public static let configuration = CommandConfiguration(
    abstract: "Execute a notebook: its tables here, in one HTML report, and each as CSV.",
    discussion: """
      A notebook is Markdown with cells between ```vekt and ```; a cell holds verbs as in the shell,
      without the file, after `use FILE`. Paths are relative to the notebook. `derive` adds a variable,
      `where` a condition that holds until `where all`.

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
    let path = try page
    let (folder, _) = ReportFiles.parts(of: notebook)
    let session = NotebookSession(folder: folder, overrides: overrides, workspace: workspace)
    let report = try Report(
      running: Notebook(markdown: ReportFiles.read(notebook), path: notebook), in: session)
    let html = ReportPage(report).html
    let (pageFolder, pageName) = ReportFiles.parts(of: path)
    let tableFolder = tables ?? ReportFiles.inFolder(pageFolder, "\(pageName)-tables")
    try ReportFiles.makeFolder(pageFolder)
    if !report.files.isEmpty { try ReportFiles.makeFolder(tableFolder) }
    for file in report.files {
      try ReportFiles.write(
        file.records.csv(output.decimalComma ? .decimalComma : .standard),
        to: ReportFiles.inFolder(tableFolder, file.name))
    }
    // The page comes last: where it is, its tables are.
    try ReportFiles.write(Array(html.utf8), to: path)
    return Outcome(
      .files(report.text),
      remarks: [
        "\(path): \(report.tableCount) tables",
        "\(tableFolder): \(report.files.count) CSV files",
      ] + strangers(in: tableFolder, besides: report.files.map(\.name)), status: report.status)
  }

  /// What must be said of numbered tables that other runs have left in the folder.
  private func strangers(in folder: String, besides own: [String]) -> [String] {
    let others = ReportFiles.names(in: folder).filter { name in
      name.first?.isNumber == true && name.hasSuffix(".csv") && !own.contains(name)
    }
    guard let first = others.first else { return [] }
    let count = others.count == 1 ? "a table" : "\(others.count) tables"
    return ["note: \(folder): \(count) of another run stayed there, such as \(first)"]
  }

  /// Where the page goes: beside the notebook unless the command line says otherwise.
  private var page: String {
    get throws {
      let hasFormat = output.format != nil || output.output != nil
      let format = hasFormat && output.format != .html ? try output.chosenFormat() : .html
      guard format == .html else {
        throw SurveyError(
          .usage, at: output.output, "a report is written as html, not as \(format.rawValue)",
          remedy: "Let the file end in .html.")
      }
      let (folder, name) = ReportFiles.parts(of: notebook)
      return output.output ?? ReportFiles.inFolder(folder, "\(name).html")
    }
  }

  /// Options of the command line that go to every cell.
  private var overrides: [String] {
    (output.language.map { ["--language", $0] } ?? [])
      + (output.digits.map { ["--digits", String($0)] } ?? [])
  }
}
