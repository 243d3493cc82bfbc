extension Dataset {
  /// The answers to a question whose cells hold several.
  ///
  /// - Throws: ``SurveyError`` with the row of the first answer that the codebook does not know, unless its
  ///   `unknown:` says otherwise.
  /// - Complexity: O(rows) the first time.
  package func severalAnswers(_ name: String) throws -> SeveralAnswers {
    let variable = try described(name)
    let cells = try cells(name)
    if variable.unknown == .fail {
      let unknown = cells.categories.map { variable.unknownAnswers(in: $0.code).first }
      let row =
        unknown.allSatisfy({ $0 == nil })
        ? nil
        : (0..<cells.count).first { row in
          let position = cells.positions[row]
          return position < unknown.count && unknown[position] != nil
        }
      if let row, let answer = unknown[cells.positions[row]] {
        throw SurveyError(
          .data, at: "\(source.facts.path), row \(row + 1)",
          "'\(name)' is \(answer), but the codebook knows "
            + variable.categories.map(\.code).joined(separator: ", "),
          remedy:
            "Add \(answer) to the codebook, or treat unknown codes as missing: `unknown: missing` "
            + "under \(name).")
      }
    }
    return SeveralAnswers(cells, of: variable)
  }

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

extension Variable {
  /// The error for a question whose cells hold several answers, where one is needed.
  package var noSingleAnswer: SurveyError {
    let names = chosenVariables.prefix(3).map { "'\($0.derived.variable.name)'" }
    return SurveyError(
      .usage, at: name, "holds several answers in a cell, and here every row needs one",
      remedy: names.isEmpty
        ? "`vekt tabulate` shows the share of each answer."
        : "Each answer has a variable of its own: \(names.joined(separator: ", "))"
          + (categories.count > 3 ? " and so on." : "."))
  }
}
