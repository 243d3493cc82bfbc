extension [Variable] {
  /// What tells variables of a battery apart: `Trust in the police`, `Trust in the courts` become
  /// `Police`, `Courts`.
  ///
  /// The words that all labels begin or end with are taken off, and an English article that is then
  /// first; a variable with a label for this very purpose, ``Variable/short``, has that one.
  package func rowLabels(in language: String) -> [String] {
    let titles = map { $0.title(in: language) }
    let open = indices.filter { self[$0].short.text(in: language).isEmpty }
    let words = titles.map { $0.split(separator: " ").map(String.init) }
    let shortest = words.map(\.count).min() ?? 0
    func common(_ place: (Int, [String]) -> String) -> Int {
      guard count > 1 else { return 0 }
      return (0..<shortest).first { at in Set(words.map { place(at, $0) }).count > 1 } ?? shortest
    }
    let first = common { $1[$0] }
    let last = Swift.min(common { $1[$1.count - 1 - $0] }, shortest - first)
    // Labels that have nothing of their own stay whole.
    let isTold = words.allSatisfy { $0.count > first + last }
    return indices.map { place in
      guard open.contains(place) else { return self[place].short.text(in: language) }
      guard isTold else { return titles[place] }
      var own = words[place][first..<(words[place].count - last)]
      if language == "en", own.count > 1, first > 0, own.first == "the" { own.removeFirst() }
      let label = own.joined(separator: " ").trimmingPunctuation
      return label.isEmpty ? titles[place] : label.prefix(1).uppercased() + label.dropFirst()
    }
  }
}

extension String {
  /// Without the signs that stood between it and what was taken off.
  fileprivate var trimmingPunctuation: String {
    let signs: Set<Character> = [" ", ":", ";", ",", "–", "-", "…"]
    return String(drop(while: signs.contains).reversed().drop(while: signs.contains).reversed())
  }
}

extension VariableGroup {
  /// Throws where the questions of a battery do not have the same answers.
  ///
  /// - Parameter members: Its variables, in order.
  /// - Throws: ``SurveyError`` that names the first that differs from the first of all, and how.
  package func requireEqualAnswers(_ members: [Variable]) throws {
    guard let first = members.first(where: { !$0.categories.isEmpty }) else { return }
    for other in members where !other.categories.isEmpty && other.categories != first.categories {
      let pairs = zip(first.categories, other.categories).first { $0 != $1 }
      let (here, there) =
        pairs.map { ([$0.1].listed, [$0.0].listed) }
        ?? ("\(other.categories.count) codes", "\(first.categories.count)")
      throw SurveyError(
        .usage, at: name,
        "'\(other.name)' has other answers than '\(first.name)': \(here), where the first has \(there)",
        remedy:
          "A battery has the same codes and labels in all questions. Mend the codebook, or name "
          + "the variables: " + members.map(\.name).joined(separator: ","))
    }
  }
}
