internal import ArgumentParser
internal import SurveyData

/// The options of a command as its help describes them: the words that a reader sees are the rule.
struct GivenOptions {
  private let described: [String: Description]

  private struct Description {
    let hasValue: Bool
    let mayBeRepeated: Bool
  }

  /// Reads the help of a command.
  init(of command: any ParsableCommand.Type, in root: any ParsableCommand.Type) {
    let lines = root.helpMessage(for: command, columns: 10_000).split(separator: "\n")
    let options = lines.map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("--") }
      .map { line -> (String, Description) in
        let name = String(line.prefix { $0 != " " })
        let rest = line.dropFirst(name.count + 1)
        return (
          name,
          Description(
            hasValue: rest.hasPrefix("<"), mayBeRepeated: rest.contains("May be repeated"))
        )
      }
    described = Dictionary(options, uniquingKeysWith: { first, _ in first })
  }

  /// The names, such as `--by`.
  var names: Set<String> { Set(described.keys) }

  /// Whether an option may be given more than once.
  func mayBeRepeated(_ name: String) -> Bool { described[name]?.mayBeRepeated ?? false }

  /// The first option with a value that stands twice among words although it may not.
  private func givenTwice(in words: some Sequence<String>) -> String? {
    var seen: Set<String> = []
    var isValue = false
    for word in words {
      guard !isValue else {
        isValue = false
        continue
      }
      if word == "--" { return nil }
      let name = String(word.prefix { $0 != "=" })
      guard let option = described[name], option.hasValue else { continue }
      isValue = name.count == word.count
      if !seen.insert(name).inserted, !option.mayBeRepeated { return name }
    }
    return nil
  }

  /// The verb that a command line calls, or the group of verbs where it stops, and what follows.
  static func leaf(
    of words: [String], in root: any ParsableCommand.Type
  ) -> (command: any ParsableCommand.Type, rest: ArraySlice<String>) {
    var command = root
    var rest = words[...]
    while let word = rest.first,
      let next = command.configuration.subcommands.first(where: { $0._commandName == word })
    {
      rest = rest.dropFirst()
      // What `chart` draws is a command of its own.
      command = next == ChartVerb.self ? VerbsCommand.self : next
    }
    return (command, rest)
  }

  /// Refuses a command line in which an option that may not be repeated is given twice.
  ///
  /// - Throws: ``SurveyError`` of kind usage that names it.
  static func refuseRepeats(in words: [String], of root: any ParsableCommand.Type) throws {
    let names = words.filter { $0.hasPrefix("--") }.map { $0.prefix { $0 != "=" } }
    guard Set(names).count < names.count else { return }
    let (command, rest) = leaf(of: words, in: root)
    if let name = GivenOptions(of: command, in: root).givenTwice(in: rest) {
      throw SurveyError(
        .usage, "\(name) is given twice, and can say one thing only",
        remedy: "Leave one of them out.")
    }
  }
}
