internal import SurveyData

/// A line split into words as a shell splits it: blanks part words, quotation marks keep them
/// together, `#` at the beginning of a word begins a comment.
struct ShellWords {
  let words: [String]

  init(_ line: String, place: String) throws {
    var words: [String] = []
    var word: String?
    var quote: Character?
    scan: for character in line {
      switch (quote, character) {
      case (.some(let mark), character) where mark == character: quote = nil
      case (.some, _): word = (word ?? "") + String(character)
      case (nil, "'"), (nil, "\""):
        quote = character
        word = word ?? ""
      case (nil, "#") where word == nil: break scan
      case (nil, _) where character.isWhitespace:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    if let quote {
      throw SurveyError(.data, at: place, "the quotation mark \(quote) is never closed")
    }
    if let word { words.append(word) }
    self.words = words
  }
}
