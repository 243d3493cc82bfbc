internal import SurveyData
public import SurveyStatistics

extension Gradient: Poolable {
  /// Combines gradients of imputed data by Rubin's rules, levels and curves with intervals on the
  /// logit scale; tests are made by D₁, and one that a data set has not is left out.
  ///
  /// - Returns: Chances as 0…1, trends in log odds.
  /// - Throws: ``SurveyError`` also when a spline bends elsewhere, since its knots are quantiles.
  public static func pooled(
    _ imputations: [Gradient], options: EstimationOptions
  ) throws -> Gradient {
    let first = imputations[0]
    let accounting = try Accounting.pooled(imputations.map(\.accounting))
    func knots(_ gradient: Gradient) -> [Note] {
      gradient.notes.filter { ["paradox.knots", "paradox.tied-knots"].contains($0.id) }
    }
    if let other = imputations.first(where: { knots($0) != knots(first) }) {
      let texts = [first, other].map { knots($0).first?.text ?? "no knots" }
      throw SurveyError(
        .usage, at: knots(first).first?.place,
        "the spline bends elsewhere in some imputations: \(texts.joined(separator: "; "))",
        remedy: "Name the knots: --spline 8,12,16.")
    }
    func logit(_ share: Difference, base: Int) -> ConfidenceInterval {
      Proportion(
        share.estimate, standardError: share.standardError, base: base, kishSize: Double(base),
        degreesOfFreedom: share.degreesOfFreedom,
        isKnown: share.standardError == 0
      ).interval(.logit, level: options.level)
    }
    let rows = try ImputedRows(imputations.map(\.rows), of: first.tests.first?.variable) {
      [$0.group?.code, $0.quantity.rawValue, $0.term]
    }
    let curve = try ImputedRows(imputations.map(\.curve), of: first.tests.first?.variable) {
      [$0.group?.code, String($0.status)]
    }
    return Gradient(
      rows: rows.map { rows in
        let estimate = Difference(pooling: rows.map(\.estimate), level: options.level)
        let count = rows.map(\.count).meanCount
        return Row(
          group: rows[0].group, quantity: rows[0].quantity, term: rows[0].term, count: count,
          estimate: estimate,
          interval: rows[0].quantity == .level ? logit(estimate, base: count) : estimate.interval)
      }, tests: try TestResult.pooled(imputations.map(\.tests), leavingOutOthers: true),
      curve: curve.map { points in
        let chance = Difference(pooling: points.map(\.estimate), level: options.level)
        return Point(
          group: points[0].group, status: points[0].status, estimate: chance,
          interval: logit(chance, base: accounting.used))
      }, levels: first.levels, accounting: accounting,
      notes: imputations.map(\.notes).joinedOnce)
  }
}
