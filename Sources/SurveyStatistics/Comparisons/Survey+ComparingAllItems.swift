package import SurveyData

extension Survey {
  /// Compares every two of several items that the same people were asked.
  ///
  /// Each pair is compared among those who answered both, so that the error of its difference knows how
  /// the two go together; p-values are adjusted for all pairs of one answer.
  ///
  /// - Parameters:
  ///   - first: What is estimated of the first item, and likewise of the others.
  ///   - items: The names of the items, at least two.
  ///   - question: What they are together, such as a group of the codebook.
  ///   - measure: Difference, ratio or odds ratio.
  ///   - adjustment: How p-values are adjusted.
  ///   - options: The confidence level.
  /// - Returns: A row a pair and answer, whose sides are the items, in the order of the items.
  /// - Throws: As ``compare(_:with:by:measure:adjustment:options:)``, and for more than 40 items.
  /// - Complexity: O(rows × answers² × items²).
  /// - SeeAlso: Holm (1979), Scandinavian Journal of Statistics 6, for the adjustment.
  package func compare(
    _ first: Estimand, among items: [String], as question: Variable,
    measure: ComparisonMeasure = .difference, adjustment: Adjustment = .holm,
    options: EstimationOptions = EstimationOptions()
  ) throws -> Comparison {
    guard items.count <= 40 else {
      throw SurveyError(
        .usage,
        "every two of \(items.count) items are \(items.count * (items.count - 1) / 2) "
          + "comparisons, and at most 40 items are compared",
        remedy: "Name fewer, or compare groups: --by GROUP.")
    }
    var rows: [Comparison.Row] = []
    var pairs: [(name: String, comparison: Comparison)] = []
    for (place, item) in items.enumerated() {
      for other in items[(place + 1)...] {
        let pair = try compare(
          first.of(item), with: other, measure: measure, adjustment: .none, options: options)
        rows += pair.rows
        pairs.append(("\(item), \(other)", pair))
      }
    }
    for answer in Dictionary(grouping: rows.indices, by: { rows[$0].category }).values {
      let adjusted = adjustment.adjusted(answer.map { rows[$0].difference.pValue })
      for (index, p) in zip(answer, adjusted) { rows[index].adjustedP = p }
    }
    var comparison = Comparison(
      estimand: first, variable: question, groupVariables: [], withinVariable: nil,
      measure: measure, adjustment: adjustment, rows: rows,
      tests: pairs.flatMap(\.comparison.tests), accounting: pairs[0].comparison.accounting,
      notes: pairs.flatMap(\.comparison.notes))
    comparison.accounts = pairs.map { ($0.name, $0.comparison.accounting) }
    return comparison
  }
}
