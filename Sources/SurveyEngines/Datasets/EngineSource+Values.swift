internal import SurveyData
internal import SurveyReaders

/// A look at single columns.
extension EngineSource {
  /// The most values of a column that are looked at, and those at each end of more.
  private static let mostValues = (all: 1_000, atEnd: 10)
  /// The most columns of weights in one query.
  private static let mostWeights = 100

  func values(of column: String) throws -> ColumnValues {
    if let found = known.values.withLock({ $0[column] }) { return found }
    let found = try look(at: column)
    known.values.withLock { $0[column] = found }
    return found
  }

  private func look(at column: String) throws -> ColumnValues {
    try check(column, isWeight: false)
    let rows = try control([])
    guard rows.rows > 0 else { throw SurveyError(.data, at: place, "the table has no rows") }
    let reading = try readings(of: [column], weights: [])[column] ?? .plain
    let key = CellQuery.Key(name: column, reading: reading)
    let frequent = try answer(key, .frequent, limit: Self.mostValues.all + 1)
    guard frequent.people.count > Self.mostValues.all else {
      try rows.check(people: frequent.people.reduce(0, +), sums: [:], at: place)
      return ColumnValues(
        RawCells(keys: [.init(column, frequent.values)], sums: try sums(of: frequent.people)).sorted
      )
    }
    let kind = kind(of: key)
    let whole = try whole(key, kind)
    var people: [String: Int] = [:]
    var texts: [String] = []
    for part in [
      frequent,
      try answer(key, .smallest, limit: Self.mostValues.atEnd, areTexts: kind == .triedTexts),
      try answer(key, .largest, limit: Self.mostValues.atEnd, areTexts: kind == .triedTexts),
    ] {
      // One more than are taken was asked for.
      for (text, count) in zip(part.values.plainTexts, part.people).prefix(Self.mostValues.all)
      where people[text] == nil {
        people[text] = count
        texts.append(text)
      }
    }
    if people[""] == nil, whole.answered < whole.rows {
      people[""] = whole.rows - whole.answered
      texts.append("")
    }
    return ColumnValues(
      RawCells(
        keys: [.init(column, .texts(texts))], sums: try sums(of: texts.map { people[$0] ?? 1 })),
      whole: whole)
  }

  private func sums(of people: [Int]) throws -> CellSums {
    try CellSums(people: people, rows: people.reduce(0, +), weights: [], replicates: []) { _ in
      place
    }
  }

  private func answer(
    _ key: CellQuery.Key, _ order: QueryWriter.Order, limit: Int, areTexts: Bool = false
  ) throws -> (values: RawCells.Values, people: [Int]) {
    let result = try session.look(
      session.writer.values(of: key, order, limit: limit, areTexts: areTexts))
    guard result.columns.count == 2 else { throw notAsAsked }
    return (
      try EngineCells.answers(result.columns[0].values, key, at: place),
      try result.columns[1].values.asNumbers.map { try count($0) }
    )
  }

  /// Whether values can be reckoned with.
  private enum Kind { case numbers, triedTexts, texts }

  private func kind(of key: CellQuery.Key) -> Kind {
    let writer = session.writer
    guard !writer.isText else { return .triedTexts }
    guard !writer.dialect.hasTypedValues else { return key.reading == .text ? .texts : .numbers }
    let type = session.columns.first { $0.name == key.name }?.type
    guard type?.isNumber != true else { return .numbers }
    // Others have no words for it that all their versions know.
    return writer.dialect == .duckdb && type?.isText == true ? .triedTexts : .texts
  }

  private func whole(_ key: CellQuery.Key, _ kind: Kind) throws -> ColumnValues.Whole {
    let areNumbers = kind != .texts
    let values = try session.look(
      session.writer.whole(
        key.name, areNumbers: areNumbers, areTexts: kind == .triedTexts)
    ).columns.map { $0.values.asNumbers.first ?? .nan }
    guard values.count == (kind == .texts ? 3 : kind == .numbers ? 5 : 6) else { throw notAsAsked }
    let answered = try count(values[1])
    return ColumnValues.Whole(
      rows: try count(values[0]), answered: answered, distinct: try count(values[2]),
      mean: areNumbers ? values[3] : .nan,
      numbers: areNumbers ? try values.count > 5 ? count(values[5]) : answered : nil,
      fractions: areNumbers && !values[4].isNaN ? try count(values[4]) : 0)
  }

  func weights(_ weights: [SummedWeight]) throws -> [WeightFacts] {
    for name in weights.flatMap(\.term.columns) { try check(name, isWeight: true) }
    let step = Self.mostWeights
    return try stride(from: 0, to: weights.count, by: step).flatMap { start in
      let some = Array(weights[start..<min(start + step, weights.count)])
      _ = try readings(of: [], weights: some.flatMap(\.term.columns))
      let values = try session.result(of: session.writer.weights(some)).columns.map {
        $0.values.asNumbers.first ?? .nan
      }
      let width = (values.count - 1) / some.count
      guard 6...7 ~= width, values.count == 1 + width * some.count else { throw notAsAsked }
      let rows = try count(values[0])
      return try some.indices.map { index in
        let part = Array(values[(1 + width * index)..<(1 + width * (index + 1))])
        var facts = WeightFacts()
        let known = try count(part[0])
        facts.count = width == 7 ? try count(part[6]) : known
        guard facts.count == known else {
          throw SurveyError(
            .data, at: place,
            "the weight '\(some[index].name)' is no number in \(known - facts.count) rows")
        }
        facts.missing = rows - facts.count
        guard facts.count > 0 else { return facts }
        (facts.sum, facts.smallest, facts.largest) = (part[1], part[2], part[3])
        (facts.negative, facts.zero) = (try count(part[4]), try count(part[5]))
        return facts
      }
    }
  }

  private var notAsAsked: SurveyError {
    SurveyError(.data, at: place, "the engine did not count the rows as it was asked")
  }

  private func count(_ number: Double) throws -> Int {
    guard let count = Int(exactly: number), count >= 0 else { throw notAsAsked }
    return count
  }
}
