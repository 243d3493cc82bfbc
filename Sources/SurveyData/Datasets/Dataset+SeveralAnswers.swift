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
