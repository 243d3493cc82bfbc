internal import SurveyData

/// A variable or expression of the right side, as the codebook understands it.
struct Predictor {
  /// The name in terms.
  let name: String
  let form: Form
  /// What is to be said of how it is read.
  private(set) var notes: [Note] = []

  /// What is made of its values.
  enum Form {
    /// The number itself.
    case number(Expression)
    /// Several columns of a number, by a rule that the respondents of the fit settle.
    case basis(Expression, BasisRule)
    /// A column for each category but one: the reference, which is the codebook's unless stated.
    case factor(Variable, reference: String?)
  }

  /// What kind of columns a number is turned into.
  enum BasisRule: Hashable {
    case polynomial(degree: Int)
    case spline(columns: Int)
  }

  init(_ atom: Formula.Atom, of formula: Formula, in dataset: Dataset) throws {
    let kind = try formula.text.pointing { try atom.expression.check(against: dataset) }
    let variable = try atom.variable.map { try dataset.variable($0) }
    name = atom.name
    switch atom.form {
    case .factor(let reference):
      guard let variable else {
        throw formula.text.fault("'factor' takes a variable, not an expression", at: atom.range)
      }
      if let reference { try Self.check(reference, of: variable, atom, formula) }
      form = .factor(
        variable,
        reference: reference.map { variable.categories.named($0)?.code ?? $0 }
          ?? variable.reference)
    case .plain:
      if let variable, variable.isCategorical || variable.type == .text {
        form = .factor(variable, reference: variable.reference)
        return
      }
      if variable == nil, case .text = kind {
        throw formula.text.fault("this is a text, where a number should stand", at: atom.range)
      }
      form = .number(atom.expression)
      if let name = variable?.name, let reading = try dataset.reading(of: name),
        reading.labelCount > 0
      {
        notes = [reading.note(on: name)]
      }
    case .number:
      try variable?.requireNumbers(atom, of: formula)
      form = .number(atom.expression)
    case .polynomial(let degree):
      form = .basis(
        try Self.number(kind, variable, atom, formula), .polynomial(degree: degree))
    case .spline(let columns):
      form = .basis(try Self.number(kind, variable, atom, formula), .spline(columns: columns))
    }
  }

  /// The expression of a polynomial or a spline, which must be a number.
  private static func number(
    _ kind: Expression.Kind, _ variable: Variable?, _ atom: Formula.Atom, _ formula: Formula
  ) throws -> Expression {
    let isNumber = variable.map { $0.hasNumbers && $0.measure != .nominal } ?? (kind == .number)
    guard isNumber else {
      throw formula.text.fault(
        "'\(atom.name)' needs a number, which '\(atom.expression.source.trimmed)' is not",
        at: atom.range, remedy: "Take it as a factor, without the function.")
    }
    return atom.expression
  }

  private static func check(
    _ reference: String, of variable: Variable, _ atom: Formula.Atom, _ formula: Formula
  ) throws {
    guard variable.range == nil, !variable.categories.isEmpty,
      variable.categories.named(reference) == nil
    else { return }
    let codes = variable.categories.map(\.code)
    throw formula.text.fault(
      "'\(variable.name)' has no code '\(reference)'; it has "
        + codes.prefix(12).joined(separator: ", "),
      at: atom.range, remedy: variable.categories.suggestion(for: reference))
  }

  var isFactor: Bool { if case .factor = form { true } else { false } }

  /// Whether it can have several columns, so that its term has a joint test.
  var isWide: Bool { if case .number = form { false } else { true } }

  func inputs(in dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
    switch form {
    case .number(let expression), .basis(let expression, _):
      try expression.numberInputs(in: dataset)
    case .factor(let variable, _): [(variable.name, .codes)]
    }
  }
}

extension Variable {
  /// Whether its codes are numbers.
  fileprivate var hasNumbers: Bool {
    type != .text && type != .date && type != .datetime
      && categories.allSatisfy { $0.number != nil }
  }

  /// Refuses `number(x)` where the codes are texts.
  func requireNumbers(_ atom: Formula.Atom, of formula: Formula) throws {
    guard !hasNumbers else { return }
    throw formula.text.fault(
      "'\(name)' holds texts, which are no numbers", at: atom.range,
      remedy: "Take it as a factor: `factor(\(name))`.")
  }
}

extension LabelReading {
  /// That a labelled number counts as a number.
  fileprivate func note(on name: String) -> Note {
    let values = valueCount == 1 ? "1 value" : "\(valueCount) values"
    let labels = labelCount == 1 ? "1 label" : "\(labelCount) labels"
    return Note(
      .information, id: "model.labelled-number",
      "is taken as a number (\(values), \(labels)); `factor(\(name))` makes categories of it",
      naming: [String(valueCount), String(labelCount), name], at: name)
  }
}

extension Expression {
  /// The columns that ``values(in:)`` reads.
  func numberInputs(in dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
    if let variable = soleVariable { return [(variable, .numbers)] }
    return try inputs(in: dataset)
  }

  /// The number that a variable is or an expression gives, for every row.
  func values(in dataset: Dataset) throws -> NumericColumn {
    if let variable = soleVariable { return try dataset.numeric(variable) }
    return try number(on: dataset)
  }
}

extension String {
  /// Without blanks at either end.
  fileprivate var trimmed: String {
    let solid = drop { $0 == " " }
    return String(String(solid.reversed()).drop { $0 == " " }.reversed())
  }
}
