import Foundation
import SurveyCommands
import Testing
import VektTestSupport

/// Programs that `--emit r` writes, run by R and laid beside Vekt's own results.
enum EmittedProgram {
  static let everyday =
    Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path
  static let golden = Places.reference.appending(path: "golden.csv").path

  /// R, where it is installed with the package survey.
  static let hasR = (try? run(["-e", "library(survey)"]))?.status == 0

  /// Whether R reads the files of Stata and SPSS.
  static let hasHaven = (try? run(["-e", "library(survey); library(haven)"]))?.status == 0

  /// Whether R pools estimates.
  static let hasMetafor = (try? run(["-e", "library(survey); library(metafor)"]))?.status == 0

  /// A table by its columns' names.
  private typealias Rows = [[String: String]]

  /// Runs the programs of commands in one R, and compares every number of every table that they
  /// print with the table of the same name in Vekt's JSON.
  static func expectSame(
    _ commands: [String], data: String, tolerance: Double = 1e-6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var runner = ""
    for (index, command) in commands.enumerated() {
      let program = folder.appending(path: "program-\(index).R").path
      let emitted = CommandRunner().run(
        words(command, data) + ["--emit", "r", "--output", program])
      #expect(
        emitted.status == 0, "\(command): \(emitted.remarks)", sourceLocation: sourceLocation)
      runner += "cat('## \(index)\\n')\n"
      runner += "tryCatch(source('\(program)', local = new.env()), error = print)\n"
    }
    let file = folder.appending(path: "all.R")
    try runner.write(to: file, atomically: true, encoding: .utf8)
    let found = try run([file.path])
    let outputs = found.output.components(separatedBy: "## ").dropFirst()
    #expect(outputs.count == commands.count, "\(found.faults)", sourceLocation: sourceLocation)
    for (command, output) in zip(commands, outputs) {
      try compare(
        tables(output), with: command, data, tolerance, output: output,
        sourceLocation: sourceLocation)
    }
  }

  private static func compare(
    _ tables: [(name: String, rows: Rows)], with command: String, _ data: String,
    _ tolerance: Double, output: String, sourceLocation: SourceLocation
  ) throws {
    let own = CommandRunner().run(words(command, data) + ["--format", "json"])
    let result = try #require(
      try JSONSerialization.jsonObject(with: Data(own.output)) as? [String: Any],
      sourceLocation: sourceLocation)
    // What `paradox all` gives in one long table stands in those of its parts.
    let isWhole = command.hasPrefix("paradox all")
    #expect(
      isWhole || tables.contains { $0.name == "rows" }, "\(command): \(output)",
      sourceLocation: sourceLocation)
    let names =
      command.hasPrefix("paradox")
      ? result.keys.filter { result[$0] is [[String: Any]] && !(isWhole && $0 == "rows") }
      : [
        "tests", "margins", "second_differences", "predictions", "contrasts", "differences",
        "trends", "ranks", "fit",
      ]
    let printed = names.filter { !((result[$0] as? [Any]) ?? []).isEmpty }
    #expect(
      Set(printed).isSubset(of: Set(tables.map(\.name))), "\(command): \(output)",
      sourceLocation: sourceLocation)
    for (name, rows) in tables {
      let expected = withoutEmptyGroups(result[name] as? [[String: Any]] ?? [])
      #expect(
        rows.count == expected.count, "\(command): rows of \(name)", sourceLocation: sourceLocation)
      let numbers = expected.flatMap { row in row.keys.filter { row[$0] is Double } }
      #expect(
        command.hasPrefix("paradox")
          || Set(numbers).isSubset(of: Set(rows.first?.keys.map { $0 } ?? [])),
        "\(command): columns of \(name)", sourceLocation: sourceLocation)
      for (row, other) in zip(rows, expected) {
        for (column, text) in row {
          guard let value = other[column] else { continue }
          let (x, y) = (number(text), (value as? Double) ?? number("\(value)"))
          // Names of coefficients are R's own; an empty field stands for what has no value.
          guard column != "term", x != y, !(y.isNaN && text.isEmpty) else {
            continue
          }
          let isSame = text == "\(value)" || abs(x - y) <= tolerance * max(abs(y), 0.01)
          #expect(
            isSame, "\(command): \(name), \(column) is \(text) in R, and \(value)",
            sourceLocation: sourceLocation)
        }
      }
    }
  }

  /// The rows of groups and bases in which somebody is: R leaves out the others.
  private static func withoutEmptyGroups(_ rows: [[String: Any]]) -> [[String: Any]] {
    func group(_ row: [String: Any]) -> [String] {
      let names = (row["labels"] as? [String: Any] ?? [:]).keys.sorted()
      return (["variable", "base"] + names).map { "\(row[$0] ?? "")" }
    }
    let counts = Dictionary(grouping: rows, by: group).mapValues { rows in
      rows.reduce(0) { $0 + (($1["n"] as? Int) ?? 1) }
    }
    return rows.filter { row in
      let isEmpty = row["n"] as? Int == 0 && !(row["estimate"] is Double)
      return counts[group(row)] != 0 && !isEmpty
    }
  }

  private static func number(_ text: String) -> Double {
    Double(text.replacing("Inf", with: "inf")) ?? .nan
  }

  /// The tables of a program's output, each under its name.
  private static func tables(_ output: String) -> [(name: String, rows: Rows)] {
    output.components(separatedBy: "\n\n").compactMap { block in
      let lines = block.split(separator: "\n").drop { !$0.hasPrefix("# ") }
      guard let name = lines.first?.dropFirst(2), lines.count > 1 else { return nil }
      let head = fields(lines[lines.startIndex + 1])
      let rows = lines.dropFirst(2).map {
        Dictionary(zip(head, fields($0)), uniquingKeysWith: { first, _ in first })
      }
      return (String(name), rows)
    }
  }

  /// The fields of a line, whose commas may stand within quotation marks.
  private static func fields(_ line: Substring) -> [String] {
    line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .flatMap { place, part in
        place.isMultiple(of: 2)
          ? part.map { $0 == "," ? "\u{1F}" : String($0) } : part.map(String.init)
      }.joined().components(separatedBy: "\u{1F}")
  }

  /// The words of a command, which may stand within quotation marks.
  private static func words(_ command: String, _ data: String) -> [String] {
    var words = [""]
    var quote: Character?
    for character in command {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" {
        quote = character
      } else if quote == nil, character == " " {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words.map { $0 == "DATA" ? data : $0 }
  }

  /// Runs R in the project's folder.
  static func run(
    _ arguments: [String]
  ) throws -> (output: String, faults: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["Rscript"] + arguments
    process.currentDirectoryURL = Places.root
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let faults = folder.appending(path: "faults")
    try Data().write(to: faults)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: faults)
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (
      String(decoding: text, as: UTF8.self),
      String(decoding: try Data(contentsOf: faults), as: UTF8.self), process.terminationStatus
    )
  }
}
