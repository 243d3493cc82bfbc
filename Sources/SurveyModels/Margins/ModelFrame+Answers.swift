internal import SurveyData

extension ModelFrame {
  /// The same cases when everybody gives some answers; levels, knots and polynomials stay as they
  /// were fitted.
  /// - Throws: ``SurveyError`` for a category that no case of the model has, and for an expression
  ///   without a value at the answers.
  /// - Complexity: O(rows) for each predictor that follows.
  func answering(_ answers: [String: FixedAnswer], _ terms: ModelTerms) throws -> ModelFrame {
    guard !answers.isEmpty else { return self }
    var changed = self
    let answered = dataset.answering(answers)
    let said = answers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }
      .joined(separator: ", ")
    func follows(_ inputs: [(name: String, view: ColumnView)]) -> Bool {
      inputs.contains { input in dataset.origins(of: input.name).contains { answers[$0] != nil } }
    }
    for (index, predictor) in terms.predictors.enumerated()
    where try follows(predictor.inputs(in: dataset)) {
      changed.predictors[index] = try values(of: predictor, index, on: answered, said)
    }
    if try terms.offsets.contains(where: { try follows($0.numberInputs(in: dataset)) }) {
      let parts = try terms.offsets.map {
        try numbers($0, on: answered, named: "the offset", said)
      }
      changed.offsets = parts.dropFirst().reduce(parts[0]) { zip($0, $1).map(+) }
    }
    return changed
  }

  /// The values of a predictor on other answers, with the levels and functions of this frame.
  private func values(
    of predictor: Predictor, _ index: Int, on dataset: Dataset, _ said: String
  ) throws -> Values {
    switch (predictor.form, predictors[index]) {
    case (.basis(let expression, _), .basis(_, let basis)):
      return .basis(try numbers(expression, on: dataset, named: predictor.name, said), basis)
    case (.number(let expression), _), (.basis(let expression, _), _):
      return .numbers(try numbers(expression, on: dataset, named: predictor.name, said))
    case (.factor(let variable, _), let fitted):
      guard case .codes(_, let levels) = fitted else { return fitted }
      let positions = people.selected(try dataset.categorical(variable.name).positions)
      let known = Set(levels.map(\.position))
      var isKnown = true
      positions.withEach { if !known.contains($0) { isKnown = false } }
      guard isKnown else {
        let codes = levels.map(\.category.code).joined(separator: ", ")
        throw SurveyError(
          .usage, at: predictor.name,
          "nobody in the model has the category of \(said); there are \(codes)")
      }
      return .codes(positions, levels: levels)
    }
  }

  private func numbers(
    _ expression: Expression, on dataset: Dataset, named name: String, _ said: String
  ) throws -> [Double] {
    let values = people.selected(try expression.values(in: dataset).values)
    guard values.allSatisfy(\.isFinite) else {
      throw SurveyError(.usage, at: name, "has no value where \(said)")
    }
    return values
  }

  /// The numbers of a variable, one a case.
  func numbers(of variable: String) throws -> [Double] {
    try people.numbers(of: variable)
  }

  /// The categories of a variable, and the position among them of every case.
  func codes(of variable: String) throws -> (categories: [Category], positions: Positions) {
    let column = try dataset.categorical(variable)
    return (column.categories, people.selected(column.positions))
  }
}
