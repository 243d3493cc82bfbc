internal import SurveyData
public import SurveyStatistics

extension Gap: Poolable {
  /// Combines gaps of imputed judgements by Rubin's rules, odds ratios by their logarithms; the
  /// equality of gaps is tested by D₁.
  ///
  /// - Returns: Gaps in their unit, odds ratios above 0.
  /// - Throws: ``SurveyError`` where data sets have other groups.
  public static func pooled(_ imputations: [Gap], options: EstimationOptions) throws -> Gap {
    let first = imputations[0]
    let accounting = try Accounting.pooled(imputations.map(\.accounting))
    for other in imputations
    where other.rows.map(\.group) != first.rows.map(\.group)
      || other.differences.map(\.reference) != first.differences.map(\.reference)
    {
      throw SurveyError(
        .data, at: first.equality?.by, "has other groups in some imputations",
        remedy: "List the codes in the codebook, or join groups that are rare.")
    }
    let tests = try TestResult.pooled(
      imputations.map { [$0.equality, $0.adjustedEquality].compactMap { $0 } })
    var gap = Gap(
      rows: try first.rows.indices.map { index in
        try Row(pooling: imputations.map { $0.rows[index] }, level: options.level)
      },
      differences: GroupDifference.pooled(imputations.map(\.differences), level: options.level),
      adjusted: GroupDifference.pooled(imputations.map(\.adjusted), level: options.level),
      equality: first.equality == nil ? nil : tests.first,
      adjustedEquality: first.adjustedEquality == nil ? nil : tests.last,
      accounting: accounting, notes: imputations.map(\.notes).joinedOnce)
    if imputations.allSatisfy({ $0.oddsRatios.count == first.oddsRatios.count }) {
      gap.oddsRatios = GroupDifference.pooled(
        imputations.map(\.oddsRatios), isRatio: true, level: options.level)
    }
    return gap
  }
}

extension Gap.Row {
  /// Combines the gap of a group.
  ///
  /// The gap is the difference of both judgements, which gives the covariance between them:
  /// `V(A − B) = V(A) + V(B) − 2 C(A, B)`.
  fileprivate init(pooling rows: [Self], level: Double) throws {
    func pooled(_ values: (Self) -> Double, _ errors: (Self) -> Double) -> PooledEstimate {
      PooledEstimate(
        rows.map(values), standardErrors: rows.map(errors),
        degreesOfFreedom: rows.map(\.difference.degreesOfFreedom))
    }
    let (a, b) = (pooled(\.first, \.firstError), pooled(\.second, \.secondError))
    let gap = Difference(pooling: rows.map(\.difference), level: level)
    let (va, vb) = (a.standardError * a.standardError, b.standardError * b.standardError)
    let covariance = (va + vb - gap.standardError * gap.standardError) / 2
    let product = a.standardError * b.standardError
    self.init(
      group: rows[0].group, count: rows.map(\.count).meanCount, first: a.estimate,
      second: b.estimate, firstError: a.standardError, secondError: b.standardError,
      correlation: product > 0 ? min(1, max(-1, covariance / product)) : .nan, difference: gap)
    let ratios = rows.compactMap(\.oddsRatio)
    if ratios.count == rows.count {
      oddsRatio = Difference(pooling: ratios, isRatio: true, level: level)
    }
  }
}

extension Gap.GroupDifference {
  /// Combines differences, or ratios, of the same groups.
  static func pooled(_ imputations: [[Self]], isRatio: Bool = false, level: Double) -> [Self] {
    imputations[0].indices.map { index in
      let all = imputations.map { $0[index] }
      return Self(
        group: all[0].group, reference: all[0].reference,
        difference: Difference(pooling: all.map(\.difference), isRatio: isRatio, level: level),
        count: all.map(\.count).meanCount)
    }
  }
}
