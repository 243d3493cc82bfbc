internal import SurveyData
internal import SurveyReaders

/// The answer to a query for cells, checked against what was counted before.
struct EngineCells {
  /// The cells.
  let cells: RawCells

  /// Takes an answer apart.
  /// - Throws: ``SurveyError`` for cells that do not add up, for infinite answers, for an answer of another shape.
  init(_ result: ArrowResult, _ query: CellQuery, _ control: Control, at place: String) throws {
    var rest = result.columns[...]
    func next() throws -> ArrowValues {
      guard let column = rest.popFirst() else {
        throw SurveyError(.data, at: place, "the engine sent fewer columns than it was asked for")
      }
      return column.values
    }
    func numbers() throws -> [Double] { try next().asNumbers.map { $0.isNaN ? 0 : $0 } }
    func counts() throws -> [Int] {
      try numbers().map { number in
        guard let count = Int(exactly: number), count >= 0 else {
          throw SurveyError(.data, at: place, "the engine counted \(canonicalCode(number)) people")
        }
        return count
      }
    }
    let keys = try query.keys.map { key in
      try RawCells.Key(key.name, Self.answers(next(), key, at: place))
    }
    let people = try counts()
    let weights = try query.weights.map { weight in
      try CellSums.Weight(
        weight.name, sums: numbers(), squares: numbers(),
        weighted: weight.isCounted ? counts() : nil, missing: weight.isCounted ? counts() : nil)
    }
    let replicates = try query.replicates.map { try CellSums.Replicate($0, sums: numbers()) }
    try control.check(
      people: people.reduce(0, +),
      sums: Dictionary(
        weights.map { ($0.name, $0.sums.reduce(0, +)) }
          + replicates.map { ($0.name, $0.sums.reduce(0, +)) },
        uniquingKeysWith: { first, _ in first }), at: place)
    cells =
      RawCells(
        keys: keys,
        sums: try CellSums(
          people: people, rows: control.rows, weights: weights, replicates: replicates
        ) { _ in place }
      ).sorted
  }

  /// The values of a column that cells or people are by.
  /// - Throws: ``SurveyError`` of kind data for infinite numbers.
  static func answers(
    _ values: ArrowValues, _ key: CellQuery.Key, at place: String?
  ) throws -> RawCells.Values {
    func finite(_ numbers: [Double]) throws -> RawCells.Values {
      guard !numbers.contains(where: \.isInfinite) else {
        throw SurveyError(
          .data, at: place, "the column '\(key.name)' holds infinite numbers, which are no answer",
          remedy: "Mend them in a view.")
      }
      return .numbers(numbers)
    }
    return switch values {
    case .integers(let numbers): .integers(numbers.map { $0.map(Int.init) })
    case .numbers(let numbers): try finite(numbers)
    case .texts(let texts) where key.reading == .number:
      try finite(ArrowValues.texts(texts).asNumbers)
    case .texts(let texts): .texts(texts.map { $0 ?? "" })
    }
  }
}
