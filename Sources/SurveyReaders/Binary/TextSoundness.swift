internal import SurveyData

/// What is to be said of texts that were not simply what their bytes say.
struct TextSoundness {
  private var cut = (count: 0, firstRow: 0)
  private var guessed = 0
  private var unicode = 0

  /// Counts one text; the row is 0 for names and labels.
  mutating func count(_ soundness: CodePage.Soundness, row: Int) {
    switch soundness {
    case .sound: return
    case .cut:
      if cut.count == 0 { cut.firstRow = row }
      cut.count += 1
    case .guessed: guessed += 1
    case .unicode: unicode += 1
    }
  }

  /// Notes about a variable's values, or about names and labels where none is named.
  func notes(of variable: String?, page: CodePage, path: String) -> [Note] {
    var notes: [Note] = []
    let what = variable.map { "'\($0)'" } ?? "names and labels"
    if cut.count > 0 {
      let place = cut.firstRow > 0 ? "; the first in row \(cut.firstRow)" : ""
      notes.append(
        Note(
          .warning, id: "encoding.cut-letter",
          "\(what): \(cut.count) \(cut.count == 1 ? "text ends" : "texts end") in the middle of a "
            + "letter, which is left out\(place)", at: path))
    }
    if guessed > 0, page.name == "undeclared" {
      notes.append(
        Note(
          .warning, id: "encoding.guessed",
          "the file does not say how text is encoded: \(what) "
            + "\(variable == nil ? "are" : "is") read as windows-1252 where it is not UTF-8",
          at: path))
    }
    if unicode > 0, page.name != "undeclared" {
      notes.append(
        Note(
          .information, id: "encoding.unicode",
          "\(what): the format has \(page.name), but the text is UTF-8 and read so; "
            + "'--encoding \(page.name)' reads it otherwise", at: path))
    }
    return notes
  }
}

extension UnsafeRawBufferPointer {
  /// Whether some of the bytes are letters of UTF-8 beyond ASCII.
  var holdsUnicode: Bool {
    indices.contains { index in
      (2...4).contains { length in
        self[index] >= 0xC2 && index + length <= count
          && String(
            validating: UnsafeRawBufferPointer(rebasing: self[index..<index + length]),
            as: UTF8.self) != nil
      }
    }
  }
}
