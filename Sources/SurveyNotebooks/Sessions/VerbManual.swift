internal import ArgumentParser
internal import SurveyCommands
internal import SurveyData

/// What may be written in a cell: a verb, its options and their values, as its help describes them.
struct VerbManual: Sendable {
  /// The words of its name: `tabulate`, or `paradox` and `gap`.
  let words: [String]
  /// What it does, in a line.
  let summary: String
  /// Its help at length.
  let help: String
  /// What its first word may be, where there are few; empty where it is a file or a variable.
  let firstWords: [String]
  /// Its options.
  let options: [Option]

  /// An option of a verb.
  struct Option: Sendable {
    /// Its name, such as `--by`.
    let name: String
    /// What it does.
    let help: String
    /// What its value is called; nil for a flag, which has none.
    let valueName: String?
    /// Its values, where there are not many; empty where they are not all known.
    let values: [String]
    /// Whether its value is a number.
    let isNumber: Bool

    /// Whether its value is a file.
    var isFile: Bool { valueName == "file" }
  }

  /// The name as it is typed.
  var name: String { words.joined(separator: " ") }

  /// Everything that a cell may begin with, in the order of the help.
  static let all = [use, derive, restrict] + manuals(of: VerbsCommand.self, named: [])

  /// What begins with the given words: a verb, or the parts of one.
  static func beginning(with words: [String]) -> [VerbManual] {
    all.filter { $0.words.starts(with: words) }
  }

  /// The verb that a command begins with, and how many of its words are the verb's name.
  static func verb(of command: [String]) -> VerbManual? {
    all.first { command.starts(with: $0.words) }
  }

  /// The help that a command asks for, as `help`, `help VERB` or `VERB --help`; nil for another command.
  static func help(askedBy command: [String]) -> String? {
    if command.first == "help" {
      let words = Array(command.dropFirst())
      return verb(of: words)?.help ?? overview(of: words)
    }
    guard !Set(command).isDisjoint(with: ["--help", "-h"]) else { return nil }
    let words = command.first == "chart" ? Array(command.dropFirst()) : command
    return verb(of: words)?.help ?? overview(of: words.filter { !$0.hasPrefix("-") })
  }

  /// What a cell may begin with, a line each: those of the words, or all where none begins with them.
  private static func overview(of words: [String]) -> String {
    let some = words.isEmpty ? [] : beginning(with: words)
    let verbs = some.isEmpty ? all : some
    let width = verbs.map(\.name.count).max() ?? 0
    let lines = verbs.map { verb in
      "  \(verb.name)\(String(repeating: " ", count: width - verb.name.count))  \(verb.summary)"
    }
    return "A cell holds commands, a line each:\n" + lines.joined(separator: "\n")
      + "\n\n`help VERB` says more; `chart VERB …` draws what a verb gives."
  }

  /// The option of that name.
  func option(_ name: String) -> Option? { options.first { $0.name == name } }

  // MARK: Where it comes from

  private static let use = VerbManual(
    of: Use.self, named: ["use"],
    summary: "Choose the data: use FILE --codebook CODEBOOK; options hold for the lines after.")

  private static let derive = VerbManual(
    words: ["derive"], summary: "Add a variable: derive NAME = EXPRESSION.",
    help: """
      derive NAME = EXPRESSION

      Adds a variable to the data in use, such as
        derive young = age < 30
        derive income_k = income / 1000
      """, options: [])

  private static let restrict = VerbManual(
    words: ["where"],
    summary: "Look at some people only, until `where all`; everybody stays in the design.",
    help: """
      where CONDITION

      Chooses a subpopulation for the lines that follow; several add up. It never deletes rows:
      everybody keeps their place in the design.
        where age >= 18 and sex == 1
        where all
      """, options: [])

  private static func manuals(
    of command: any ParsableCommand.Type, named words: [String]
  ) -> [VerbManual] {
    command.configuration.subcommands.flatMap { verb -> [VerbManual] in
      let name = words + [verb.configuration.commandName ?? "\(verb)".lowercased()]
      if !verb.configuration.subcommands.isEmpty { return manuals(of: verb, named: name) }
      guard (verb as? any Verb.Type)?.standsInCells != false else { return [] }
      return [VerbManual(of: verb, named: name, summary: verb.configuration.abstract)]
    }
  }

  private init(words: [String], summary: String, help: String, options: [Option]) {
    self.words = words
    self.summary = summary
    self.help = help
    self.options = options
    firstWords = []
  }

  private init(of verb: any ParsableCommand.Type, named words: [String], summary: String) {
    self.words = words
    self.summary = summary
    let isShellVerb = words != ["use"]
    help =
      (isShellVerb ? "In a cell leave out `vekt` and the file.\n\n" : summary + "\n\n")
      + (isShellVerb
        ? VerbsCommand.helpMessage(for: verb, columns: 80) : verb.helpMessage(columns: 80))
    let json = try? JSONParser.value(of: verb._dumpHelp(), name: "help")
    let arguments = json?["command"]?["arguments"]?.elements ?? []
    options = arguments.compactMap(Option.init)
    let first = arguments.first { $0["kind"]?.string == "positional" }
    firstWords = first?["allValues"]?.elements?.compactMap(\.string) ?? []
  }
}

extension VerbManual.Option {
  /// Reads an argument as the parser of arguments describes it; nil for what is no option.
  fileprivate init?(_ json: JSONValue) {
    guard json["kind"]?.string != "positional", json["preferredName"]?["kind"]?.string == "long",
      let name = json["preferredName"]?["name"]?.string, name != "help", name != "version"
    else { return nil }
    self.name = "--" + name
    help = json["abstract"]?.string ?? ""
    valueName =
      json["kind"]?.string == "flag" ? nil : json["valueName"]?.string ?? ""
    let known = json["allValues"]?.elements?.compactMap(\.string) ?? []
    // One option says its values in words only.
    values = known.isEmpty && name == "language" ? OutputArguments.languages : known
    isNumber = json["defaultValue"]?.string.flatMap { Double($0) } != nil
  }
}
