/// The answers of a column whose cells hold several.
package struct SeveralAnswers: Sendable {
  /// The answers: those listed, then any others that occur.
  package let answers: [Category]
  /// The missing codes of cells without an answer.
  package let missing: [MissingCode]
  /// Of each position of the column the answers that it stands for, none for a missing one.
  package let chosen: [[Int]]
  /// Of each position the missing code, where there is no answer.
  package let missingIndex: [Int?]
  private let cells: CategoricalColumn

  /// Takes the cells of a column apart.
  /// - Complexity: O(different cells).
  package init(_ cells: CategoricalColumn, of variable: Variable) {
    self.cells = cells
    var answers = variable.categories
    var places = Dictionary(
      answers.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    var missing = cells.missing
    var chosen: [[Int]] = []
    var missingIndex: [Int?] = []
    for cell in cells.categories {
      var here: [Int] = []
      var reason: MissingCode?
      for answer in variable.answers(in: cell.code) {
        if places[answer] == nil, let code = variable.missingCode(apartFromCodes: answer) {
          reason = reason ?? code
        } else if let place = places[answer] {
          here.append(place)
        } else if variable.unknown == .missing {
          reason = reason ?? MissingCode(.code("\u{FFFD}"), reason: .implausible)
        } else {
          places[answer] = answers.count
          here.append(answers.count)
          answers.append(Category(answer))
        }
      }
      if here.isEmpty {
        let code = reason ?? .system
        if !missing.contains(code) { missing.append(code) }
        missingIndex.append(missing.firstIndex(of: code))
      } else {
        missingIndex.append(nil)
      }
      chosen.append(here)
    }
    for index in cells.missing.indices {
      chosen.append([])
      missingIndex.append(index)
    }
    self.answers = answers
    self.missing = missing
    self.chosen = chosen
    self.missingIndex = missingIndex
  }

  /// In how many rows each answer stands, then how many have each missing code.
  /// - Complexity: O(rows).
  package var counts: [Int] { counts(of: cells.counts()) }

  /// How often each answer stands, then each missing code.
  ///
  /// - Parameter cellCounts: How often each position of the column does.
  package func counts(of cellCounts: [Int]) -> [Int] {
    var counts = Array(repeating: 0, count: answers.count + missing.count)
    for (position, count) in cellCounts.enumerated() {
      for answer in chosen[position] { counts[answer] += count }
      if let code = missingIndex[position] { counts[answers.count + code] += count }
    }
    return counts
  }

  /// The column that says of each row whether an answer was chosen.
  package func column(of answer: String) -> CategoricalColumn {
    let place = answers.firstIndex { $0.code == answer }
    let table = chosen.indices.map { position in
      missingIndex[position].map { 2 + $0 }
        ?? (place.map(chosen[position].contains) == true ? 1 : 0)
    }
    return CategoricalColumn(
      positions: Positions(cells.positions.lookedUp(in: table), valueCount: 2 + missing.count),
      categories: .yesAndNo, missing: missing)
  }
}
