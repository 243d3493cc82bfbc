internal import SurveyData
internal import SurveyStatistics

extension Survey {
  /// Means of both judgements and their gap, three parameters a group.
  func estimates(
    _ numbers: [(name: String, column: NumericColumn)], by groups: [String],
    answering: [String] = [], names: [String]
  ) throws -> (estimates: Estimates, groups: [Category], accounting: Accounting) {
    let cells = try NumericCells(numbers, answering: answering, by: groups, in: self)
    guard !cells.units.isEmpty else {
      throw SurveyError(
        .noAnswer, at: names.joined(separator: ", "), "nobody gave both judgements",
        remedy: "Look at their codes and missing reasons with `vekt inspect`.")
    }
    let (a, b) = (numbers[0].column.values, numbers[1].column.values)
    var weight = Array(repeating: 0.0, count: cells.groups.count)
    var count = Array(repeating: 0, count: cells.groups.count)
    var means = Array(repeating: 0.0, count: 3 * cells.groups.count)
    for (row, cell) in cells.cellOfRow.enumerated() where cell >= 0 {
      let block = Int(cells.blocks[Int(cell)])
      let w = weights.values[row]
      weight[block] += w
      count[block] += 1
      means[3 * block] += w * a[row]
      means[3 * block + 1] += w * b[row]
    }
    for block in weight.indices {
      means[3 * block] /= weight[block]
      means[3 * block + 1] /= weight[block]
      means[3 * block + 2] = means[3 * block] - means[3 * block + 1]
    }
    let totals = try cells.unitTotals(width: 3, in: self) { row, block, u in
      u[0] = (a[row] - means[3 * block]) / weight[block]
      u[1] = (b[row] - means[3 * block + 1]) / weight[block]
      u[2] = u[0] - u[1]
    }
    let categories = cells.groups.map { positions in
      zip(cells.groupColumns, positions).map { $0.categories[$1] }
    }
    let labels = categories.flatMap { group in
      (names + ["gap"]).map {
        Estimates.Label(variable: $0, groups: group.map(\.code))
      }
    }
    let estimates = Estimates(
      labels: labels, values: means, counts: count.flatMap { [$0, $0, $0] },
      weightedCounts: weight.flatMap { [$0, $0, $0] }, totals: totals)
    return (estimates, categories.compactMap(\.first), cells.accounting)
  }

  /// The gaps as rows.
  func rows(_ estimates: Estimates, groups: [Category?], level: Double) -> [Gap.Row] {
    let odds = logOddsRatios(estimates)
    let gaps = gaps(of: estimates)
    return groups.enumerated().map { block, group in
      var row = Gap.Row(
        group: group, count: estimates.counts[3 * block], first: estimates.values[3 * block],
        second: estimates.values[3 * block + 1],
        firstError: estimates.standardErrors[3 * block],
        secondError: estimates.standardErrors[3 * block + 1],
        correlation: estimates.covariance(of: [3 * block, 3 * block + 1])[0, 1]
          / (estimates.standardErrors[3 * block] * estimates.standardErrors[3 * block + 1]),
        difference: estimates.functions(
          [gaps[block]], labels: [Estimates.Label(variable: "gap")]
        ).difference(0, level: level))
      if let odds {
        let found = estimates.functions([odds[block]], labels: [Estimates.Label(variable: "odds")])
        row.oddsRatio = Difference(
          logRatio: found.values[0],
          standardError: row.difference.standardError.isNaN ? .nan : found.standardErrors[0],
          degreesOfFreedom: found.degreesOfFreedom[0], level: level)
      }
      return row
    }
  }

  /// The gap of each group, twice over: known where both judgements and their difference are.
  func gaps(of estimates: Estimates) -> [Smooth] {
    let p = estimates.variables
    return stride(from: 0, to: p.count, by: 3).map {
      0.5 * (p[$0] - p[$0 + 1] + p[$0 + 2])
    }
  }

  /// The logarithm of each group's odds ratio of the judgements; nil where one has none.
  private func logOddsRatios(_ estimates: Estimates) -> [Smooth]? {
    let p = estimates.variables
    let isShare = p.indices.allSatisfy { $0 % 3 == 2 || (p[$0].value > 0 && p[$0].value < 1) }
    guard isShare else { return nil }
    func logOdds(_ share: Smooth) -> Smooth { (share / (1 - share)).logarithm }
    return stride(from: 0, to: p.count, by: 3).map { logOdds(p[$0]) - logOdds(p[$0 + 1]) }
  }

  /// Each group's odds ratio over the reference's.
  func oddsRatios(
    _ estimates: Estimates, groups: [Category], base: Category, counts: [Int],
    unknown: Set<String>, level: Double
  ) -> [Gap.GroupDifference] {
    guard let odds = logOddsRatios(estimates) else { return [] }
    let found = estimates.contrasts(of: odds, named: "odds", groups: groups, base: base)
    return found.groupDifferences(groups: groups, base: base, counts: counts, level: level).map {
      Gap.GroupDifference(
        group: $0.group, reference: $0.reference,
        difference: Difference(
          logRatio: $0.difference.estimate,
          standardError: unknown.isDisjoint(with: [$0.group.code, base.code])
            ? $0.difference.standardError : .nan,
          degreesOfFreedom: $0.difference.degreesOfFreedom, level: level), count: $0.count)
    }
  }
}
