import Foundation
import SurveyCommands
import SurveySessions
import SurveyTables
import Testing
import VektTestSupport

@testable import SurveyNotebooks

struct ShippedNotebookTests {
  @Test func `the sample survey's notebook runs, gives a sound page and the published percentages`()
    throws
  {
    let folder = Places.root.appending(path: "Notebooks")
    let path = folder.appending(path: "integration-indicators-2024.md").path
    let report = try Report(
      running: Notebook(markdown: ReportFiles.read(path), path: path),
      in: NotebookSession(folder: folder.path))
    #expect(report.status == nil)
    #expect(Set(report.files.map(\.name)).count == report.files.count)
    try expectSound(ReportPage(report).html)

    let published = try String(
      contentsOf: Places.root.appending(
        path: "SampleData/everyday-integration-2023.published.csv"), encoding: .utf8)
    let rows = published.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    #expect(rows.count == 27)
    for row in rows {
      let figure = try Figure(row.map(String.init))
      let found = report.files.compactMap { figure.percent(in: $0.records) }
      #expect(
        found.contains(figure.percent), "\(row[0]) is \(figure.percent), the tables have \(found)")
    }
  }
}

@Suite("Every shipped notebook")
struct ShippedNotebooks {
  static let names = ReportFiles.names(in: Places.root.appending(path: "Notebooks").path)
    .filter { $0.hasSuffix(".md") || $0.hasSuffix(".ipynb") }.filter { $0 != "README.md" }

  @Test(arguments: names)
  func `runs, and gives a sound page, twice the same`(name: String) throws {
    let folder = Places.root.appending(path: "Notebooks")
    let path = folder.appending(path: name).path
    func page() throws -> String {
      let report = try Report(
        running: Notebook(ReportFiles.read(path), path: path),
        in: NotebookSession(folder: folder.path))
      #expect(report.status == nil && report.tableCount > 5)
      return ReportPage(report).html
    }
    let first = try page()
    try expectSound(first)
    guard name != "integration-indicators-2024.md" else { return }
    #expect(try page() == first)
  }
}

/// A published percentage and where a notebook's tables have it.
private struct Figure {
  let variable: String
  let category: String
  /// The column and the code of the group; nil where the whole table is about it.
  let group: (column: String, code: String)?
  let percent: Int

  init(_ fields: [String]) throws {
    let isFullyOrFairly = fields[3] == "4 5"
    variable = isFullyOrFairly ? String(fields[2].dropFirst("feels_".count)) : fields[2]
    category = isFullyOrFairly ? "yes" : fields[3]
    percent = try #require(Int(fields[5]))
    let condition = fields[4].split(separator: "'")
    let isNarrow = condition.count > 2 || fields[2].hasPrefix("ground_")
    if fields[4].hasPrefix("origin != ") {
      group = ("immigrant_background", "yes")
    } else if fields[4] == "origin == 'no-immigrant-background'" {
      group = ("immigrant_background", "no")
    } else {
      group = isNarrow ? nil : ("origin", String(try #require(condition.dropFirst().first)))
    }
  }

  /// The rounded percentage in a table; nil when the table is about something else.
  func percent(in records: Records) -> Int? {
    let row = records.rows.first { row in
      func has(_ column: String, _ code: String) -> Bool {
        records.columns.firstIndex(of: column).map { row[$0] == .text(code) } ?? false
      }
      return has("variable", variable) && has("category", category)
        && group.map { has($0.column, $0.code) } ?? (records.columns[3] == "n")
    }
    guard let row, let place = records.columns.firstIndex(of: "estimate"),
      case .number(let share) = row[place]
    else { return nil }
    return Int((100 * share).rounded())
  }
}
