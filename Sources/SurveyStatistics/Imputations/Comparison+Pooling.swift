internal import SurveyData

extension Comparison: Poolable {
  /// Combines comparisons of imputed data: differences by Rubin's rules, ratios on the log scale,
  /// tests of several groups by D₁; p-values are adjusted after that.
  ///
  /// - Returns: Differences and ratios in their unit.
  /// - Throws: ``SurveyError`` where data sets have other answers or groups.
  public static func pooled(
    _ imputations: [Comparison], options: EstimationOptions
  ) throws -> Comparison {
    let first = imputations[0]
    let accounting = try Accounting.pooled(imputations.map(\.accounting))
    let rows = try first.rows.indices.map { index in
      let row = first.rows[index]
      let same = try imputations.map { other in
        guard other.rows.count == first.rows.count, other.rows[index].isSame(as: row) else {
          throw SurveyError(
            .data, at: first.variable.name,
            "has other answers or groups in some imputations, at '\(row.group.code)'",
            remedy: "List the codes in the codebook, or join categories that are rare.")
        }
        return other.rows[index]
      }
      return Row(
        category: row.category, stratum: row.stratum, group: row.group, reference: row.reference,
        groups: row.groups, groupEstimate: mean(same.map(\.groupEstimate)),
        referenceEstimate: mean(same.map(\.referenceEstimate)),
        difference: Difference(
          pooling: same.map(\.difference), isRatio: first.measure.isRatio, level: options.level),
        adjustedP: .nan, count: Int(mean(same.map { Double($0.count) }).rounded()))
    }
    let adjusted = Row.adjusted(rows, by: first.adjustment)
    return Comparison(
      estimand: first.estimand, variable: first.variable, groupVariables: first.groupVariables,
      withinVariable: first.withinVariable, measure: first.measure, adjustment: first.adjustment,
      rows: adjusted, tests: try TestResult.pooled(imputations.map(\.tests)),
      accounting: accounting,
      notes: first.layoutNotes
        + notes(on: adjusted, of: first.variable.name, besides: first.layoutNotes))
  }
}

extension Comparison.Row {
  fileprivate func isSame(as other: Self) -> Bool {
    category?.code == other.category?.code && stratum?.code == other.stratum?.code
      && group.code == other.group.code && reference.code == other.reference.code
      && groups.map(\.code) == other.groups.map(\.code)
  }
}

extension Trend: Poolable {
  /// Combines trends of imputed data: contrasts by Rubin's rules, tests by D₁ or t.
  ///
  /// - Returns: Contrasts in their unit.
  /// - Throws: ``SurveyError`` where data sets have other groups.
  public static func pooled(_ imputations: [Trend], options: EstimationOptions) throws -> Trend {
    let first = imputations[0]
    guard imputations.allSatisfy({ $0.rows.count == first.rows.count && $0.scores == first.scores })
    else {
      throw SurveyError(
        .data, at: first.estimand.variable, "has other groups in some imputations",
        remedy: "List the codes in the codebook, or join groups that are rare.")
    }
    return Trend(
      estimand: first.estimand,
      rows: first.rows.indices.map { index in
        let row = first.rows[index]
        return Row(
          category: row.category, stratum: row.stratum, contrast: row.contrast,
          difference: Difference(
            pooling: imputations.map(\.rows[index].difference), level: options.level),
          count: row.count)
      }, tests: try TestResult.pooled(imputations.map(\.tests)), scores: first.scores,
      notes: first.notes)
  }
}
