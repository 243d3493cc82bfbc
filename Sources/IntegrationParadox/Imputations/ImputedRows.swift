internal import SurveyData
internal import SurveyStatistics

/// The rows of the same result in several imputed data sets, row by row.
struct ImputedRows<Row> {
  /// Each row as all data sets have it.
  let rows: [[Row]]

  /// Lays rows beside each other.
  ///
  /// - Parameters:
  ///   - imputations: The rows of each data set.
  ///   - place: What the result is of, for an error.
  ///   - key: What a row is of.
  /// - Throws: ``SurveyError`` when data sets have rows of different things.
  init<Key: Equatable>(_ imputations: [[Row]], of place: String?, by key: (Row) -> Key) throws {
    let keys = imputations[0].map(key)
    if let odd = imputations.firstIndex(where: { $0.map(key) != keys }) {
      throw SurveyError(
        .data, at: place, "has other rows in imputation \(odd + 1) than in the first",
        remedy: "List the codes in the codebook, or join groups and categories that are rare.")
    }
    rows = imputations[0].indices.map { index in imputations.map { $0[index] } }
  }

  /// Makes one row of each.
  func map<Pooled>(_ pool: ([Row]) throws -> Pooled) rethrows -> [Pooled] { try rows.map(pool) }
}

extension [Int] {
  /// The rounded mean of numbers of respondents.
  var meanCount: Int { Int((Double(reduce(0, +)) / Double(count)).rounded()) }
}

extension [[Note]] {
  /// The notes of all data sets, each once.
  var joinedOnce: [Note] {
    joined().reduce(into: []) { notes, note in
      if !notes.contains(note) { notes.append(note) }
    }
  }
}
