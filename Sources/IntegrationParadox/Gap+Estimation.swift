internal import SurveyData
internal import SurveyStatistics

extension Survey {
  /// The numbers of judgements, and the survey whose rows they are of.
  func numbers(
    of judgements: [Judgement], by group: String?
  ) throws -> (survey: Survey, columns: [(name: String, column: NumericColumn)]) {
    let inputs =
      try judgements.flatMap { try $0.expression.inputs(in: dataset) }
      + [group].compactMap { $0 }.map { ($0, .codes) }
    let survey = try merged(over: inputs)
    try survey.dataset.load(inputs)
    return (
      survey,
      try judgements.map { ($0.text, try $0.expression.number(on: survey.dataset)) }
    )
  }

  /// Means of both judgements and their gap, three parameters a group.
  func estimates(
    _ numbers: [(name: String, column: NumericColumn)], by groups: [String],
    answering: [String] = [], names: [String]
  ) throws -> (estimates: Estimates, groups: [Category], accounting: Accounting) {
    let cells = try Cases(numbers, answering: answering, by: groups, in: self)
    guard !cells.units.isEmpty else {
      throw SurveyError(
        .noAnswer, at: names.joined(separator: ", "), "nobody gave both judgements",
        remedy: "Look at their codes and missing reasons with `vekt inspect`.")
    }
    let (a, b) = (numbers[0].column.values, numbers[1].column.values)
    let (means, totals) = try cells.means(width: 3) { row, _, f in
      (f[0], f[1], f[2]) = (a[row], b[row], a[row] - b[row])
    }
    let categories = cells.groups.indices.map(cells.categories)
    let labels = categories.flatMap { group in
      (names + ["gap"]).map {
        Estimates.Label(variable: $0, groups: group.map(\.code))
      }
    }
    let estimates = Estimates(
      labels: labels, values: means,
      counts: cells.bases.flatMap { repeatElement($0.count, count: 3) },
      weightedCounts: cells.bases.flatMap { repeatElement($0.weight, count: 3) }, totals: totals)
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
        correlation: correlation(3 * block, 3 * block + 1, of: estimates),
        difference: estimates.functions(
          [gaps[block]], labels: [Estimates.Label(variable: "gap")]
        ).difference(0, level: level))
      if let odds {
        row.oddsRatio = estimates.functions(
          [odds[block]], labels: [Estimates.Label(variable: "odds")]
        ).ratio(0, isKnown: !row.difference.standardError.isNaN, level: level)
      }
      return row
    }
  }

  /// The gap of each group, twice over: known where both judgements and their difference are.
  func gaps(of estimates: Estimates) -> [Combination] {
    stride(from: 0, to: estimates.count, by: 3).map {
      .number(0.5) * (.estimate($0) - .estimate($0 + 1) + .estimate($0 + 2))
    }
  }

  /// The logarithm of each group's odds ratio of the judgements; nil where one has none.
  private func logOddsRatios(_ estimates: Estimates) -> [Combination]? {
    let p = estimates.values
    // In every imputed data set, since each has its odds.
    let isShare = (estimates.imputations ?? [estimates]).allSatisfy { one in
      one.values.indices.allSatisfy {
        $0 % 3 == 2 || (one.values[$0] > 0 && one.values[$0] < 1)
      }
    }
    guard isShare else { return nil }
    func logOdds(_ share: Combination) -> Combination {
      .call(.log, share / (.number(1) - share))
    }
    return stride(from: 0, to: p.count, by: 3).map {
      logOdds(.estimate($0)) - logOdds(.estimate($0 + 1))
    }
  }

  /// Each group's odds ratio over the reference's.
  func oddsRatios(
    _ estimates: Estimates, groups: [Category], base: Category, count: (_ groups: [Int]) -> Int,
    unknown: Set<String>, level: Double
  ) -> [Gap.GroupDifference] {
    guard let odds = logOddsRatios(estimates) else { return [] }
    let found = estimates.contrasts(of: odds, named: "odds", groups: groups, base: base)
    return found.groupDifferences(
      groups: groups, base: base, count: count, level: level
    ).enumerated().map { index, row in
      Gap.GroupDifference(
        group: row.group, reference: row.reference,
        difference: found.ratio(
          index, isKnown: unknown.isDisjoint(with: [row.group.code, base.code]), level: level),
        count: row.count)
    }
  }

  private func correlation(_ a: Int, _ b: Int, of estimates: Estimates) -> Double {
    estimates.covariance(of: [a, b])[0, 1]
      / (estimates.standardErrors[a] * estimates.standardErrors[b])
  }
}
