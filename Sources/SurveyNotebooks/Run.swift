public import ArgumentParser
public import SurveyCommands
internal import SurveyData
import SurveyReports
public import SurveySessions
internal import SurveyTables

/// `run NOTEBOOK`: executes a notebook and writes a report.
public struct Run: Verb {
  /// How the parser sees the verb.
  public static let configuration = CommandConfiguration(
    abstract: "Execute a notebook: its tables here, in one report, and each as CSV.",
    discussion: """
      A notebook is Markdown with cells between ```vekt and ```, or Jupyter's (.ipynb); a cell holds
      verbs as in the shell, without the file, after `use FILE`. Paths are relative to the notebook.
      `derive` adds a variable, `where` a condition that holds until `where all`, --chart a figure;
      --output FILE in a cell writes that file instead of showing what it would hold.
      The report is html (with each table as .xlsx too), docx, xlsx (a book of all tables), markdown,
      ipynb (outputs written into the notebook) or latex.

      Examples:
        vekt run Notebooks/integration-indicators-2024.md --output build/report/report.html
        vekt run analysis.ipynb --format ipynb
        vekt run analysis.md --output analysis.html --check
        vekt run analysis.md --output analysis.docx --template office.docx
        vekt run analysis.md --output analysis.xlsx
      """)

  @Argument(help: "The notebook.")
  var notebook: String

  @Option(
    help: ArgumentHelp(
      "The folder for the tables (default: NAME-tables beside the report).", valueName: "folder"))
  var tables: String?

  @Option(
    help: ArgumentHelp(
      "html: the commands of cells, shown, hidden behind a check-box, or none.", valueName: "what"))
  var code: CodeVisibility?

  @Flag(help: "html: without the script that sorts and copies tables.")
  var noScript = false

  @Flag(help: "html: tables and drawings in the page itself, for mailing one file.")
  var selfContained = false

  @Flag(help: "Write nothing; fail if a file of the report would change.")
  var check = false

  /// Where the page goes.
  @OptionGroup public var output: OutputArguments

  /// Makes the defaults; the parser fills them.
  public init() {}

  /// A notebook may take its own outputs.
  public static var writesIntoInput: Bool { true }

