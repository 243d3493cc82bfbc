import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

/// A made-up survey of `SampleData`: its recipe, data, codebook and published figures.
struct SampleSurvey: CustomTestStringConvertible, Sendable {
  /// The path of its files up to the ending.
  let stem: String

  private static let folder = Places.root.appending(path: "SampleData")

  /// Every survey that has a recipe.
  static let all: [SampleSurvey] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".recipe.yaml") }.sorted().map {
      SampleSurvey(stem: folder.appending(path: String($0.dropLast(12))).path)
    }
  }()

  var testDescription: String { stem.split(separator: "/").last.map(String.init) ?? stem }

  /// The data, read by their codebook.
  func dataset() throws -> Dataset {
    try Dataset(
      contentsOf: stem + ".csv", codebook: Codebook(contentsOf: stem + ".codebook.yaml"))
  }

  /// The published figures that hold in the data; none where a survey has no published model.
  func published() throws -> [PublishedFigure] {
    let path = stem + ".published.csv"
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let table = try Dataset(contentsOf: path)
    func column(_ name: String) throws -> [String] { try table.text(name).values }
    let (ids, variables) = (try column("id"), try column("variable"))
    let (codes, conditions) = (try column("codes"), try column("where"))
    let (percents, digits) = (try column("percent"), try column("digits"))
    let (sections, lines) = (try column("section"), try column("report_line"))
    return ids.indices.map {
      PublishedFigure(
        id: ids[$0], variable: variables[$0], codes: codes[$0].split(separator: " "),
        condition: conditions[$0], percent: percents[$0], digits: Int(digits[$0]) ?? 0,
        section: sections[$0], line: lines[$0])
    }
  }
}

/// A percentage as the report prints it, and the cell that gives it.
struct PublishedFigure: Sendable {
  let id: String
  let variable: String
  /// The answers that are counted.
  let codes: [Substring]
  /// Whose answers count; empty for everybody.
  let condition: String
  let percent: String
  let digits: Int
  let section: String
  let line: String
}
