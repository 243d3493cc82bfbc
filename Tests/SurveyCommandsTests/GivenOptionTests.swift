import ArgumentParser
import Foundation
import Testing

@testable import SurveyCommands

struct GivenOptionTests {
  @Test(arguments: [
    ["tabulate", "DATA", "trust", "--level", "0.9", "--level", "0.95"],
    ["tabulate", "DATA", "trust", "--level=0.9", "--level", "0.95"],
    ["summarize", "DATA", "age", "--weights", "w", "--by", "region", "--weights", "age"],
    ["compare", "DATA", "age", "--by", "region", "--reference", "n", "--reference", "s"],
    [
      "paradox", "gap", "DATA", "trust == 1", "age > 30", "--by", "region", "--level", "0.9",
      "--level=1",
    ],
  ])
  func `an option that can say one thing is refused when it is given twice`(
    words: [String]
  ) throws {
    let result = try SmallSurvey().result(words)
    #expect(result.status == 64)
    #expect(result.remarks.contains("is given twice"), "\(result.remarks)")
    #expect(result.output.isEmpty)
  }

  @Test func `conditions given twice both hold`() throws {
    let survey = try SmallSurvey()
    let joined = survey.run(
      "tabulate", "DATA", "trust", "--where", "age < 60 and region == 'n'", "--format", "csv")
    let twice = survey.run(
      "tabulate", "DATA", "trust", "--where", "age < 60", "--where=region == 'n'", "--format", "csv"
    )
    #expect(twice.status == 0)
    #expect(twice.output == joined.output)
  }

  @Test func `groups given twice are crossed`() throws {
    let survey = try SmallSurvey()
    let joined = survey.run("summarize", "DATA", "age", "--by", "region,trust", "--format", "csv")
    let twice = survey.run(
      "summarize", "DATA", "age", "--by", "region", "--by", "trust", "--format", "csv")
    #expect(twice.status == 0)
    #expect(twice.output == joined.output)
  }

  @Test func `a value that looks like an option is no option`() throws {
    let result = try SmallSurvey().run(
      "tabulate", "DATA", "trust", "--missing", "--level", "--level", "0.9")
    #expect(!result.remarks.contains("given twice"), "\(result.remarks)")
  }

  /// What the parser of arguments says of a verb.
  private struct Dump: Decodable {
    struct Command: Decodable { let arguments: [Argument]? }
    struct Argument: Decodable {
      struct Name: Decodable { let name: String }
      let kind: String
      let isRepeating: Bool
      let preferredName: Name?
    }
    let command: Command
  }

  @Test func `the help of every option says whether it may be repeated`() throws {
    func check(_ command: any ParsableCommand.Type) throws {
      for verb in command.configuration.subcommands {
        guard verb.configuration.subcommands.isEmpty else {
          try check(verb)
          continue
        }
        let dump = try JSONDecoder().decode(Dump.self, from: Data(verb._dumpHelp().utf8))
        let given = GivenOptions(of: verb, in: VerbsCommand.self)
        for option in dump.command.arguments ?? [] where option.kind == "option" {
          let name = "--" + (option.preferredName?.name ?? "")
          #expect(given.names.contains(name), "\(verb) \(name)")
          #expect(given.mayBeRepeated(name) == option.isRepeating, "\(verb) \(name)")
        }
      }
    }
    try check(VerbsCommand.self)
  }
}
