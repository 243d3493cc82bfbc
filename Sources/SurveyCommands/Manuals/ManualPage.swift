public import ArgumentParser
internal import SurveyTables

/// A page of the manual, as `man` reads it, made from the help of a command.
public struct ManualPage: Sendable {
  /// What it is called, such as `vekt-paradox-gap`.
  public let name: String
  /// The page in the language of `man`, in ASCII.
  public let text: String

  /// A page for the program and for each of its commands.
  ///
  /// - Parameters:
  ///   - root: The program.
  ///   - date: What stands at the foot, such as `2026-11-30`.
  public static func all(of root: any ParsableCommand.Type, date: String) -> [ManualPage] {
    let program = root.configuration.commandName ?? root._commandName
    let commands = tree(of: root, named: program)
    return commands.map { command, name, parent in
      let others = parent.map { [$0] } ?? []
      let text = page(
        HelpText(of: command, in: root), named: name, date: date,
        seeAlso: others + (others.contains(program) || name == program ? [] : [program]))
      return ManualPage(name: name, text: text)
    }
  }

  private static func tree(
    of command: any ParsableCommand.Type, named name: String, under parent: String? = nil
  ) -> [(command: any ParsableCommand.Type, name: String, parent: String?)] {
    [(command, name, parent)]
      + command.configuration.subcommands.filter { $0.configuration.shouldDisplay }.flatMap {
        tree(of: $0, named: "\(name)-\($0._commandName)", under: name)
      }
  }

  private static func page(
    _ help: HelpText, named name: String, date: String, seeAlso: [String]
  ) -> String {
    let abstract = help.abstract.hasSuffix(".") ? String(help.abstract.dropLast()) : help.abstract
    var lines = [
      ".TH \(name.uppercased().roff) 1 \(date) \"Vekt \(Document.version)\" Vekt", ".SH NAME",
      "\(name.roff) \\- \(abstract.roff)", ".SH SYNOPSIS",
    ]
    lines += help.usage.flatMap { [call($0), ".br"] }.dropLast()
    lines += discussion(help.discussion)
    for (title, entries) in help.lists {
      let isCommands = title == "SUBCOMMANDS"
      lines.append(".SH \((isCommands ? "COMMANDS" : title).roff)")
      for entry in entries {
        lines += [
          ".TP", isCommands ? reference("\(name)-\(entry.term)") : call(entry.term),
          entry.meaning.isEmpty ? "\\&" : entry.meaning.roffFolded,
        ]
      }
    }
    guard !seeAlso.isEmpty else { return lines.map { $0 + "\n" }.joined() }
    lines += [".SH SEE ALSO", seeAlso.map(reference).joined(separator: ", ")]
    return lines.map { $0 + "\n" }.joined()
  }

  /// What a command does at length, and its examples.
  private static func discussion(_ text: [String]) -> [String] {
    let isExamples: (String) -> Bool = { $0 == "Examples:" || $0 == "Example:" }
    let parts = text.split(separator: "", omittingEmptySubsequences: true)
    var lines: [String] = []
    var section = ""
    for part in parts {
      let isExample = part.first.map(isExamples) ?? false
      let title = isExample ? "EXAMPLES" : "DESCRIPTION"
      lines.append(title == section ? ".PP" : ".SH \(title)")
      section = title
      var isLiteral = false
      for line in isExample ? part.dropFirst() : part {
        if line.hasPrefix("  ") != isLiteral {
          isLiteral.toggle()
          lines.append(isLiteral ? ".EX" : ".EE")
        }
        lines.append(isLiteral ? String(line.dropFirst(2)).roff : line.roffFolded)
      }
      if isLiteral { lines.append(".EE") }
    }
    return lines
  }

  /// Words that are typed in bold, what stands for others in italics.
  private static func call(_ text: String) -> String {
    var out = ""
    var typed = ""
    func bold() -> String { typed.isEmpty ? "" : "\\fB\(typed.roff)\\fR" }
    var rest = text[...]
    while let character = rest.popFirst() {
      if character == "<" {
        let name = String(rest.prefix { $0 != ">" })
        rest = rest.dropFirst(name.count + 1)
        out += bold() + "\\fI\(name.roff)\\fR"
        typed = ""
      } else if "[]|, ".contains(character) {
        out += bold() + String(character)
        typed = ""
      } else {
        typed.append(character)
      }
    }
    return out + bold()
  }

  private static func reference(_ name: String) -> String { "\\fB\(name.roff)\\fR(1)" }
}

extension String {
  /// The text with what `man` would take for its own written as its escapes; other letters than ASCII
  /// by their numbers, so that no locale matters.
  fileprivate var roff: String {
    var out = first == "." || first == "'" ? "\\&" : ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\\": out += "\\e"
      case "-": out += "\\-"
      case "'": out += "\\(aq"
      case "`": out += "\\(ga"
      case "^": out += "\\(ha"
      case "~": out += "\\(ti"
      case "\"": out += "\\(dq"
      default:
        if scalar.isASCII {
          out.unicodeScalars.append(scalar)
        } else {
          let number = String(scalar.value, radix: 16, uppercase: true)
          out += "\\[u\(String(repeating: "0", count: max(0, 4 - number.count)))\(number)]"
        }
      }
    }
    return out
  }

  /// The same in lines of at most 80 letters, which `man` fills again.
  fileprivate var roffFolded: String {
    var lines = [""]
    for word in split(separator: " ").map(String.init).map(\.roff) {
      let line = lines[lines.count - 1]
      if !line.isEmpty, line.utf8.count + word.utf8.count >= 80 {
        lines.append(word)
      } else {
        lines[lines.count - 1] = line.isEmpty ? word : "\(line) \(word)"
      }
    }
    return lines.joined(separator: "\n")
  }
}