  /// Runs everything, then writes everything, or compares it with what is there.
  public func perform(in workspace: Workspace) throws -> Outcome {
    let (path, format) = try target
    if format != .html, code != nil || noScript || selfContained {
      throw SurveyError(
        .usage,
        "--code, --no-script and --self-contained are of a page, and the format is "
          + format.rawValue, remedy: "Leave them out, or write --output NAME.html.")
    }
    let (folder, _) = ReportFiles.parts(of: notebook)
    let session = NotebookSession(folder: folder, overrides: overrides, workspace: workspace)
    let book = try Notebook(ReportFiles.read(notebook), path: notebook)
    let report = try Report(running: book, in: session)
    let (pageFolder, pageName) = ReportFiles.parts(of: path)
    let tableFolder = tables ?? ReportFiles.inFolder(pageFolder, "\(pageName)-tables")
    var files = report.files.map { file in
      (
        path: ReportFiles.inFolder(tableFolder, file.name),
        bytes: file.records.csv(output.csvDialect)
      )
    }
    if format == .html {
      files += try report.workbooks.map { (ReportFiles.inFolder(tableFolder, $0.name), $0.bytes) }
    }
    files += report.figures.map { figure in
      (
        path: ReportFiles.inFolder(tableFolder, Report.figureName(figure.number)),
        bytes: Array(figure.chart.svg(Style(language: figure.language)).utf8)
      )
    }
    files += report.written.map { ($0.path, $0.bytes) }
    // The page comes last: where it is, its tables are.
    let way = ReportFiles.way(from: pageFolder, to: tableFolder)
    let figureFile = { (number: Int) in ReportFiles.inFolder(way, Report.figureName(number)) }
    let pageFiles =
      selfContained
      ? PageFiles(
        language: report.language,
        holding: files.map { (ReportFiles.name(of: $0.path), $0.bytes) })
      : PageFiles(language: report.language, in: way)
    let options = ReportPageOptions(
      code: code ?? .hidden, hasScript: !noScript, files: pageFiles)
    let page: [UInt8] =
      switch format {
      case .markdown: Array(report.markdown(of: book, figureFile: figureFile).utf8)
      case .latex: Array(report.latex(figureFile: figureFile).utf8)
      case .ipynb:
        Array((book.jupyter ?? JupyterNotebook(book)).written(with: report.cellResults).utf8)
      case .docx: try report.word(template: output.wordTemplate)
      case .xlsx:
        try report.book.workbook(output.workbook.applied(to: Style(language: report.language)))
      default: Array(ReportPage(report, options).html.utf8)
      }
    files.append((path, page))
    if check { return try compare(files, status: report.status) }
    try ReportFiles.makeFolder(pageFolder)
    if files.count > 1 + report.written.count { try ReportFiles.makeFolder(tableFolder) }
    for file in files { try ReportFiles.write(file.bytes, to: file.path) }
    let figures = report.figureCount
    func number(_ count: Int, _ noun: String) -> String {
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    return Outcome(
      .files(report.text),
      remarks: [
        "\(path): " + number(report.tableCount, "table")
          + (figures > 0 ? ", " + number(figures, "figure") : ""),
        "\(tableFolder): " + number(report.files.count, "CSV file")
          + (format == .html ? ", " + number(report.tableCount, "workbook") : ""),
      ] + (report.published.isEmpty ? [] : [report.published.summary.text(in: "en")])
        + (figures > 0 && format.holdsPictures ? Chart.pictureNotes : []).map {
          "note: \(Phrase($0).text(in: report.language))"
        } + strangers(in: tableFolder, besides: report.files.map(\.name)), status: report.status)
  }

  /// Compares what the run gave with the files of an earlier one; nothing is written.
  private func compare(
    _ files: [(path: String, bytes: [UInt8])], status: SurveyError.Kind?
  ) throws -> Outcome {
    let changed = files.compactMap { path, bytes -> String? in
      guard let old = try? ReportFiles.bytes(path) else { return "\(path): is not there" }
      let format = Format(pathEnding: path)
      guard format == .ipynb ? !JupyterNotebook.same(old, bytes) : old != bytes else { return nil }
      guard ![.docx, .xlsx, .png, .pdf].contains(format) else {
        return "\(path): is not what the notebook gives now"
      }
      let (before, now) = (
        String(decoding: old, as: UTF8.self), String(decoding: bytes, as: UTF8.self)
      )
      let pairs = zip(
        before.split(separator: "\n", omittingEmptySubsequences: false),
        now.split(separator: "\n", omittingEmptySubsequences: false))
      let same = pairs.prefix { $0 == $1 }.count
      return "\(path):\(same + 1): is not what the notebook gives now"
    }
    guard changed.isEmpty else {
      throw SurveyError(
        .noAnswer, at: notebook,
        "\(changed.count) of \(files.count) files changed:\n"
          + changed.prefix(5).map { "      \($0)" }.joined(separator: "\n"),
        remedy: "Run it without --check to write them anew.")
    }
    return Outcome(
      .files(""), remarks: ["\(notebook): all \(files.count) files are as they were"],
      status: status)
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

  /// Where the report goes, and as what: beside the notebook as HTML unless the command line says
  /// otherwise; a notebook of its own kind is written into itself.
  private var target: (path: String, format: Format) {
    get throws {
      let isStated = output.format != nil || output.output != nil
      let format = isStated ? try output.chosenFormat() : .html
      try output.workbook.check(format)
      let endings: [Format: String] = [
        .html: "html", .docx: "docx", .xlsx: "xlsx", .markdown: "md", .ipynb: "ipynb",
        .latex: "tex",
      ]
      guard let ending = endings[format] else {
        throw SurveyError(
          .usage, at: output.output,
          "a report is written as html, docx, xlsx, markdown, ipynb or latex, not as \(format.rawValue)",
          remedy: "Let the file end in .html, .docx, .xlsx, .md, .ipynb or .tex.")
      }
      let (folder, name) = ReportFiles.parts(of: notebook)
      return (output.output ?? ReportFiles.inFolder(folder, "\(name).\(ending)"), format)
    }
  }

  /// Options of the command line that go to every cell.
  private var overrides: [String] {
    (output.language.map { ["--language", $0] } ?? [])
      + (output.digits.map { ["--digits", String($0)] } ?? [])
  }
}
