extension Dataset {
  /// The same answers with others that count, as if the codebook said so.
  ///
  /// - Parameter answers: By the names of variables.
  package func counting(_ answers: [String: CountedAnswer]) -> Dataset {
    guard !answers.isEmpty else { return self }
    var changed = codebook
    func set(_ variable: inout Variable) {
      guard let counted = answers[variable.name] else { return }
      variable.answer = counted.codes
      variable.answerLabel = counted.label
    }
    changed.variables += undescribed.filter { answers[$0.name] != nil }
    for index in changed.variables.indices { set(&changed.variables[index]) }
    for index in changed.derived.indices { set(&changed.derived[index].variable) }
    return Dataset(source, codebook: changed)
  }

  /// What somebody calls an answer, `--answer yes`, as the answer that counts.
  ///
  /// - Parameters:
  ///   - names: Codes, or labels that one code has.
  ///   - variable: The variable's name.
  ///   - categories: Its valid codes; nil means those that it has.
  /// - Throws: ``SurveyError`` with the codes and labels for a name that is none of them.
  package func answer(
    _ names: [String], of variable: String, among categories: [Category]? = nil
  ) throws -> CountedAnswer {
    let known = try categories ?? self.categories(of: variable)
    let described = try self.variable(variable)
    let found = try names.map { name in
      if let category = known.named(name) { return category }
      // A number within the range is valid though nobody may have given it.
      if let number = Double(name), described.range?.contains(number) == true {
        return Category(canonicalCode(number))
      }
      throw SurveyError(
        .usage, at: variable, "has no answer '\(name)'; it has \(known.listed)",
        remedy: known.suggestion(for: name))
    }
    let others = found.filter { !known.contains($0) }
    var chosen = known.filter(found.contains) + others
    if !others.isEmpty { chosen.sort { ($0.number ?? 0) < ($1.number ?? 0) } }
    let isCodebooks = Set(chosen.map(\.code)) == Set(described.answer)
    return CountedAnswer(
      chosen, label: isCodebooks ? described.answerLabel : nil, isChosen: true)
  }

  /// The valid codes of a variable: the codebook's, or those that occur.
  package func categories(of name: String) throws -> [Category] {
    let described = try variable(name)
    return described.categories.isEmpty || described.range != nil
      ? try categorical(name).categories : described.categories
  }
}
