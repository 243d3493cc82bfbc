internal import SurveyData

extension Survey {
  /// The totals of the columns that another sample is fitted by, as this survey estimates them, with
  /// their covariance by its design.
  ///
  /// - Throws: ``SurveyError`` for a variable that is not here, or not answered by somebody who has a weight.
  /// - Complexity: O(rows × columns).
  func estimatedTotals(like other: CalibrationFrame) throws -> PopulationTotals {
    let name = dataset.source.facts.path
    do {
      let frame = try CalibrationFrame(
        terms: other.terms, hasAll: other.hasAll, in: dataset, weights: weights.values)
      let cases = try Cases(
        [], answering: other.terms.flatMap(\.factors), by: [], in: self)
      let totals = try cases.totals(width: frame.columns.count) { row, _, u in
        for k in u.indices { u[k] = 0 }
        guard frame.patternOfRow[row] >= 0 else { return }
        for entry in frame.patterns[Int(frame.patternOfRow[row])] {
          u[Int(entry.column)] = entry.value
        }
      }
      let covariance = totals.covariance()
      let values = frame.totals(of: frame.sums(weights.values))
      return PopulationTotals(
        zip(frame.columns, values).map { .init($0.variable, $0.category, $1, place: name) },
        name: name,
        covariance: values.indices.map { i in values.indices.map { covariance[i, $0] } })
    } catch let error as SurveyError where error.place?.hasPrefix("row ") == true {
      throw error.located(at: name)
    }
  }
}
