/// A cell of a notebook: commands that are carried out one after the other.
struct Cell: Equatable, Sendable {
  /// The cell as it stands in the notebook.
  let source: String
  /// What it says, in order.
  let commands: [Command]
  /// What stands before the line in the place of a fault: the notebook, and the cell where its lines
  /// are counted within cells.
  let place: String

  /// One command of a cell.
  struct Command: Equatable, Sendable {
    /// Its words, as a shell would split them.
    let words: [String]
    /// What stands behind the first word as it was written, quotation marks and all, without
    /// comments: the formula of `derive` and `where`.
    let formula: String
    /// The line of the notebook on which it begins, from 1.
    let line: Int

    /// The command that follows its first word.
    var withoutFirstWord: Command {
      Command(
        words: Array(words.dropFirst()),
        formula: String(formula.drop { !$0.isWhitespace }.drop(while: \.isWhitespace)), line: line)
    }
  }

  /// Reads the lines of a cell.
  ///
  /// - Parameters:
  ///   - lines: The lines between the fences.
  ///   - line: The line of the notebook that comes before them.
  ///   - path: The notebook, for places.
  /// - Throws: ``SurveyError`` of kind data for a quotation mark that is never closed.
  init(_ lines: [String], after line: Int, path: String) throws {
    place = path
    source = lines.joined(separator: "\n")
    var scanner = CommandScanner(source, line: line + 1, path: path)
    var commands: [Command] = []
    while let command = try scanner.next() {
      if !command.words.isEmpty { commands.append(command) }
    }
    self.commands = commands
  }
}
