internal import SurveyData

/// A Markdown notebook: prose, and cells of commands between fences that begin with ```` ```vekt ````.
public struct Notebook: Sendable {
  /// The file's name, for places.
  public let name: String
  /// Prose and cells, in order.
  public let blocks: [Block]

  /// A part of a notebook.
  public enum Block: Sendable {
    /// Markdown.
    case prose(String)
    /// Commands, and the source as it stands.
    case cell(source: String, commands: [Command])
  }

  /// One command of a cell.
  public struct Command: Sendable {
    /// Its words, as a shell would split them.
    public let words: [String]
    /// What stands after the first word, as it was written: `where` and `derive` read it.
    public let text: String
    /// The line of the notebook on which it begins, from 1.
    public let line: Int
  }

  /// Reads a notebook.
  ///
  /// A command ends with its line unless the line ends with a backslash; `#` begins a comment.
  /// - Throws: ``SurveyError`` of kind data for a fence or a quotation that is not closed.
  public init(parsing text: String, name: String) throws {
    self.name = name
    var blocks: [Block] = []
    var prose: [Substring] = []
    var cell: (start: Int, lines: [Substring])?
    var otherFence: Substring?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let fence = line.drop { $0 == " " }.prefix { $0 == "`" }
      let language = line.drop { $0 == " " }.dropFirst(fence.count)
      if var open = cell {
        if fence.count >= 3, language.allSatisfy(\.isWhitespace) {
          let commands = try Self.commands(open.lines, from: open.start, name: name)
          blocks.append(
            .cell(source: open.lines.joined(separator: "\n"), commands: commands))
          cell = nil
        } else {
          open.lines.append(line)
          cell = open
        }
        continue
      }
      if otherFence == nil, fence.count >= 3, language.filter({ !$0.isWhitespace }) == "vekt" {
        if !prose.isEmpty { blocks.append(.prose(prose.joined(separator: "\n"))) }
        prose = []
        cell = (index + 1, [])
        continue
      }
      if fence.count >= 3 { otherFence = otherFence == nil ? fence : nil }
      prose.append(line)
    }
    if let cell {
      throw SurveyError(
        .data, at: "\(name):\(cell.start)", "this cell is never closed",
        remedy: "End it with a line of three backquotes.")
    }
    if !prose.isEmpty { blocks.append(.prose(prose.joined(separator: "\n"))) }
    self.blocks = blocks
  }

  private static func commands(
    _ lines: [Substring], from start: Int, name: String
  ) throws -> [Command] {
    var commands: [Command] = []
    var text = ""
    var first = 0
    for (offset, line) in lines.enumerated() {
      if text.isEmpty { first = start + offset + 1 }
      if line.hasSuffix("\\") {
        text += line.dropLast() + " "
        continue
      }
      text += line
      let words = try ShellWords(text, place: "\(name):\(first)").words
      if !words.isEmpty {
        commands.append(Command(words: words, text: Self.rest(text), line: first))
      }
      text = ""
    }
    return commands
  }

  private static func rest(_ line: String) -> String {
    let words = Substring(line).drop(while: \.isWhitespace)
    let rest = words.drop { !$0.isWhitespace }.drop(while: \.isWhitespace)
    let end = rest.lastIndex { !$0.isWhitespace }
    return end.map { String(rest[...$0]) } ?? ""
  }
}
