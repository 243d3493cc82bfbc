internal import SurveyData

extension EngineSource {
  /// How far off an engine's reckoning may be.
  static let approximately = 1.1

  /// About how many cells there would be, where the engine reckons it without making them; nil where it does not.
  ///
  /// - Complexity: One pass over the table, a tenth of what grouping by everybody's own answers takes.
  func foreseen(_ query: CellQuery) throws -> Double? {
    guard !query.keys.isEmpty, let sql = session.writer.approximateCells(query.keys) else {
      return nil
    }
    let many = try session.result(of: sql).columns.first?.values.asNumbers.first
    if let many, many > Self.approximately * Double(query.limit) {
      known.foreseen.withLock { $0[query.keys.map(\.name)] = many }
    }
    return many
  }
}
