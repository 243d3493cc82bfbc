package import SurveyData
internal import SurveyStatistics

/// The rows with those of groups in which nobody is, in the groups' order.
///
/// - Parameter run: What neighbouring rows share that differ by the group only.
private func filled<Row>(
  _ rows: [Row], with groups: [Category], group: (Row) -> Category?, run: (Row, Row) -> Bool,
  empty: (Row, Category) -> Row
) -> [Row] {
  var filled: [Row] = []
  var rest = rows[...]
  while let first = rest.first {
    let own = rest.prefix { run($0, first) }
    rest = rest.dropFirst(own.count)
    let sample = own.filter { group($0) == group(first) }
    filled += groups.flatMap { wanted in
      let found = own.filter { group($0)?.code == wanted.code }
      return found.isEmpty ? sample.map { empty($0, wanted) } : found
    }
  }
  return filled
}

extension MarginalEffects {
  /// The same with every group in which somebody may be; those of nobody have n 0 and no number.
  package func with(_ groups: [Category]) -> MarginalEffects {
    var effects = self
    effects.rows = filled(
      rows, with: groups, group: \.place.group,
      run: {
        $0.term == $1.term && $0.contrast == $1.contrast && $0.place.answers == $1.place.answers
      },
      empty: { row, group in
        Row(
          variable: row.variable, category: row.category, reference: row.reference,
          place: Place(answers: row.place.answers, group: group), outcome: row.outcome, count: 0,
          difference: Difference(.nan, standardError: .nan, degreesOfFreedom: .nan, level: 0.95))
      })
    return effects
  }
}

extension Predictions {
  /// The same with every group in which somebody may be; those of nobody have n 0 and no number.
  package func with(_ groups: [Category]) -> Predictions {
    var predictions = self
    predictions.rows = filled(
      rows, with: groups, group: \.group, run: { $0.answers == $1.answers },
      empty: { row, group in
        Row(
          answers: row.answers, group: group, outcome: row.outcome, count: 0, estimate: .nan,
          standardError: .nan, degreesOfFreedom: .nan,
          interval: ConfidenceInterval(low: .nan, high: .nan), missingInformation: nil)
      })
    return predictions
  }
}
