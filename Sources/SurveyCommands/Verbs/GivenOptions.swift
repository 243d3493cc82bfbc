internal import ArgumentParser
internal import SurveyData
internal import SurveyReaders

/// The options of a command as its help describes them: the words that a reader sees are the rule.
struct GivenOptions {
  private let described: [String: Description]

  private struct Description {
    /// What its value is called; nil for a flag.
    let value: String?
    let mayBeRepeated: Bool

    /// What stands between the values of an option that takes several; nil for one value.
    var joint: String? {
      switch value {
      case "names", "columns", "codes", "files", "reasons", "items", "bases", "list", "variables":
        ","
      case "settings": "; "
      default: nil
      }
    }
  }

  /// Reads the help of a command.
  init(of command: any ParsableCommand.Type, in root: any ParsableCommand.Type) {
    let lines = root.helpMessage(for: command, columns: 10_000).split(separator: "\n")
    // What is said of an option with a long name stands below it.
    let options = zip(lines, lines.dropFirst() + [""])
      .map { ($0.drop { $0 == " " }, $1) }.filter { $0.0.hasPrefix("--") }
      .map { line, below -> (String, Description) in
        let name = String(line.prefix { $0 != " " })
        let rest = line.dropFirst(name.count + 1)
        return (
          name,
          Description(
            value: rest.hasPrefix("<") ? String(rest.dropFirst().prefix { $0 != ">" }) : nil,
            mayBeRepeated: rest.contains("May be repeated")
              || !rest.contains(" ") && below.contains("May be repeated"))
        )
      }
    described = Dictionary(options, uniquingKeysWith: { first, _ in first })
  }

  /// The names, such as `--by`.
  var names: Set<String> { Set(described.keys) }

  /// Whether an option may be given more than once.
  func mayBeRepeated(_ name: String) -> Bool { described[name]?.mayBeRepeated ?? false }

  /// What stands between the values of an option that joins them when it is repeated.
  func joint(of name: String) -> String? {
    described[name].flatMap { $0.mayBeRepeated ? nil : $0.joint }
  }

  /// Words in which every option that takes several values stands once, with all of them.
  ///
  /// - Throws: ``SurveyError`` of kind usage for an option of one value that is given twice.
  private func joiningRepeats(in words: some Sequence<String>) throws -> [String] {
    var result: [String] = []
    var places: [String: Int] = [:]
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      if word == "--" { return result + [word] + rest }
      let name = String(word.prefix { $0 != "=" })
      guard let option = described[name], option.value != nil else {
        result.append(word)
        continue
      }
      let value =
        name.count < word.count ? String(word.dropFirst(name.count + 1)) : rest.popFirst()
      guard let value else { return result + [word] }
      guard let first = places[name], !option.mayBeRepeated else {
        places[name] = result.count
        result.append("\(name)=\(value)")
        continue
      }
      guard let joint = option.joint else {
        let before = result[first].dropFirst(name.count + 1)
        throw SurveyError(
          .usage,
          "\(name) is given twice, as '\(before)' and as '\(value)', and can say one thing only",
          remedy: "Leave one of them out.")
      }
      result[first] += joint + value
    }
    return result
  }

  /// The places of the words that are neither options nor their values.
  func positionals(in words: [String]) -> [Int] {
    places(in: words).compactMap { $0.name == nil ? $0.place : nil }
  }

  /// The options among words, each once.
  func given(in words: [String]) -> [String] {
    places(in: words).compactMap(\.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The words that are no values, an option with its name.
  private func places(in words: [String]) -> [(place: Int, name: String?)] {
    var found: [(place: Int, name: String?)] = []
    var place = 0
    while place < words.count {
      let name = String(words[place].prefix { $0 != "=" })
      let option = described[name]
      found.append((place, option.map { _ in name }))
      place += option?.value != nil && name == words[place] ? 2 : 1
    }
    return found
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

  /// A command line in which options that take several values stand once: `--psu a --psu b` becomes
  /// `--psu a,b`.
  ///
  /// - Throws: ``SurveyError`` of kind usage that names an option of one value, and both values.
  static func joiningRepeats(
    in words: [String], of root: any ParsableCommand.Type
  ) throws -> [String] {
    let names = words.filter { $0.hasPrefix("--") }.map { $0.prefix { $0 != "=" } }
    guard Set(names).count < names.count else { return words }
    let (command, rest) = leaf(of: words, in: root)
    return try words.prefix(words.count - rest.count)
      + GivenOptions(of: command, in: root).joiningRepeats(in: rest)
  }
}

extension Verb {
  /// Throws where a command line names a file to read and to write.
  func refuseOverwriting(by words: [String]) throws {
    guard !Self.writesIntoInput else { return }
    // Some verbs have an option of that name of their own.
    let pairs = zip([""] + words, words)
    let outputs = pairs.compactMap { before, word in
      before == "--output" ? word : word.hasPrefix("--output=") ? String(word.dropFirst(9)) : nil
    }
    let others = pairs.flatMap { before, word -> [String] in
      guard before != "--output", !word.hasPrefix("--output") else { return [] }
      let value =
        word.hasPrefix("--")
        ? word.firstIndex(of: "=").map { word[$0...].dropFirst() } ?? "" : word[...]
      return [String(value)] + value.split(separator: ",").map(String.init)
    }
    for out in outputs where others.contains(where: { OutputFile.isSame($0, out) }) {
      throw OutputFile.overwritten(out)
    }
  }

  /// Throws where a command line has options that the result has no use for.
  func refuseUnused(of words: [String], root: any ParsableCommand.Type) throws {
    guard let usedOptions else { return }
    let (command, rest) = GivenOptions.leaf(of: words, in: root)
    let unused = GivenOptions(of: command, in: root).given(in: Array(rest))
      .filter { !usedOptions.contains($0) }
    guard !unused.isEmpty else { return }
    let names = unused.joined(separator: ", ")
    throw SurveyError(
      .usage, "\(names) \(unused.count == 1 ? "is" : "are") of data, and there are none here",
      remedy:
        "Leave \(unused.count == 1 ? "it" : "them") out, or name the data file behind the verb.")
  }
}
