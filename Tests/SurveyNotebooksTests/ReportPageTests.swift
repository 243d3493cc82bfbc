import Foundation
import SurveyCommands
import SurveyData
import SurveySessions
import Testing

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
        "n-tables/figure-1.svg",
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
    #expect(!page.contains("<script"))
  }

  @Test func `the script is small, and of pages alone`() throws {
    #expect(ReportPage.script.utf8.count < 2048)
    let notebook = try SmallNotebook(Self.cells)
    defer { notebook.delete() }
    let error = #expect(throws: SurveyError.self) {
      try Run.parse([notebook.path, "--no-script", "--format", "markdown"]).perform(in: Workspace())
    }
    #expect(error?.kind == .usage)
    #expect(error?.problem.contains("are of a page, and the format is markdown") == true)
  }
}
