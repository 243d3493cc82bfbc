internal import SurveyData
internal import SurveyReaders

/// How many people a query saw, by the values of some columns.
struct PeopleSeen: Sendable {
  /// The columns that the query was by.
  let query: [String]
  /// The people, by the values.
  let people: [[String]: Int]
}

extension EngineSource {
  /// The most different values of a column that are remembered for later queries.
  private static let mostRemembered = 1000

  /// Stops where a query sees other people than an earlier one: in a sampling unit, or with an answer to what both asked.
  /// - Throws: ``SurveyError`` of kind data that says which query saw which.
  func requireSamePeople(
    _ cells: RawCells, by keys: [CellQuery.Key], units: [String]
  ) throws {
    let ranks = cells.keys.map(\.values.ranks)
    var shared = keys.indices.filter { ranks[$0].count <= Self.mostRemembered }.map { [$0] }
    let places = units.compactMap { name in keys.firstIndex { $0.name == name } }
    if !places.isEmpty, places.count == units.count, !shared.contains(places) {
      shared.append(places)
    }
    for columns in shared {
      try requireSame(PeopleSeen(cells, by: columns, ranks), by: columns.map { keys[$0] })
    }
  }

  private func requireSame(_ now: PeopleSeen, by keys: [CellQuery.Key]) throws {
    let first = known.seen.withLock { seen in
      let first = seen[keys] ?? now
      seen[keys] = first
      return first
    }
    let changed = Set(first.people.keys).union(now.people.keys).filter {
      first.people[$0] != now.people[$0]
    }
    guard let values = changed.min(by: { $0.lexicographicallyPrecedes($1) }) else { return }
    let name = zip(keys, values).map { "\($0.name) \($1)" }.joined(separator: ", ")
    func said(_ seen: PeopleSeen) -> String {
      "the query by \(seen.query.joined(separator: ", ")) saw \(seen.people[values] ?? 0)"
    }
    throw SurveyError(
      .data, at: place,
      "the table changes while it is read: of the people of \(name), \(said(first)), and \(said(now))",
      remedy: "Run it again, on a copy or a snapshot.")
  }
}

extension PeopleSeen {
  fileprivate init(_ cells: RawCells, by columns: [Int], _ ranks: [Ranks]) {
    let together = columns.dropFirst().reduce(ranks[columns[0]]) { $0.crossed(with: ranks[$1]) }
    var counts = Array(repeating: 0, count: together.count)
    var examples: [Int?] = Array(repeating: nil, count: together.count)
    for (cell, rank) in together.ofPlace.enumerated() {
      counts[rank] += cells.sums.people[cell]
      examples[rank] = cell
    }
    let values = zip(examples, counts).compactMap { cell, count in
      cell.map { cell in (columns.map { cells.keys[$0].values.text(of: cell) }, count) }
    }
    self.init(
      query: cells.keys.map(\.name), people: Dictionary(values, uniquingKeysWith: +))
  }
}
