internal import SurveyData

/// Splits a cell into commands and these into words, as a shell does: a command ends with its line
/// unless the line ends with a backslash; blanks part words, quotation marks keep them together, a
/// backslash takes the next character as it is, and `#` at the beginning of a word begins a comment.
struct CommandScanner {
  private var rest: Substring
  private var line: Int
  private let path: String

  /// The word that is being read; nil between words.
  private var word: String?
  private var words: [String] = []
  /// The command as it was written, without comments.
  private var written = ""
  /// Where in `written` the first word ends.
  private var firstWordLength: Int?

  init(_ source: String, line: Int, path: String) {
    rest = Substring(source)
    self.line = line
    self.path = path
  }

  /// The next command, which has no words where a line is empty; nil at the end.
  mutating func next() throws -> Cell.Command? {
    guard !rest.isEmpty else { return nil }
    let start = line
    (words, word, written, firstWordLength) = ([], nil, "", nil)
    while let character = rest.popFirst() {
      if character.isNewline {
        line += 1
        break
      }
      switch character {
      case "'", "\"": try quotation(character)
      case "\\": escape()
      case "#" where word == nil: rest = rest.drop { !$0.isNewline }
      case _ where character.isWhitespace:
        endWord()
        written.append(character)
      default:
        word = (word ?? "") + String(character)
        written.append(character)
      }
    }
    endWord()
    let formula = written.dropFirst(firstWordLength ?? 0).trimmedBlanks
    return Cell.Command(words: words, formula: String(formula), line: start)
  }

  private mutating func endWord() {
    guard let word else { return }
    words.append(word)
    self.word = nil
    if firstWordLength == nil { firstWordLength = written.count }
  }

  private mutating func escape() {
    let next = rest.popFirst()
    if let next, !next.isNewline {
      word = (word ?? "") + String(next)
      written += "\\" + String(next)
    } else {
      line += next == nil ? 0 : 1
      endWord()
      written.append(" ")
    }
  }

  private mutating func quotation(_ mark: Character) throws {
    let start = line
    word = word ?? ""
    written.append(mark)
    while let character = rest.popFirst(), !character.isNewline {
      written.append(character)
      if character == mark { return }
      if character == "\\", mark == "\"", let next = rest.first, next == mark || next == "\\" {
        rest.removeFirst()
        written.append(next)
        word?.append(next)
      } else {
        word?.append(character)
      }
    }
    throw SurveyError(
      .data, at: "\(path):\(start)", "the quotation mark \(mark) is never closed on its line")
  }
}
