internal import SurveyData

/// What the values of a variable are, as far as files must agree on it.
enum ValueKind: String {
  case number = "a number"
  case text
  case date = "a date"
  case datetime = "a date and time"
  case several = "several answers in a cell"
  /// No row holds a value, and nobody has said what it would be.
  case unknown

  init(of variable: Variable, in dataset: Dataset) throws {
    if variable.hasSeveralAnswers {
      self = .several
      return
    }
    switch variable.type {
    case .integer, .decimal: self = .number
    case .text: self = .text
    case .date: self = .date
    case .datetime: self = .datetime
    case nil:
      let known = try dataset.cells(variable.name).categories + variable.categories
      self =
        known.isEmpty ? .unknown : known.allSatisfy(\.code.isNumber) ? .number : .text
    }
  }
}

extension String {
  /// Whether this is a number, and no code that a leading zero is part of: `301`, but not `0301`.
  fileprivate var isNumber: Bool {
    guard Double(self) != nil else { return false }
    let digits = drop { $0 == "-" || $0 == "+" }
    return digits.first != "0" || digits.dropFirst().first?.isNumber != true
  }
}
