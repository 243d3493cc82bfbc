internal import SurveyData

/// Words that programs write into columns of numbers where there is no number: R's `NA`, Stata's `.`.
///
/// They are missing where nobody has said what the column holds and all else in it is a number; in a
/// column of texts they stay what they are.
enum CSVMarkers {
  static let words: Set<String> = [
    "NA", "Na", "na", "<NA>", "N/A", "n/a", "#N/A", "NaN", "nan", "NAN", ".", "-", "–", "NULL",
    "null", "None",
  ]

  /// Whether nobody has said what the variable holds.
  static func mayStand(in variable: Variable) -> Bool {
    variable.isOpen && variable.type == nil
  }

  /// The missing code of a word.
  static func code(_ word: String) -> MissingCode { MissingCode(.code(word), reason: .system) }

  /// The words among the codes that were found, when all others are numbers; empty otherwise.
  static func found(
    in codes: some Sequence<String>, of variable: Variable, isNumber: (String) -> Bool
  ) -> Set<String> {
    guard mayStand(in: variable) else { return [] }
    // Few codes are as short as a word, and most columns have no word at all.
    let found = Set(codes.lazy.filter { $0.utf8.count <= 4 && words.contains($0) })
    guard !found.isEmpty else { return [] }
    let others = codes.lazy.filter { !found.contains($0) }
    return others.contains { _ in true } && others.allSatisfy(isNumber) ? found : []
  }

  /// What is said of the words in a column that count as missing; nil when there are none.
  static func note(on variable: Variable, _ column: Column) -> Note? {
    guard mayStand(in: variable) else { return nil }
    var counts: [Int]
    let missing: [MissingCode]
    switch column {
    case .text: return nil
    case .codes(let column):
      missing = column.missing
      guard missing.contains(where: { words.contains($0.text) }) else { return nil }
      counts = Array(column.counts()[column.categories.count...])
    case .numbers(let column):
      missing = column.missing
      counts = Array(repeating: 0, count: missing.count)
      for value in column.values where value.isNaN {
        counts[NumericColumn.missingIndex(value)] += 1
      }
    }
    let found = missing.indices.filter {
      counts[$0] > 0 && words.contains(missing[$0].text) && !variable.missing.contains(missing[$0])
    }
    guard !found.isEmpty else { return nil }
    let list = found.map { "\(counts[$0]) '\(missing[$0].text)'" }.joined(separator: ", ")
    return Note(
      .information, id: "csv.missing-words",
      "among its numbers are \(list), counted as missing", naming: [list], at: variable.name)
  }
}
