internal import ArgumentParser
internal import SurveyData

/// A verb as it is called: `tabulate`, or `paradox gap` where a verb has parts.
public struct VerbName: Sendable, CustomStringConvertible {
  /// The words of the name.
  public let words: [String]
  /// The options that the verb takes, such as `--by`.
  public var options: Set<String> { given.names }
  private let given: GivenOptions
  private let wordsBeforeData: Int

  /// Finds the verb that a command of a cell begins with.
  ///
  /// - Parameters:
  ///   - command: The words of the command.
  ///   - others: Words that may stand in a verb's place besides, for what is offered.
  /// - Throws: ``SurveyError`` of kind usage with the nearest name.
  public init(_ command: [String], besides others: [String] = []) throws {
    var words: [String] = []
    var leaf: any ParsableCommand.Type = VerbsCommand.self
    while !leaf.configuration.subcommands.isEmpty {
      let choices = leaf.configuration.subcommands.map { (name: Self.name(of: $0), verb: $0) }
      let word = command.dropFirst(words.count).first ?? ""
      guard let choice = choices.first(where: { $0.name == word }) else {
        let names = choices.map(\.name) + (words.isEmpty ? others : [])
        throw SurveyError(
          .usage, Self.problem(word, after: words),
          remedy: suggestion(for: word, among: names)
            ?? "There \(names.count == 1 ? "is" : "are") \(names.joined(separator: ", ")).")
      }
      words.append(word)
      leaf = choice.verb
    }
    guard (leaf as? any Verb.Type)?.standsInCells != false else {
      throw SurveyError(
        .usage, "'\(words.joined(separator: " "))' has no place in a cell",
        remedy: "It writes a file: call it from the shell.")
    }
    self.words = words
    wordsBeforeData = (leaf as? any Verb.Type)?.wordsBeforeData ?? 0
    given = GivenOptions(of: leaf, in: VerbsCommand.self)
  }

  /// The fault that a command line begins with no verb, or asks for the help of none; nil when all is
  /// well.
  static func misspelt(
    in arguments: [String], root: any ParsableCommand.Type
  ) -> SurveyError? {
    let arguments = arguments.first == "help" ? Array(arguments.dropFirst()) : arguments
    var (leaf, words) = (root, [String]())
    while true {
      if leaf == ChartVerb.self { leaf = VerbsCommand.self }
      let choices = leaf.configuration.subcommands
      guard !choices.isEmpty, let word = arguments.dropFirst(words.count).first,
        !word.hasPrefix("-"), word != "help" || !words.isEmpty
      else { return nil }
      guard let choice = choices.first(where: { name(of: $0) == word }) else {
        let names = choices.filter { $0.configuration.shouldDisplay }.map(name)
        let spoken = words.first == "chart" ? Array(words.dropFirst()) : words
        return SurveyError(
          .usage, problem(word, after: spoken),
          remedy: SurveyData.suggestion(for: word, among: names)
            ?? "There are \(names.joined(separator: ", ")).")
      }
      words.append(word)
      leaf = choice
    }
  }

  /// Where the data file stands among what follows the verb; nil where the command is of no data.
  public func placeOfData(in words: [String]) -> Int? {
    guard wordsBeforeData > 0 else { return 0 }
    let places = given.positionals(in: words)
    return places.count > wordsBeforeData ? places[wordsBeforeData - 1] + 1 : nil
  }

  /// Whether an option may be given more than once.
  public func mayBeRepeated(_ option: String) -> Bool { given.mayBeRepeated(option) }

  /// The name as it is typed.
  public var description: String { words.joined(separator: " ") }

  private static func problem(_ word: String, after words: [String]) -> String {
    guard !words.isEmpty else { return "no verb '\(word)'" }
    let verb = words.joined(separator: " ")
    return word.isEmpty || word.hasPrefix("-")
      ? "'\(verb)' does not say which of its parts" : "'\(verb)' has no part '\(word)'"
  }

  private static func name(of verb: any ParsableCommand.Type) -> String {
    verb.configuration.commandName ?? "\(verb)".lowercased()
  }
}
