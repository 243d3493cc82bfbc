import Foundation
import SurveyCommands
import SurveyData
import SurveySessions
import Testing
import VektTestSupport

@testable import SurveyNotebooks

struct RunTests {
  private func run(_ notebook: SmallNotebook, _ arguments: [String] = []) throws -> Outcome {
    try Run.parse([notebook.path] + arguments).perform(in: Workspace())
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func `page and tables stand beside the notebook`() throws {
    let notebook = try SmallNotebook(
      cell: "use d.csv\ntabulate trust group --by group --test\nmodel 'trust ~ age'")
    defer { notebook.delete() }
    let outcome = try run(notebook)
    #expect(
      try names(in: notebook.folder)
        == ["d.codebook.yaml", "d.csv", "n-tables", "n.html", "n.md"])
    #expect(
      try names(in: notebook.folder.appending(path: "n-tables")) == [
        "01-trust.csv", "01-trust.tests.csv", "01-trust.xlsx", "02-group.csv",
        "02-group.tests.csv", "02-group.xlsx", "03-model-trust.csv", "03-model-trust.fit.csv",
        "03-model-trust.xlsx",
      ])
    #expect(outcome.remarks.first == "\(notebook.page): 3 tables")
  }

  @Test func `one table is one file and one workbook`() throws {
    let notebook = try SmallNotebook(cell: "use d.csv\nsummarize age")
    defer { notebook.delete() }
    let remarks = try run(notebook).remarks
    #expect(remarks.first == "\(notebook.page): 1 table")
    #expect(remarks.contains { $0.hasSuffix("n-tables: 1 CSV file, 1 workbook") }, "\(remarks)")
  }

  @Test func `files that cells name are written with the report, and checked`() throws {
    let notebook = try SmallNotebook(cell: "use d.csv\ntabulate trust --output t.csv")
    defer { notebook.delete() }
    _ = try run(notebook)
    #expect(
      try names(in: notebook.folder) == ["d.codebook.yaml", "d.csv", "n.html", "n.md", "t.csv"])
    #expect(
      try String(contentsOfFile: notebook.page, encoding: .utf8).contains("t.csv: written"))
    #expect(try run(notebook, ["--check"]).remarks.joined().contains("all 2 files"))
    try "x".write(
      to: notebook.folder.appending(path: "t.csv"), atomically: true, encoding: .utf8)
    let fault = #expect(throws: SurveyError.self) { try run(notebook, ["--check"]) }
    #expect(fault?.problem.contains("t.csv:1: is not what the notebook gives now") == true)
  }

  @Test func `a table of variables of any kind, and models with names, stand in a report`() throws {
    let notebook = try SmallNotebook(
      cell: """
        use d.csv
        summarize trust age --table1 --by group --answer chosen --language en
        model --models 'Crude: age ~ trust' 'Adjusted: age ~ trust + group' --parentheses se
        """)
    defer { notebook.delete() }
    _ = try run(notebook)
    let page = try String(contentsOf: URL(filePath: notebook.page), encoding: .utf8)
    for part in [
      "Characteristics by group", "Trust: High", ">Crude</th>", ">Adjusted</th>",
      "<span class=\"vekt-spoken\">standard error</span>",
    ] {
      #expect(page.contains(part), "\(part)")
    }
    let tables = notebook.folder.appending(path: "n-tables")
    #expect(try names(in: tables).contains("02-model.csv"))
    let models = try String(contentsOf: tables.appending(path: "02-model.csv"), encoding: .utf8)
    #expect(models.hasPrefix("model,model_name,term,") && models.contains("\n2,Adjusted,group=b,"))
    let word = notebook.folder.appending(path: "n.docx").path
    #expect(try run(notebook, ["--output", word]).remarks.first?.contains("2 tables") == true)
  }

  @Test func `a table's file holds that table's rows and no others`() throws {
    let notebook = try SmallNotebook(cell: "use d.csv\ntabulate trust group --decimal-comma")
    defer { notebook.delete() }
    #expect(notebook.fault()?.hasPrefix("n.md:5: '--decimal-comma' is of a file") == true)
    let other = try SmallNotebook(cell: "use d.csv\ntabulate trust group")
    defer { other.delete() }
    _ = try run(other, ["--decimal-comma", "--tables", other.folder.appending(path: "t/u").path])
    let text = try String(
      contentsOf: other.folder.appending(path: "t/u/02-group.csv"), encoding: .utf8)
    #expect(text.hasPrefix("variable;category;label;n;weighted_n;estimate"))
    #expect(
      text.split(separator: "\n").map { $0.prefix(9) } == ["variable;", "group;a;A", "group;b;B"])
  }

  @Test func `the same notebook gives the same bytes, from any folder and over the old ones`()
    throws
  {
    let notebook = try SmallNotebook(
      cell: "use d.csv --codebook d.codebook.yaml\ntabulate trust --by group --test")
    defer { notebook.delete() }
    _ = try run(notebook)
    let first = try Data(contentsOf: URL(filePath: notebook.page))
    _ = try run(notebook)
    #expect(try Data(contentsOf: URL(filePath: notebook.page)) == first)
    #expect(!String(decoding: first, as: UTF8.self).contains(notebook.folder.path))
  }

  @Test func `tables that another run has left are named`() throws {
    let notebook = try SmallNotebook(cell: "use d.csv\ntabulate trust")
    defer { notebook.delete() }
    _ = try run(notebook)
    let tables = notebook.folder.appending(path: "n-tables")
    for name in ["07-old.csv", "notes.csv", "12-old.csv"] {
      try Data().write(to: tables.appending(path: name))
    }
    #expect(
      try run(notebook).remarks.dropFirst(2) == [
        "note: \(tables.path): 2 tables of another run stayed there, such as 07-old.csv"
      ])
  }

  @Test func `a faulty cell leaves nothing behind`() throws {
    let notebook = try SmallNotebook(cell: "use d.csv\ntabulate trust\ntabulate nothing")
    defer { notebook.delete() }
    #expect(throws: SurveyError.self) { try run(notebook) }
    #expect(try names(in: notebook.folder) == ["d.codebook.yaml", "d.csv", "n.md"])
  }

  @Test(arguments: [
    (
      ["--output", "r.odt"],
      "r.odt: the ending does not say which format to write\n      Add --format text, csv, json, html, markdown or latex."
    ),
    (
      ["--format", "csv"],
      "a report is written as html, docx, xlsx, markdown, ipynb or latex, not as csv\n"
        + "      Let the file end in .html, .docx, .xlsx, .md, .ipynb or .tex."
    ),
  ])
  func `a format that reports do not have is said first`(
    arguments: [String], message: String
  ) throws {
    let notebook = try SmallNotebook(cell: "nothing")
    defer { notebook.delete() }
    let error = #expect(throws: SurveyError.self) { try run(notebook, arguments) }
    #expect(error?.description == message)
    #expect(error?.kind == .usage)
  }

  @Test func `the command line's language goes before the codebook's`() throws {
    let notebook = try SmallNotebook(cell: "use d.csv\ntabulate trust")
    defer { notebook.delete() }
    _ = try run(notebook, ["--language", "nb"])
    let page = try String(contentsOf: URL(filePath: notebook.page), encoding: .utf8)
    #expect(page.contains("Tabell 1. Trust"))
  }

  @Test func `contradictions that a check finds set the exit status`() throws {
    let notebook = try SmallNotebook(
      cell: "use d.csv --codebook other.yaml\ncodebook check")
    defer { notebook.delete() }
    let other = SmallNotebook.codebook.replacing(", 2: High}, answer: High", with: "}")
    try Data(other.utf8).write(to: notebook.folder.appending(path: "other.yaml"))
    #expect(try run(notebook).status == .data)
  }

  @Test func `a page is sound, whatever its headings`() throws {
    let notebook = try SmallNotebook(
      """
      # A & <b>
      ## Table 1
      ## Table 1
      ### C
      ## table.1
      ##
      ```vekt
      use d.csv
      tabulate trust --by group # < "x"
      inspect trust
      codebook new
      ```
      """)
    defer { notebook.delete() }
    let page = ReportPage(try notebook.report()).html
    try expectSound(page)
    #expect(page.contains("<title>A &amp; &lt;b&gt;</title>"))
    #expect(
      page.contains(
        "<a href=\"#table-1-2\">Table 1</a>\n<ul>\n<li><a href=\"#c\">C</a></li>\n</ul>"))
    #expect(page.contains("tabulate trust --by group # &lt; &quot;x&quot;"))
    #expect(
      page.contains(
        "<dt>Sample</dt>\n<dd>Design: stratified, 2 strata, element sample; weight &#39;w&#39;.</dd>"
      ))
  }
}
