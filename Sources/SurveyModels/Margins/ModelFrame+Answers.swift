internal import SurveyData

extension ModelFrame {
  /// The same rows when everybody gives some answers; levels stay as they were fitted.
  ///
  /// Products, dummies and expressions follow, since the model matrix is multiplied out anew.
  /// - Throws: ``SurveyError`` for a category that no row of the model has, and for an expression
  ///   without a value at the answers.
  /// - Complexity: O(rows) for each predictor that follows.
  func answering(
    _ answers: [String: FixedAnswer], _ terms: ModelTerms, in dataset: Dataset
  ) throws -> ModelFrame {
    guard !answers.isEmpty else { return self }
    var changed = self
    let answered = dataset.answering(answers)
    for (index, predictor) in terms.predictors.enumerated() {
      let origins = try predictor.origins(in: dataset)
      guard answers.keys.contains(where: origins.contains) else { continue }
      changed.predictors[index] = try values(of: predictor, index, on: answered)
      try changed.require(index, predictor, answers)
    }
    return changed
  }

  /// The values of a predictor on other answers, with the levels of this frame.
  private func values(
    of predictor: Predictor, _ index: Int, on dataset: Dataset
  ) throws -> Values {
    switch (predictor, predictors[index]) {
    case (.number(_, let variable), _): .numbers(try dataset.numeric(variable).values)
    case (.expression(_, let expression), _): .numbers(try expression.number(on: dataset).values)
    case (.factor(let variable), .codes(_, let levels)):
      .codes(try dataset.categorical(variable.name).positions, levels: levels)
    case (.factor, .numbers(let values)): .numbers(values)
    }
  }

  /// Checks that every row has a value, and a category that was fitted.
  private func require(
    _ index: Int, _ predictor: Predictor, _ answers: [String: FixedAnswer]
  ) throws {
    let said = answers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }
      .joined(separator: ", ")
    switch predictors[index] {
    case .numbers(let values):
      guard rows.allSatisfy({ values[Int($0)].isFinite }) else {
        throw SurveyError(.usage, at: predictor.name, "has no value where \(said)")
      }
    case .codes(let positions, let levels):
      let known = Set(levels.map(\.position))
      guard rows.allSatisfy({ known.contains(positions[Int($0)]) }) else {
        throw SurveyError(
          .usage, at: predictor.name,
          "nobody in the model has the category of \(said); there are "
            + levels.map(\.category.code).joined(separator: ", "))
      }
    }
  }

  /// The derivatives of the predictors by a number, where they are not zero.
  /// - Complexity: O(rows) for each predictor that follows.
  func slopes(
    by variable: String, _ terms: ModelTerms, on dataset: Dataset
  ) throws -> [(predictor: Int, values: Values)] {
    var found: [(predictor: Int, values: Values)] = []
    for (index, predictor) in terms.predictors.enumerated() {
      let expression: Expression
      switch predictor {
      case .number(_, let name): expression = try Expression("`\(name)`")
      case .expression(_, let written): expression = written
      case .factor: continue
      }
      if let slope = try expression.slope(by: variable, on: dataset) {
        found.append((index, .numbers(slope)))
      }
    }
    return found
  }
}

extension Predictor {
  /// The variables that it comes from, those behind derived ones too.
  func origins(in dataset: Dataset) throws -> Set<String> {
    try inputs(in: dataset).reduce(into: []) { $0.formUnion(dataset.origins(of: $1.name)) }
  }
}
