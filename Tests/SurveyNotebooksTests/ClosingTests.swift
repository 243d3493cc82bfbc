import Foundation
import SurveyCommands
import SurveySessions
import SurveyTables
import Testing
import VektTestSupport

@testable import SurveyNotebooks

/// What a report says at its end: how printed figures agree, and how its numbers were made.
@Suite struct ClosingTests {
  private static let published = """
    name,variable,codes,where,percent,digits
    low trust,trust,1,,33,0
    high trust,trust,2,,68,0
    low in a,trust,1,group == 'a',90,0
    Alpha,group,a,,50,0

    """

  private func notebook(_ cell: String) throws -> SmallNotebook {
    let notebook = try SmallNotebook(cell: cell)
    try Data(Self.published.utf8).write(to: notebook.folder.appending(path: "p.csv"))
    return notebook
  }

  @Test func `all printed shares of a file stand in one ledger without naming their variables`()
    throws
  {
    let notebook = try notebook("use d.csv\ntabulate --published p.csv")
    defer { notebook.delete() }
    let report = try notebook.report()
    #expect(report.files.map(\.name) == ["01-ledger.csv"])
    // By hand: 3 of 9 is 33.3 %, 6 of 9 is 66.7 %, 5 of the 10 of all is 50 %; 1 of 4 in a.
    #expect(
      report.files[0].records.rows.map { $0[12] } == [
        .text("matches"), .text("within_rounding"), .text("inside_interval"), .text("matches"),
      ])
  }

  @Test func `figures are counted once however often they are compared`() throws {
    let notebook = try notebook(
      "use d.csv\ntabulate trust --published p.csv\ntabulate --published p.csv\n"
        + "tabulate trust --by group --published p.csv")
    defer { notebook.delete() }
    let report = try notebook.report()
    #expect(
      report.published.summary.text(in: "en")
        == "Published figures: 2 of 4 match, 1 is within rounding, 1 is inside the interval.")
    let outcome = try Run.parse([notebook.path]).perform(in: Workspace())
    #expect(outcome.remarks.contains(report.published.summary.text(in: "en")))
    let page = try String(contentsOfFile: notebook.page, encoding: .utf8)
    #expect(page.contains("<h2 id=\"published-figures-and-these\">"))
  }

  @Test func `the methods name only what was used`() throws {
    let plain = try notebook("use d.csv\nsummarize age")
    defer { plain.delete() }
    let words = try plain.report().methodsText
    #expect(words.contains("count with their weights") && words.contains("linearization"))
    #expect(words.contains("95\u{A0}%"))
    for absent in ["Rao", "pseudo-likelihood", "domains", "who answered"] {
      #expect(!words.contains(absent), "\(absent)")
    }
    let full = try notebook(
      "use d.csv\ntabulate trust --by group --test --where 'age > 10'\nmodel 'trust ~ age'")
    defer { full.delete() }
    let more = try full.report().methodsText
    for present in ["Rao and Scott", "pseudo-likelihood", "domains", "who answered"] {
      #expect(more.contains(present), "\(present)")
    }
  }

  @Test func `a notebook that estimates nothing has no methods`() throws {
    let notebook = try notebook("use d.csv\ninspect")
    defer { notebook.delete() }
    #expect(try notebook.report().methodsText.isEmpty)
  }

  @Test func `the progress line fills as commands are done`() {
    let line = ProgressLine(total: 4, isShown: true)
    #expect(line.text(1, "tabulate trust").hasPrefix("━━━━━━──────"))
    #expect(line.text(4, "x") == String(repeating: "━", count: 24) + "  4 of 4  x")
  }

  @Test func `the line of a query says how long, and how far where the engine tells`() {
    #expect(ProgressLine.text("SQLite", 12, percent: nil) == "SQLite, 12 s")
    #expect(
      ProgressLine.text("DuckDB", 3, percent: 50)
        == "━━━━━━━━━━━━────────────  50 %  DuckDB, 3 s")
  }
}

extension Report {
  /// The last paragraph, when it stands below the heading of the methods.
  fileprivate var methodsText: String {
    guard case .prose(.paragraph(let text))? = parts.last else { return "" }
    return text.words
  }
}
