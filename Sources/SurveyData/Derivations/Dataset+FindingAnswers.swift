extension Dataset {
  /// The same answers, where questions whose cells hold several answers, of which the codebook lists none,
  /// have those that occur.
  ///
  /// - Throws: ``SurveyError`` when such a column cannot be read, or a name is taken.
  /// - Complexity: O(rows) for each such question.
  package func findingSeveralAnswers() throws -> Dataset {
    let open = codebook.variables.indices.filter {
      codebook.variables[$0].hasSeveralAnswers && codebook.variables[$0].categories.isEmpty
    }
    let present = Set(source.embeddedCodebook.variables.map(\.name))
    guard open.contains(where: { present.contains(codebook.variables[$0].name) }) else {
      return self
    }
    var changed = codebook
    var found: [DerivedVariable] = []
    for index in open where present.contains(changed.variables[index].name) {
      let answers = try severalAnswers(changed.variables[index].name).answers
      changed.variables[index].categories = answers.sorted { a, b in
        guard let first = a.number, let second = b.number else { return a.code < b.code }
        return first < second
      }
      found += changed.variables[index].chosenVariables.map(\.derived)
    }
    return try Dataset(source, codebook: changed).deriving(found)
  }
}
