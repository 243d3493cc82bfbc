/// Where a cursor stands in a cell: the command, its words so far, and the word being typed.
///
/// Offsets are counted in Unicode code points, as Jupyter's protocol has it.
struct CursorPlace {
  /// The words of the command before the one at the cursor, without their quotation marks.
  let words: [String]
  /// What stands between the beginning of the word and the cursor, as it was written.
  let written: String
  /// Where the word begins.
  let start: Int
  /// What stands between the command's first word and the cursor, as it was written.
  let formula: String
  /// Where the formula begins.
  let formulaStart: Int
  /// Whether the cursor stands in a comment.
  let isInComment: Bool

  /// Reads a cell up to the cursor.
  init(_ code: String, cursor: Int) {
    let scalars = Array(code.unicodeScalars.prefix(max(0, cursor)))
    var words: [String] = []
    var word: String?
    var start = scalars.count
    var formulaStart = scalars.count
    var quote: Unicode.Scalar?
    var isInComment = false
    func endWord(at place: Int) {
      if let ended = word {
        if words.isEmpty { formulaStart = place }
        words.append(ended)
      }
      word = nil
    }
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      if scalar == "\n" {
        (words, word, quote, isInComment) = ([], nil, nil, false)
      } else if isInComment {
      } else if scalar == quote {
        quote = nil
      } else if scalar == "\\", quote != "'", place + 1 < scalars.count {
        place += 1
        if scalars[place] == "\n" {
          endWord(at: place)
        } else {
          if word == nil { start = place - 1 }
          word = (word ?? "") + String(scalars[place])
        }
      } else if quote == nil, scalar.properties.isWhitespace {
        endWord(at: place)
      } else if quote == nil, scalar == "#", word == nil {
        isInComment = true
      } else {
        if word == nil {
          start = place
          word = ""
        }
        if quote == nil, scalar == "'" || scalar == "\"" {
          quote = scalar
        } else {
          word = (word ?? "") + String(scalar)
        }
      }
      place += 1
    }
    if word == nil { start = scalars.count }
    if words.isEmpty { formulaStart = scalars.count }
    self.words = words
    self.start = start
    self.formulaStart = formulaStart
    self.isInComment = isInComment
    written = String(scalars[start...])
    formula = String(scalars[formulaStart...])
  }
}

extension String {
  /// A text of code points.
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }

  /// Whether the text is a name that an expression takes without marks.
  var isPlainName: Bool {
    guard let first, first.isLetter || first == "_" else { return false }
    return allSatisfy(\.isInName)
  }

  /// The run of a name's characters at the end.
  var lastName: Substring {
    var start = endIndex
    while start > startIndex, self[index(before: start)].isInName { start = index(before: start) }
    return self[start...]
  }
}

extension Character {
  /// Whether it may stand in a name.
  var isInName: Bool { isLetter || isNumber || self == "_" || self == "." }
}
