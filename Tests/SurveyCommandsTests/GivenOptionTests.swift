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
    #expect(result.remarks.contains("is given twice, as '"), "\(result.remarks)")
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

  @Test func `the fault names the option and both values`() throws {
    let result = try SmallSurvey().run(
      "tabulate", "DATA", "trust", "--level=0.9", "--level", "0.95")
    #expect(
      result.remarks.contains(
        "--level is given twice, as '0.9' and as '0.95', and can say one thing only"),
      "\(result.remarks)")
  }

  @Test(arguments: [
    (["summarize", "DATA", "age"], "--statistic", ["mean", "sd"], "mean,sd"),
    (["summarize", "DATA", "age"], "--quantiles", ["0.25", "0.5,0.75"], "0.25,0.5,0.75"),
    (["tabulate", "DATA", "trust"], "--answer", ["1", "2"], "1,2"),
    (["tabulate", "DATA", "trust"], "--keep", ["dont_know", "refused"], "dont_know,refused"),
    (["tabulate", "DATA", "trust"], "--base", ["all", "asked"], "all,asked"),
    (["tabulate", "DATA", "trust"], "--shares", ["1=0.4", "2=0.6"], "1=0.4,2=0.6"),
    (["tabulate", "DATA", "t*", "age"], "--except", ["age", "id"], "age,id"),
    (
      ["model", "DATA", "trust ~ age + region"], "--predict", ["region=n", "age=30"],
      "region=n; age=30"
    ),
    (["model", "DATA", "trust ~ age + region"], "--margins", ["age", "region"], "age,region"),
    (
      ["paradox", "gap", "DATA", "trust == 1", "age > 30"], "--controls", ["age", "id"], "age,id"
    ),
  ])
  func `an option that takes several values joins them`(
    words: [String], option: String, values: [String], joined: String
  ) throws {
    let survey = try SmallSurvey()
    let once = survey.result(words + [option, joined, "--format", "csv"])
    let repeated = survey.result(
      words + values.flatMap { [option, $0] } + ["--format", "csv"])
    #expect((repeated.status, repeated.output) == (once.status, once.output))
    #expect(repeated.remarks == once.remarks)
  }

  @Test func `every option whose value is a list joins`() throws {
    func lists(of value: Any) -> [String] {
      Mirror(reflecting: value).children.flatMap { child -> [String] in
        let type = String(describing: type(of: child.value))
        if type.hasPrefix("OptionGroup<") {
          return Mirror(reflecting: child.value).children.flatMap { lists(of: $0.value) }
        }
        let isList =
          type.hasPrefix("Option<") && !type.contains("Array<")
          && ["NameList", "ShareList", "BaseList"].contains(where: type.contains)
        guard isList, let label = child.label?.drop(while: { $0 == "_" }) else { return [] }
        return ["--" + label.map { $0.isUppercase ? "-\($0.lowercased())" : "\($0)" }.joined()]
      }
    }
    var found = 0
    func check(_ command: any ParsableCommand.Type) throws {
      for verb in command.configuration.subcommands {
        try check(verb)
        guard verb.configuration.subcommands.isEmpty else { continue }
        let given = GivenOptions(of: verb, in: VerbsCommand.self)
        for name in lists(of: verb.init()) where given.names.contains(name) {
          found += 1
          #expect(given.joint(of: name) != nil, "\(verb) \(name)")
        }
      }
    }
    try check(VerbsCommand.self)
    #expect(found > 10)
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
