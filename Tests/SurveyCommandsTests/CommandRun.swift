import Foundation
import SurveyCommands
import Testing

/// A command that was run: how it ended, what it printed and what it remarked.
struct CommandRun {
  let status: Int32
  let output: String
  let remarks: String

  init(_ words: [String]) {
    let found = CommandRunner().run(words)
    status = found.status
    output = String(decoding: found.output, as: UTF8.self)
    remarks = found.remarks.joined(separator: "\n")
  }

  /// What it prints as JSON.
  static func json(_ words: [String]) throws -> [String: Any] {
    let found = CommandRun(words + ["--format", "json"])
    return try #require(
      try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any],
      "\(found.remarks)")
  }

  /// The rows of what it prints as JSON.
  static func rows(_ words: [String], _ name: String = "rows") throws -> [[String: Any]] {
    try #require(try json(words)[name] as? [[String: Any]])
  }
}

extension String {
  /// The text on one line, wherever it was broken.
  var flattened: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
