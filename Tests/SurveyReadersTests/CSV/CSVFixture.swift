import SurveyData

@testable import SurveyReaders

/// A CSV file in memory, named `t.csv`.
func csv(
  _ text: String, _ codebook: Codebook? = nil, _ change: (inout FileStatement) -> Void = { _ in }
) throws -> CSVSource {
  try csv(Array(text.utf8), codebook, change)
}

func csv(
  _ bytes: [UInt8], _ codebook: Codebook? = nil, _ change: (inout FileStatement) -> Void = { _ in }
) throws -> CSVSource {
  var options = ReadingOptions()
  change(&options.file)
  return try CSVSource(
    FileBytes(path: "t.csv", contents: bytes), codebook: codebook, options: options)
}

/// A variable with integer codes and missing codes.
func variable(
  _ name: String, type: ValueType? = nil, codes: [String] = [], missing: [String] = [],
  range: ClosedRange<Double>? = nil, unknown: UnknownPolicy = .fail
) -> Variable {
  var variable = Variable(name)
  variable.type = type
  variable.categories = codes.map { Category($0) }
  variable.missing = missing.map { MissingCode(.code($0), reason: .noAnswer) }
  variable.range = range
  variable.unknown = unknown
  return variable
}

extension CSVSource {
  /// The column as texts: codes, `.` and the missing code's text for a missing answer.
  func codes(_ variable: Variable) throws -> [String] {
    guard case .codes(let column) = try read([ColumnRequest(variable, as: .codes)]).columns[0]
    else { return [] }
    return (0..<column.count).map { row in
      let position = column.positions[row]
      return column.missingCode(at: position).map { ".\($0.text)" }
        ?? column.categories[position].code
    }
  }

  func codes(_ name: String) throws -> [String] { try codes(Variable(name)) }

  /// The column as numbers; missing answers as in ``codes(_:)``.
  func numbers(_ variable: Variable) throws -> [String] {
    guard case .numbers(let column) = try read([ColumnRequest(variable, as: .numbers)]).columns[0]
    else { return [] }
    return column.values.map { value in
      column.missingCode(of: value).map { ".\($0.text)" } ?? canonicalCode(value)
    }
  }

  func numbers(_ name: String) throws -> [String] { try numbers(Variable(name)) }

  func texts(_ name: String) throws -> [String] {
    guard case .text(let column) = try read([ColumnRequest(Variable(name), as: .text)]).columns[0]
    else { return [] }
    return column.values
  }

  /// The ids of the notes that reading a column gives.
  func noteIDs(_ variable: Variable, as view: ColumnView = .codes) throws -> [String] {
    try read([ColumnRequest(variable, as: view)]).notes.map(\.id)
  }
}
