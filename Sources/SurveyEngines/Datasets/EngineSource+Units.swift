internal import SurveyData
internal import SurveyReaders

/// How many people a query saw in each sampling unit.
struct UnitCounts: Sendable {
  /// The columns that the query was by.
  let query: [String]
  /// The people, by the values of the columns of units.
  let people: [[String]: Int]
}

extension EngineSource {
  /// Stops where a later query sees other units, or other people in them, than the first one by the same design.
  /// - Throws: ``SurveyError`` of kind data that says which query saw which.
  func requireSameUnits(_ cells: RawCells, _ question: CellQuestion) throws {
    let units = question.units
    guard !units.isEmpty else { return }
    let columns = units.compactMap { name in cells.keys.first { $0.name == name }?.values }
    guard columns.count == units.count else { return }
    var people: [[String]: Int] = [:]
    for (cell, count) in cells.sums.people.enumerated() {
      people[columns.map { $0.text(of: cell) }, default: 0] += count
    }
    let now = UnitCounts(query: cells.keys.map(\.name), people: people)
    let first = known.rosters.withLock { rosters in
      let first = rosters[units] ?? now
      rosters[units] = first
      return first
    }
    let changed = Set(first.people.keys).union(people.keys).filter {
      first.people[$0] != people[$0]
    }
    guard
      let unit = changed.min(by: { $0.lexicographicallyPrecedes($1) })
    else { return }
    let name = zip(units, unit).map { "\($0) \($1)" }.joined(separator: ", ")
    func said(_ counts: UnitCounts) -> String {
      "the query by \(counts.query.joined(separator: ", ")) saw \(counts.people[unit] ?? 0)"
    }
    throw SurveyError(
      .data, at: place,
      "the table changes while it is read: of the people of \(name), \(said(first)), and \(said(now))",
      remedy: "Run it again, on a copy or a snapshot.")
  }
}

extension RawCells.Values {
  /// A value as it is shown.
  fileprivate func text(of row: Int) -> String {
    switch self {
    case .texts(let texts): texts[row]
    case .numbers(let numbers): numbers[row].isNaN ? "" : canonicalCode(numbers[row])
    case .integers(let numbers): numbers[row].map(String.init) ?? ""
    }
  }
}
