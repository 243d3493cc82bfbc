import Foundation
import SurveyCommands
import Testing
import VektTestSupport

/// What makes cells and compares results.
protocol CellsTrial {}

extension CellsTrial {
  func run(_ words: [String]) -> (status: Int32, output: String, remarks: String) {
    let found = CommandRunner().run(words)
    return (
      found.status, String(decoding: found.output, as: UTF8.self),
      found.remarks.joined(separator: "\n")
    )
  }

  /// Cells of a file in a folder of their own.
  func cells(
    of data: String, _ words: [String], in folder: URL? = nil, called name: String = "cells.csv"
  ) throws -> String {
    let path = try (folder ?? Places.temporaryFolder()).appending(path: name).path
    let made = run(["cells", data] + words + ["--output", path])
    try #require(made.status == 0 && made.output.isEmpty, "\(made.remarks)")
    return path
  }

  func json(_ words: [String]) throws -> [String: Any] {
    let found = run(words + ["--format", "json"])
    try #require(found.status == 0, "\(words): \(found.remarks)")
    let tree = try JSONSerialization.jsonObject(with: Data(found.output.utf8))
    return try #require(tree as? [String: Any])
  }

  /// The first place where two results differ: counts and texts at all, numbers by more than 1e-10.
  func difference(_ a: Any, _ b: Any, _ path: String = "") -> String? {
    switch (a, b) {
    case (let a as [String: Any], let b as [String: Any]):
      let skipped: Set = ["command", "notes", "file", "sha256", "codebook", "format", "cells"]
      let names = Set(a.keys).union(b.keys).subtracting(skipped).sorted()
      return names.lazy.compactMap {
        difference(a[$0] ?? NSNull(), b[$0] ?? NSNull(), "\(path).\($0)")
      }.first
    case (let a as [Any], let b as [Any]):
      guard a.count == b.count else { return "\(path): \(a.count) | \(b.count) entries" }
      return a.indices.lazy.compactMap { difference(a[$0], b[$0], "\(path)[\($0)]") }.first
    case (let a as NSNumber, let b as NSNumber):
      let (x, y) = (a.doubleValue, b.doubleValue)
      let isNear = x == y || abs(x - y) <= 1e-10 * max(1, abs(x), abs(y))
      return isNear ? nil : "\(path): \(a) | \(b)"
    default: return "\(a)" == "\(b)" ? nil : "\(path): \(a) | \(b)"
    }
  }
}
