internal import SurveyData

/// A variable or expression of the right side, as the codebook understands it.
enum Predictor {
  /// A number.
  case number(name: String, variable: String)
  /// The number that an expression gives.
  case expression(name: String, Expression)
  /// A column for each category but one.
  case factor(Variable)

  init(_ atom: Formula.Atom, of formula: Formula, in dataset: Dataset) throws {
    let kind = try formula.text.pointing { try atom.expression.check(against: dataset) }
    guard let name = atom.variable else {
      if case .text = kind {
        throw formula.text.fault("this is a text, where a number should stand", at: atom.range)
      }
      self = .expression(name: atom.name, atom.expression)
      return
    }
    let variable = try dataset.variable(name)
    let isFactor = atom.isFactor || variable.isCategorical || variable.type == .text
    self = isFactor ? .factor(variable) : .number(name: atom.name, variable: name)
  }

  /// The name in terms.
  var name: String {
    switch self {
    case .number(let name, _), .expression(let name, _): name
    case .factor(let variable): variable.name
    }
  }

  var isFactor: Bool { if case .factor = self { true } else { false } }

  func inputs(in dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
    switch self {
    case .number(_, let variable): [(variable, .numbers)]
    case .expression(_, let expression): try expression.inputs(in: dataset)
    case .factor(let variable): [(variable.name, .codes)]
    }
  }
}
