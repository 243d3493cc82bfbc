internal import Glibc

/// Computes an expression column by column.
struct ExpressionEvaluator {
  let dataset: Dataset
  let rows: Int

  init(_ tree: ExpressionTree, on dataset: Dataset) throws {
    self.dataset = dataset
    try dataset.load(tree.inputs.map { ($0.name, $0.view) })
    rows = try dataset.rowCount
  }

  // MARK: Conditions

  /// One byte a row: 0 false, 1 true, 2 missing.
  func truths(_ tree: ConditionTree) throws -> [UInt8] {
    switch tree {
    case .constant(let value): return Array(repeating: value ? 1 : 0, count: rows)
    case .test(let test):
      let column = try dataset.categorical(test.variable.name)
      let truths = try test.truths(over: column.categories, isComplete: true)
      let table = truths.map { $0 ? 1 : 0 as UInt8 } + column.missing.map { _ in 2 }
      return column.positions.lookedUp(in: table)
    case .compare(let a, let comparison, let b):
      return compare(try numbers(a), comparison, try numbers(b))
    case .sameCode(let a, let b): return try sameCode(a, b)
    case .nonzero(let number):
      return try numbers(number).compared(with: .constant(0), rows: rows, !=)
    case .isMissing(let name, let view, let reasons):
      return try isMissing(name, view, reasons)
    case .isUnknown(let condition): return try truths(condition).map { $0 == 2 ? 1 : 0 }
    case .isNotANumber(let number):
      return try numbers(number).expanded(to: rows).map { $0.isFinite ? 0 : 1 }
    case .not(let condition): return try truths(condition).map { $0 == 2 ? 2 : 1 - $0 }
    case .and(let a, let b):
      return zipped(try truths(a), try truths(b)) { $0 == 0 || $1 == 0 ? 0 : max($0, $1) }
    case .or(let a, let b):
      return zipped(try truths(a), try truths(b)) { $0 == 1 || $1 == 1 ? 1 : max($0, $1) }
    case .choice(let condition, let a, let b):
      let (first, second) = (try truths(a), try truths(b))
      return try choose(condition, first, second, otherwise: 2)
    }
  }

  private func compare(_ a: Numbers, _ comparison: Relation, _ b: Numbers) -> [UInt8] {
    switch comparison {
    case .equal: a.compared(with: b, rows: rows, ==)
    case .unequal: a.compared(with: b, rows: rows, !=)
    case .less: a.compared(with: b, rows: rows, <)
    case .lessOrEqual: a.compared(with: b, rows: rows, <=)
    case .greater: a.compared(with: b, rows: rows, >)
    case .greaterOrEqual: a.compared(with: b, rows: rows, >=)
    }
  }

  private func sameCode(_ a: String, _ b: String) throws -> [UInt8] {
    let (first, second) = (try dataset.categorical(a), try dataset.categorical(b))
    var numbers: [String: Double] = [:]
    for category in first.categories + second.categories where numbers[category.code] == nil {
      numbers[category.code] = Double(numbers.count)
    }
    let columns = [first, second].map { column in
      Numbers.column(
        column.positions.lookedUp(
          in: column.categories.map { numbers[$0.code] ?? .nan } + column.missing.map { _ in .nan })
      )
    }
    return compare(columns[0], .equal, columns[1])
  }

  private func isMissing(
    _ name: String, _ view: ColumnView, _ reasons: [MissingReason]
  ) throws -> [UInt8] {
    func answer(_ missing: [MissingCode]) -> [UInt8] {
      missing.map { reasons.isEmpty || reasons.contains($0.reason) ? 1 : 0 }
    }
    switch view {
    case .numbers:
      let column = try dataset.numeric(name)
      let answers = answer(column.missing)
      return column.values.map { $0.isNaN ? answers[NumericColumn.missingIndex($0)] : 0 }
    case .codes, .text:
      let column = try dataset.categorical(name)
      return column.positions.lookedUp(
        in: column.categories.map { _ in 0 } + answer(column.missing))
    }
  }

  /// The first where the condition holds, the second where it does not.
  private func choose<Value>(
    _ condition: ConditionTree, _ first: [Value], _ second: [Value], otherwise: Value
  ) throws -> [Value] {
    try truths(condition).enumerated().map { row, truth in
      truth == 1 ? first[row] : truth == 0 ? second[row] : otherwise
    }
  }

  // MARK: Numbers

  /// One number a row; a missing one is some NaN.
  func numbers(_ tree: NumberTree) throws -> Numbers {
    switch tree {
    case .constant(let value): return .constant(value)
    case .variable(let name, .numbers): return .column(try dataset.numeric(name).values)
    case .variable(let name, _):
      let column = try dataset.categorical(name)
      try dataset.noteMissingLookalikes(in: name)
      return .column(try Column.codes(column).seen(as: .numbers, name: name).numbers)
    case .negative(let number): return try numbers(number).map { -$0 }
    case .arithmetic(let sign, let a, let b):
      return arithmetic(try numbers(a), sign, try numbers(b))
    case .call(let function, let arguments):
      return try call(function, try arguments.map(numbers))
    case .truth(let condition):
      return .column(try truths(condition).map { $0 == 2 ? .nan : Double($0) })
    case .choice(let condition, let a, let b):
      let (first, second) = (try numbers(a), try numbers(b))
      return .column(
        try choose(
          condition, first.expanded(to: rows), second.expanded(to: rows), otherwise: .nan))
    }
  }

  private func arithmetic(_ a: Numbers, _ sign: Arithmetic, _ b: Numbers) -> Numbers {
    switch sign {
    case .plus: a.combined(with: b, +)
    case .minus: a.combined(with: b, -)
    case .times: a.combined(with: b, *)
    case .divided: a.combined(with: b, /)
    case .power: a.combined(with: b) { $0.isNaN || $1.isNaN ? .nan : pow($0, $1) }
    }
  }

  private func call(_ function: Function, _ arguments: [Numbers]) throws -> Numbers {
    let first = arguments[0]
    switch function {
    case .abs: return first.map { Swift.abs($0) }
    case .exp: return first.map { Glibc.exp($0) }
    case .floor: return first.map { $0.rounded(.down) }
    case .log: return first.map { Glibc.log($0) }
    case .round: return first.map { $0.rounded(.toNearestOrAwayFromZero) }
    case .sqrt: return first.map { $0.squareRoot() }
    case .min:
      return arguments.dropFirst().reduce(first) {
        $0.combined(with: $1) { $0.isNaN || $0 <= $1 ? $0 : $1 }
      }
    case .max:
      return arguments.dropFirst().reduce(first) {
        $0.combined(with: $1) { $0.isNaN || $0 >= $1 ? $0 : $1 }
      }
    case .missing, .choice:
      throw SurveyError(.fault, "'\(function.rawValue)' is not a function of numbers")
    }
  }

  // MARK: Texts

  /// One text a row; empty where it is missing.
  func texts(_ tree: TextTree) throws -> [String] {
    switch tree {
    case .constant(let text): return Array(repeating: text, count: rows)
    case .variable(let name):
      let column = try dataset.categorical(name)
      return column.positions.lookedUp(
        in: column.categories.map(\.code) + column.missing.map { _ in "" })
    case .choice(let condition, let a, let b):
      return try choose(condition, try texts(a), try texts(b), otherwise: "")
    }
  }
}

extension Column {
  /// The numbers of a column that is seen as numbers.
  fileprivate var numbers: [Double] {
    if case .numbers(let column) = self { column.values } else { [] }
  }
}
