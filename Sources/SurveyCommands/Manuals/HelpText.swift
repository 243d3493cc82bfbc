internal import ArgumentParser

/// The help of a command, taken apart: what `vekt help VERB` prints is the rule for what the manual says.
struct HelpText {
  /// What the command does, in a sentence.
  let abstract: String
  /// The lines that say more.
  let discussion: [String]
  /// How it is called.
  let usage: [String]
  /// The lists of arguments, options and commands, in order.
  let lists: [(title: String, entries: [Entry])]

  /// An argument, an option or a command.
  struct Entry {
    /// What is typed, such as `--by <names>`.
    let term: String
    var meaning: String
  }

  /// Reads the help of a command.
  init(of command: any ParsableCommand.Type, in root: any ParsableCommand.Type) {
    let text = root.helpMessage(for: command, columns: 10_000)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let overview = "OVERVIEW: "
    let usage = "USAGE: "
    let start = lines.firstIndex { $0.hasPrefix(usage) } ?? lines.count
    abstract = lines.first.map { String($0.dropFirst(overview.count)) } ?? ""
    discussion = lines[..<start].dropFirst().map { $0 }
    let rest = lines[start...]
    self.usage =
      rest.prefix { !$0.isEmpty }.map { String($0.dropFirst(usage.count)) }
    var lists: [(title: String, entries: [Entry])] = []
    for line in rest.drop(while: { !$0.isEmpty }) {
      if line.hasSuffix(":"), !line.hasPrefix(" ") {
        lists.append((String(line.dropLast()), []))
      } else if let list = lists.indices.last {
        Self.read(line, into: &lists[list].entries)
      }
    }
    self.lists = lists
  }

  /// A line of a list begins an entry, or says more of the last one.
  private static func read(_ line: String, into entries: inout [Entry]) {
    let indent = line.prefix { $0 == " " }.count
    let words = line.dropFirst(indent)
    // Below the commands stands where more is said.
    guard !words.isEmpty, !words.hasPrefix("See '") else { return }
    guard indent == 2 else {
      if let last = entries.indices.last {
        entries[last].meaning += (entries[last].meaning.isEmpty ? "" : " ") + words
      }
      return
    }
    let gap = words.firstRange(of: "  ")
    entries.append(
      Entry(
        term: String(gap.map { words[..<$0.lowerBound] } ?? words),
        meaning: String(gap.map { words[$0.upperBound...].drop { $0 == " " } } ?? "")))
  }
}
