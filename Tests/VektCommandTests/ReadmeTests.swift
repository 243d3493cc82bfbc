import Foundation
import Testing
import Vekt
import VektTestSupport

/// The built command, run as a process.
enum BuiltCommand {
  /// The command beside the tests' own bundle.
  static var path: URL {
    Bundle.main.executableURL.map { $0.deletingLastPathComponent() }
      .flatMap { folder in
        [folder, Places.root.appending(path: ".build/debug")].map { $0.appending(path: "vekt") }
          .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      } ?? Places.root.appending(path: ".build/debug/vekt")
  }

  /// Runs a shell line in the project's root, `vekt` being the built command.
  static func run(_ line: String) throws -> (output: String, errors: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "vekt() { '\(path.path)' \"$@\"; }; \(line)"]
    process.currentDirectoryURL = Places.root
    let folder = try Places.temporaryFolder()
    let (out, err) = (folder.appending(path: "out"), folder.appending(path: "err"))
    for file in [out, err] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (
      try String(contentsOf: out, encoding: .utf8), try String(contentsOf: err, encoding: .utf8),
      process.terminationStatus
    )
  }
}

@Suite("The README")
struct ReadmeTests {
  /// The lines of the blocks that are marked `sh run`, without comments: those of the first belong
  /// together.
  static let blocks: [[String]] = {
    let text = try? String(
      contentsOf: Places.root.appending(path: "README.md"), encoding: .utf8)
    return text?.components(separatedBy: "```sh run\n").dropFirst().map { block in
      block.components(separatedBy: "```")[0].split(separator: "\n").map(String.init)
        .filter { !$0.hasPrefix("#") }
    } ?? []
  }()

  init() throws {
    try FileManager.default.createDirectory(
      at: Places.root.appending(path: "build"), withIntermediateDirectories: true)
  }

  @Test func `it begins with one's own file and has commands to run`() {
    #expect(Self.blocks.count == 2 && Self.blocks[0].count == 5 && Self.blocks[1].count >= 10)
  }

  @Test func `one's own file becomes a table in five lines`() throws {
    let result = try BuiltCommand.run("set -e\n" + Self.blocks[0].joined(separator: "\n"))
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("Design: stratified, 20 strata"))
    #expect(result.errors.contains("the missing rule 'dk=dont_know' took 2015 values"))
  }

  @Test(arguments: blocks.last ?? [])
  func `every command works`(_ line: String) throws {
    let result = try BuiltCommand.run(line)
    #expect(result.status == 0, "\(line)\n\(result.errors)")
  }

  @Test func `the table is what the command prints`() throws {
    let text = try String(contentsOf: Places.root.appending(path: "README.md"), encoding: .utf8)
    let block = try #require(
      text.components(separatedBy: "```console\n").dropFirst().first?
        .components(separatedBy: "\n```").first)
    let line = try #require(block.split(separator: "\n").first).dropFirst(2)
    let table = block.components(separatedBy: "\n\n").dropFirst().joined(separator: "\n\n")
    #expect(try BuiltCommand.run(String(line)).output.hasPrefix(table))
  }

  @Test func `the lines of Swift give their number`() throws {
    let root = Places.root.path
    let codebook = try Codebook(
      contentsOf: "\(root)/Codebooks/everyday-integration.codebook.yaml")
    let data = try Dataset(
      contentsOf: "\(root)/SampleData/everyday-integration-2023.csv", codebook: codebook)
    let survey = try Survey(data)
    let trust = try survey.tabulate("general_trust", by: ["origin"])
    #expect((0.795..<0.805).contains(trust.rows[1].estimate))
    #expect("\(trust.rows[1].estimate)".hasPrefix("0.799"))
  }
}

@Suite("The command as a process")
struct ProcessTests {
  @Test func `results go to standard output, everything else to standard error`() throws {
    let good = try BuiltCommand.run(
      "vekt tabulate SampleData/everyday-integration-2023.csv general_trust --format csv")
    #expect(good.status == 0)
    #expect(good.output.hasPrefix("variable,category"))
    #expect(good.errors.isEmpty)
    let bad = try BuiltCommand.run(
      "vekt tabulate SampleData/everyday-integration-2023.csv general_trusst")
    #expect(bad.status == 64)
    #expect(bad.output.isEmpty)
    #expect(bad.errors.hasPrefix("vekt: "))
    #expect(bad.errors.contains("Did you mean 'general_trust'?"))
  }

  @Test func `help and version end well`() throws {
    #expect(try BuiltCommand.run("vekt --version").status == 0)
    let help = try BuiltCommand.run("vekt tabulate --help")
    #expect(help.status == 0)
    #expect(help.output.contains("Examples:"))
  }

  @Test func `CSV, SPSS and Stata give the same table`() throws {
    let tables = try ["csv", "sav", "dta"].map { ending in
      try BuiltCommand.run(
        "vekt tabulate SampleData/everyday-integration-2023.\(ending) integrated --by origin "
          + "--format csv"
      ).output
    }
    #expect(!tables[0].isEmpty)
    #expect(tables[0] == tables[1])
    #expect(tables[0] == tables[2])
  }
}
