/// Why a result computed from several variables is missing: the code of the first that is.
struct MissingReasons {
  /// The codes of all inputs, each once; the first is the system-missing value.
  let codes: [MissingCode]
  private let inputs: [(column: Column, indices: [Int])]

  init(of inputs: [ExpressionInput], in dataset: Dataset) throws {
    self.init(
      try inputs.map {
        $0.view == .numbers
          ? .numbers(try dataset.numeric($0.name)) : .codes(try dataset.categorical($0.name))
      })
  }

  init(_ columns: [Column]) {
    var codes = [MissingCode.system]
    inputs = columns.map { column in
      let indices = column.missingCodes.map { code in
        if let known = codes.firstIndex(of: code) { return known }
        codes.append(code)
        return codes.count - 1
      }
      return (column, indices)
    }
    self.codes = codes
  }

  /// The position in `codes` of the reason why a row's result is missing.
  func index(_ row: Int) -> Int {
    for (column, indices) in inputs {
      if let index = column.missingIndex(row) { return indices[index] }
    }
    return 0
  }
}

extension Column {
  /// The missing codes that may occur.
  var missingCodes: [MissingCode] {
    switch self {
    case .codes(let column): column.missing
    case .numbers(let column): column.missing
    case .text: [.system]
    }
  }

  /// The position in `missingCodes` of a row; nil for an answer.
  func missingIndex(_ row: Int) -> Int? {
    switch self {
    case .codes(let column):
      let index = column.positions[row] - column.categories.count
      return index < 0 ? nil : index
    case .numbers(let column):
      return column.values[row].isNaN ? NumericColumn.missingIndex(column.values[row]) : nil
    case .text(let column): return column.values[row].isEmpty ? 0 : nil
    }
  }
}
