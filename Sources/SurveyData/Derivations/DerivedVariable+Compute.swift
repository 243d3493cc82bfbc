extension DerivedVariable {
  /// The variables that the rule reads, with the view it needs of each.
  package func inputs(in dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
    switch rule {
    case .recode(let source, _, _): [(source, .codes)]
    case .cut(let source, _): [(source, .numbers)]
    case .mean(let items, _, _): items.map { ($0, .numbers) }
    case .anyOf(let items, _, _): items.map { ($0, .codes) }
    case .chosen(let source, _): [(source, .codes)]
    case .expression(let source):
      try at(variable.name) { try Expression(source).inputs(in: dataset) }
    }
  }

  /// Computes the column from its inputs, which are loaded.
  func compute(on dataset: Dataset) throws -> Column {
    try at(variable.name) {
      switch rule {
      case .recode(let source, let map, let otherwise):
        .codes(
          try RecodeRule(map: map, otherwise: otherwise, source: source)
            .apply(to: try dataset.categorical(source), categories: variable.categories))
      case .cut(let source, let bounds):
        .codes(
          CutRule(bounds: bounds)
            .apply(to: try dataset.numeric(source), categories: variable.categories))
      case .mean(let items, let minimumValid, let reversed):
        .numbers(
          try MeanRule(items: items, minimumValid: minimumValid, reversed: reversed)
            .apply(on: dataset))
      case .anyOf(let items, let code, let missing):
        .codes(
          try AnyOfRule(items: items, code: code, missing: missing)
            .apply(on: dataset, categories: variable.categories))
      case .chosen(let source, let answer):
        .codes(try dataset.severalAnswers(source).column(of: answer))
      case .expression(let source): try column(of: Expression(source), on: dataset)
      }
    }
  }

  private func column(of expression: Expression, on dataset: Dataset) throws -> Column {
    switch try expression.check(against: dataset) {
    case .text: return .text(try expression.text(on: dataset))
    case .number:
      let column = Column.numbers(try expression.number(on: dataset))
      guard !variable.categories.isEmpty else { return column }
      return .codes(try labelled(try column.seen(as: .codes, name: variable.name)))
    case .condition:
      let truths = try expression.condition(on: dataset).bytes
      let inputs = try expression.inputs(in: dataset).map {
        ExpressionInput(name: $0.name, view: $0.view)
      }
      let reasons = try MissingReasons(of: inputs, in: dataset)
      let positions = truths.enumerated().map { row, truth in
        truth == 2 ? 2 + reasons.index(row) : Int(truth)
      }
      let categories = variable.categories.count == 2 ? variable.categories : .yesAndNo
      return .codes(
        CategoricalColumn(
          positions: Positions(positions, valueCount: 2 + reasons.codes.count),
          categories: categories, missing: reasons.codes))
    }
  }

  /// The column with the categories that the codebook gives the variable.
  private func labelled(_ column: Column) throws -> CategoricalColumn {
    guard case .codes(let codes) = column else {
      throw SurveyError(.fault, at: variable.name, "has no codes")
    }
    var table: [Int] = []
    for category in codes.categories {
      guard let index = variable.categories.firstIndex(where: { $0.code == category.code }) else {
        throw SurveyError(
          .data, "the expression gives \(category.code), which is not among its codes",
          remedy: "Add the code to `codes:`, or leave `codes:` out.")
      }
      table.append(index)
    }
    table += codes.missing.indices.map { variable.categories.count + $0 }
    return CategoricalColumn(
      positions: Positions(
        codes.positions.lookedUp(in: table),
        valueCount: variable.categories.count + codes.missing.count),
      categories: variable.categories, missing: codes.missing)
  }

  /// Runs something whose errors stand at a place.
  func at<Result>(_ place: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as SurveyError {
      throw error.place == place ? error : error.located(at: place)
    }
  }
}

extension MissingCode {
  /// A valid answer that a recode or a cut leaves out.
  package static let leftOut = Self(
    .code("left out"), reason: .inapplicable,
    label: LocalizedText([("en", "Left out"), ("nb", "Utelatt")]))
}
