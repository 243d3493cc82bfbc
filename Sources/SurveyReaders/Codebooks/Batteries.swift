internal import SurveyData

/// Questions with the same answers, as neighbours in a file.
enum Batteries {
  /// The fewest that look like more than chance.
  private static let fewest = 3

  /// The names of at least three neighbours whose labelled codes are equal and more than two, which no
  /// group has yet.
  static func stretches(of codebook: Codebook) -> [[String]] {
    let grouped = Set(codebook.groups.flatMap(\.members))
    var found: [[String]] = []
    var current: [Variable] = []
    func end() {
      if current.count >= fewest { found.append(current.map(\.name)) }
      current = []
    }
    for variable in codebook.variables {
      let isItem =
        variable.categories.count > 2 && !variable.hasSeveralAnswers
        && !grouped.contains(variable.name)
        && variable.categories.allSatisfy { !$0.label.isEmpty }
      if !isItem || current.first.map({ $0.categories != variable.categories }) == true { end() }
      if isItem { current.append(variable) }
    }
    end()
    return found
  }
}
