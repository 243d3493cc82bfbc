import Foundation
import SurveyCommands
import SurveyData
import SurveySessions
import SurveyTables
import Testing
import VektTestSupport

@testable import SurveyNotebooks

@Suite("The page of a report") struct ReportPageTests {
  private static let cells = """
    # Report

    ```vekt
    use d.csv
    tabulate trust --by group --test --chart
    summarize age
    ```
    """

  private func page(_ arguments: [String] = []) throws -> (page: String, folder: URL) {
    let notebook = try SmallNotebook(Self.cells)
    _ = try Run.parse([notebook.path] + arguments).perform(in: Workspace())
    return (try String(contentsOf: URL(filePath: notebook.page), encoding: .utf8), notebook.folder)
  }

  private func addresses(_ page: String) -> [String] {
    page.matches(of: /href="([^"#]+)"/).map { String($0.1) }
  }

  @Test func `links under tables and figures lead to their files`() throws {
    let (page, folder) = try page()
    defer { try? FileManager.default.removeItem(at: folder) }
    try expectSound(page)
    let addresses = addresses(page)
    #expect(
      Set(addresses) == [
        "n-tables/01-trust.csv", "n-tables/01-trust.tests.csv", "n-tables/02-age.csv",
        "n-tables/01-trust.xlsx", "n-tables/02-age.xlsx", "n-tables/figure-1.svg",
      ])
    for address in addresses {
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: address).path))
    }
    // The list of tables says whom each is of.
    #expect(page.contains("All 2 tables") && page.contains("<td>7</td>"))
  }

  @Test func `tables in another folder are found from the page`() throws {
    let (page, folder) = try page(["--tables", "elsewhere/tables"])
    defer {
      try? FileManager.default.removeItem(at: folder)
      try? FileManager.default.removeItem(atPath: "elsewhere")
    }
    // The page's path is absolute here, and so is what leads out of its folder.
    #expect(addresses(page).allSatisfy { $0.hasPrefix("elsewhere/tables/") })
    #expect(ReportFiles.way(from: "a/b", to: "a/b/c-tables") == "c-tables")
    #expect(ReportFiles.way(from: "a/b", to: "a/c") == "../c")
    #expect(ReportFiles.way(from: "", to: "c") == "c")
    #expect(ReportFiles.way(from: "build/report", to: "build/report") == "")
    #expect(ReportFiles.way(from: "/x/y", to: "/x/z/t") == "../z/t")
    #expect(ReportFiles.way(from: "/x", to: "t") == "t")
  }

  @Test func `commands are hidden, shown or left out`() throws {
    let source = "tabulate trust --by group --test --chart"
    for (value, isThere, isOn) in [
      ("hidden", true, false), ("shown", true, true), ("none", false, false),
    ] {
      let (page, folder) = try page(["--code", value])
      defer { try? FileManager.default.removeItem(at: folder) }
      #expect(page.contains(source) == isThere)
      #expect(page.contains("id=\"report-code\" checked") == isOn)
      #expect(page.contains("report-code\"") == isThere)
      try expectSound(page)
    }
  }

  @Test func `a page in one file holds what it links to`() throws {
    let (page, folder) = try page(["--self-contained", "--no-script"])
    defer { try? FileManager.default.removeItem(at: folder) }
    let addresses = addresses(page)
    #expect(!addresses.isEmpty && addresses.allSatisfy { $0.hasPrefix("data:") })
    let csv = try #require(addresses.first { $0.hasPrefix("data:text/csv") })
    let held = try #require(csv.split(separator: ",", maxSplits: 1).last?.removingPercentEncoding)
    let file = try String(
      contentsOf: folder.appending(path: "n-tables/01-trust.csv"), encoding: .utf8)
    #expect(held == file)
    let excel = try #require(addresses.first { $0.contains("spreadsheetml") })
    let bytes = try #require(Data(base64Encoded: String(excel.split(separator: ",")[1])))
    #expect(bytes == (try Data(contentsOf: folder.appending(path: "n-tables/01-trust.xlsx"))))
    #expect(!page.contains("<script"))
  }

  @Test func `the script is small, and of pages alone`() throws {
    #expect(HTMLPage.script.utf8.count < 2048)
    let notebook = try SmallNotebook(Self.cells)
    defer { notebook.delete() }
    let error = #expect(throws: SurveyError.self) {
      try Run.parse([notebook.path, "--no-script", "--format", "markdown"]).perform(in: Workspace())
    }
    #expect(error?.kind == .usage)
    #expect(error?.problem.contains("are of a page, and the format is markdown") == true)
  }

  @Test func `a report is a workbook with contents, links and notes`() throws {
    let notebook = try SmallNotebook(
      Self.cells
        + "\n\n## More\n\n```vekt\ntabulate trust --emit r\ncompare age --by group\n```\n")
    defer { notebook.delete() }
    let path = notebook.folder.appending(path: "n.xlsx").path
    let arguments = [notebook.path, "--output", path, "--language", "nb"]
    _ = try Run.parse(arguments).perform(in: Workspace())
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    #expect(try ZippedFile.sheets(of: bytes) == ["Innhold", "1", "2", "3", "Noter"])
    let contents = try ZippedFile.part("xl/worksheets/sheet1.xml", of: bytes)
    for number in 1...3 { #expect(contents.contains("location=\"'\(number)'!A1\"")) }
    let texts = try ZippedFile.part("xl/sharedStrings.xml", of: bytes)
    for text in ["Report", "More", "Notatbok: n.md"] { #expect(texts.contains("<t>\(text)</t>")) }
    #expect(texts.contains("tekst i notatboken er ikke med"), "\(texts)")
    #expect(throws: Never.self) {
      try Run.parse(arguments + ["--check"]).perform(in: Workspace())
    }
  }

  @Test func `a workbook's layout is of workbooks alone`() throws {
    let notebook = try SmallNotebook(Self.cells)
    defer { notebook.delete() }
    let error = #expect(throws: SurveyError.self) {
      try Run.parse([notebook.path, "--sheets", "one"]).perform(in: Workspace())
    }
    #expect(error?.problem == "--sheets is of workbooks, and the format is html")
  }
}
