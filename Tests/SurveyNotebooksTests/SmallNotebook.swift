import Foundation
import SurveyCommands
import SurveyData
import SurveySessions
import VektTestSupport

@testable import SurveyNotebooks

/// Eight answers with a codebook and a notebook, in a folder of their own.
struct SmallNotebook {
  let folder: URL
  var path: String { folder.appending(path: "n.md").path }
  var page: String { folder.appending(path: "n.html").path }

  static let data = """
    w,group,trust,age
    1,a,1,20
    1,a,2,30
    2,a,2,40
    1,b,1,50
    1,b,1,60
    2,b,2,70
    1,b,2,80
    1,a,9,25

    """

  static let codebook = """
    vekt: 1
    variables:
      w: {type: decimal, role: weight}
      group: {type: text, codes: {a: Alpha, b: Beta}}
      trust: {type: integer, label: Trust, codes: {1: Low, 2: High}, answer: High, missing: {9: refused}}
      age: {type: integer, measure: ratio}
    weights: {w: {var: w, default: true}}
    design: {strata: group}
    """

  init(_ notebook: String = "") throws {
    folder = try Places.temporaryFolder()
    try Data(Self.data.utf8).write(to: folder.appending(path: "d.csv"))
    try Data(Self.codebook.utf8).write(to: folder.appending(path: "d.codebook.yaml"))
    try Data(notebook.utf8).write(to: folder.appending(path: "n.md"))
  }

  /// A notebook of one cell.
  init(cell: String) throws {
    try self.init("# Title\n\n```vekt\n\(cell)\n```\n")
  }

  func delete() { try? FileManager.default.removeItem(at: folder) }

  /// Runs the notebook without writing anything.
  func report() throws -> Report {
    try Report(
      running: Notebook(markdown: ReportFiles.read(path), path: path),
      in: NotebookSession(folder: folder.path))
  }

  /// The error of a run, its place without the folder; nil when all is well.
  func fault() -> String? {
    do {
      _ = try report()
      return nil
    } catch {
      return "\(error)".replacing(folder.path + "/", with: "")
    }
  }
}

extension Report {
  /// The results of all cells.
  var results: [Result] {
    parts.flatMap { part -> [Result] in if case .cell(_, let results) = part { results } else { [] }
    }
  }

  /// The numbers of respondents of each table's last row.
  var lastRows: [[Int]] {
    results.compactMap { result in
      guard case .table(let table, _, _, _) = result else { return nil }
      return table.rows.last?.cells.compactMap { if case .count(let n) = $0 { n } else { nil } }
    }
  }
}
