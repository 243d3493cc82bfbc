internal import SurveyData

/// The left side of a formula, as the codebook understands it.
enum Outcome {
  /// True or false.
  case condition(Expression)
  /// One of a variable's categories.
  case categories(Variable)
  /// A number.
  case number(Expression)

  init(_ atom: Formula.Atom, of formula: Formula, in dataset: Dataset) throws {
    let kind = try formula.text.pointing { try atom.expression.check(against: dataset) }
    if let name = atom.variable {
      let variable = try dataset.variable(name)
      if atom.form == .number { try variable.requireNumbers(atom, of: formula) }
      let hasCategories =
        atom.isFactor
        || atom.form == .plain && (variable.isCategorical || variable.type == .text)
      self = hasCategories ? .categories(variable) : .number(atom.expression)
      return
    }
    switch kind {
    case .condition: self = .condition(atom.expression)
    case .number: self = .number(atom.expression)
    case .text:
      throw formula.text.fault("the outcome is a text, not a number or a condition", at: atom.range)
    }
  }

  func inputs(in dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
    switch self {
    case .condition(let expression): return try expression.inputs(in: dataset)
    case .categories(let variable): return [(variable.name, .codes)]
    case .number(let expression): return try expression.numberInputs(in: dataset)
    }
  }

  /// The outcome of every row: 0 or 1 for a condition, positions for categories.
  func column(in dataset: Dataset) throws -> NumericColumn {
    switch self {
    case .condition(let expression): return try expression.number(on: dataset)
    case .categories(let variable):
      let column = try dataset.categorical(variable.name)
      var values: [Double] = []
      values.reserveCapacity(column.count)
      let valid = column.categories.count
      column.positions.withEach {
        values.append($0 < valid ? Double($0) : NumericColumn.missingValue($0 - valid))
      }
      return NumericColumn(values: values, missing: column.missing)
    case .number(let expression): return try expression.values(in: dataset)
    }
  }
}
