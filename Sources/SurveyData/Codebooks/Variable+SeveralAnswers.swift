extension Variable {
  /// Whether a cell may hold several answers.
  public var hasSeveralAnswers: Bool { separator != nil }

  /// The answers that stand in a cell, in its order, each once.
  ///
  /// Blanks around an answer do not count. A code that holds the separator itself, such as
  /// `Yes, always`, is found where the codebook lists it.
  package func answers(in cell: String) -> [String] {
    guard let separator else { return [cell] }
    let bare = separator[...].trimmed
    let parts = cell.split(
      separator: bare.isEmpty ? separator : bare, omittingEmptySubsequences: false)
    let known = Set(categories.map(\.code) + missing.map(\.text))
    var found: [String] = []
    var first = 0
    while first < parts.count {
      var next = first + 1
      var answer = code(parts[first].trimmed)
      if !known.contains(answer) {
        for end in stride(from: parts.count, to: next, by: -1) {
          let whole = cell[parts[first].startIndex..<parts[end - 1].endIndex].trimmed
          guard known.contains(whole) else { continue }
          (answer, next) = (whole, end)
          break
        }
      }
      if !answer.isEmpty, !found.contains(answer) { found.append(answer) }
      first = next
    }
    return found
  }

  /// The answers in a cell that the codebook lists neither as a code nor as missing.
  package func unknownAnswers(in cell: String) -> [String] {
    guard !categories.isEmpty else { return [] }
    let known = Set(categories.map(\.code))
    return answers(in: cell).filter {
      !known.contains($0) && missingCode(apartFromCodes: $0) == nil
    }
  }

  /// The variables of the answers as a question with a column for each; nil where a cell holds one answer.
  package var groupOfAnswers: VariableGroup? {
    guard hasSeveralAnswers, !categories.isEmpty else { return nil }
    var group = VariableGroup(name)
    group.label = label
    group.kind = .multiple
    group.members = chosenVariables.map(\.derived.variable.name)
    group.counted = "1"
    return group
  }

  /// An answer as the codebook writes its code.
  private func code(_ answer: String) -> String {
    guard type == .integer || type == .decimal, longCode(answer) == nil,
      let number = Double(answer), number.isFinite
    else { return answer }
    return canonicalCode(number)
  }

  /// The variables that say of each answer whether it was chosen, in the order of the answers; empty where
  /// a cell holds one answer.
  package var chosenVariables: [(answer: Category, derived: DerivedVariable)] {
    guard hasSeveralAnswers else { return [] }
    var taken: Set<String> = []
    return categories.map { answer in
      let base = "\(name)_\(answer.code.asName)"
      var chosenName = base
      var number = 1
      while !taken.insert(chosenName).inserted {
        number += 1
        chosenName = "\(base)_\(number)"
      }
      var variable = Variable(chosenName)
      variable.label = label.joined(to: answer)
      variable.question = question
      variable.universe = universe
      variable.type = .integer
      variable.measure = .nominal
      variable.categories = .yesAndNo
      return (answer, DerivedVariable(variable, rule: .chosen(name, answer: answer.code)))
    }
  }
}

extension LocalizedText {
  /// `Languages: Norwegian`, in every language that one of the two has.
  fileprivate func joined(to answer: Category) -> LocalizedText {
    let languages = (texts + answer.label.texts).map(\.language)
    var seen: Set<String> = []
    let each = languages.isEmpty ? [] : languages.filter { seen.insert($0).inserted }
    return LocalizedText(
      each.map { language in
        let title = text(in: language)
        let name = answer.name(in: language)
        return (language, title.isEmpty ? name : "\(title): \(name)")
      })
  }
}

extension String {
  /// The letters and digits, with `_` between them.
  fileprivate var asName: String {
    split { !($0.isLetter || $0.isNumber) }.joined(separator: "_")
  }
}
