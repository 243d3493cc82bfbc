internal import SurveyData
internal import SurveyNumerics

extension Survey {
  /// Compares two items that the same people were asked.
  ///
  /// Only those who answered both count. Both estimates rest on the same rows, so that their
  /// influences are `(a − ā) ∕ Σ w` and `(b − b̄) ∕ Σ w` of the same person, and the error knows
  /// how the two go together. The difference of two medians, linearized by Woodruff's density, is
  /// not the median of the differences.
  ///
  /// - Parameters:
  ///   - first: What is estimated of the first item: shares, a mean, a median or a total.
  ///   - second: The name of the second item, answered on the same scale.
  ///   - groups: The names of variables whose combinations make groups, each compared for itself.
  ///   - measure: Difference, ratio or odds ratio.
  ///   - adjustment: How p-values are adjusted for the groups of one answer.
  ///   - options: The confidence level.
  /// - Returns: Rows whose sides are the items: differences of shares −1…1, of numbers in their
  ///   unit, ratios above 0; tests of the whole distribution for shares of more than two answers.
  /// - Throws: ``SurveyError`` for an unknown name or code, or when nobody answered both.
  /// - Complexity: O(rows × answers²).
  /// - Note: Agrees with `svymean(~I(a - b), design)` of R's survey 4.1 on the design's degrees of
  ///   freedom, which all differences have; `svyttest(I(a - b) ~ 0, design)` takes one less.
  /// - SeeAlso: Binder (1983), International Statistical Review 51; Francisco and Fuller (1991),
  ///   Annals of Statistics 19, for medians.
  public func compare(
    _ first: Estimand, with second: String, by groups: [String] = [],
    measure: ComparisonMeasure = .difference, adjustment: Adjustment = .holm,
    options: EstimationOptions = EstimationOptions()
  ) throws -> Comparison {
    try measure.check(first.statistic, of: first.variable)
    let names = [first.variable, second]
    guard first.variable != second else {
      throw SurveyError(.usage, at: second, "is compared with itself", remedy: "Name two items.")
    }
    let view = first.statistic == .share ? ColumnView.codes : .numbers
    let inputs = groups.map { (name: $0, view: ColumnView.codes) } + names.map { ($0, view) }
    let found = try findings { survey in
      try survey.itemEstimates(first, names, inputs: inputs, by: groups, options: options)
    }
    let accounting = try found.accounting(\.accounting)
    let estimates = try found.estimates(\.estimates)
    let (answers, offered) = (found.first.answers, found.first.offered)
    let (categories, width) = (found.first.categories, found.first.width)
    let counts = found.counts { $0.bases.map(\.count) }
    // An answer that an item does not offer is not given, which is known.
    func isKnown(_ group: Int, _ answer: Int) -> Bool {
      (0...1).allSatisfy { item in
        !estimates.standardErrors[group * width + 2 * answer + item].isNaN
          || answers[answer].map { !offered[item].contains($0.code) } ?? false
      }
    }
    let shares =
      first.statistic == .share && !isImputed
      ? ShareIntervals(
        estimates, bases: found.first.bases.flatMap { repeatElement($0, count: width) },
        options: options)
      : nil
    var rows: [Comparison.Row] = []
    var tests: [TestResult] = []
    for (group, inside) in categories.enumerated() {
      for (place, answer) in answers.enumerated() {
        rows.append(
          Comparison.Row(
            measure, of: estimates, (group * width + 2 * place, group * width + 2 * place + 1),
            sides: (.item(names[0]), .item(names[1])), answer: answer, stratum: nil,
            groups: inside, count: counts[group], level: options.level, shares: shares,
            isKnown: isKnown(group, place)))
      }
      guard answers.count > 2 else { continue }
      tests += Self.sameAnswers(
        answers.indices.allSatisfy { isKnown(group, $0) } ? estimates : nil, from: group * width,
        answers: answers.count, names: names, by: groups,
        term: zip(groups, inside).map { "\($0)=\($1.code)" }.joined(separator: ":"))
    }
    rows += Comparison.Row.empty(
      found.first.absent, like: rows.prefix { $0.groups == rows[0].groups })
    rows = Comparison.Row.adjusted(rows, by: adjustment)
    return Comparison(
      estimand: first, variable: try dataset.variable(first.variable),
      groupVariables: try groups.map { try dataset.variable($0) }, withinVariable: nil,
      measure: measure, adjustment: adjustment, rows: rows, tests: tests,
      accounting: accounting, notes: Comparison.notes(on: rows, of: first.variable))
  }

  /// Both items' numbers in one data set, group after group.
  private func itemEstimates(
    _ first: Estimand, _ names: [String], inputs: [(name: String, view: ColumnView)],
    by groups: [String], options: EstimationOptions
  ) throws -> ItemEstimates {
    let survey = try options.quantileRule.isInterpolating ? self : merged(over: inputs)
    try survey.dataset.load(inputs)
    let (answers, numbers) = try survey.items(names, first)
    let cells = try Cases(numbers, by: groups, in: survey)
    let frames = numbers.map { number in
      NumericFrame(
        survey: survey, cells: cells, name: number.name, values: number.column.values,
        options: options)
    }
    guard !cells.units.isEmpty else {
      throw SurveyError(
        .noAnswer, at: names.joined(separator: ", "), "nobody answered both",
        remedy: "Look at their codes and missing reasons with `vekt inspect`.")
    }
    let singles = cells.groups.indices.map { [$0] }
    let statistics = try frames.map {
      try $0.statistic(first.statistic, in: singles)
    }
    let width = numbers.count
    func byGroup(_ values: (_ item: Int) -> [Double]) -> [Double] {
      let items = (0..<width).map(values)
      return cells.groups.indices.flatMap { group in items.map { $0[group] } }
    }
    let made = statistics.compactMap(\.replicates)
    let totals =
      try cells.replicates.map { replicates in
        cells.totals(
          of: byGroup { statistics[$0].values },
          (0..<replicates.count).map { r in byGroup { made[$0][r] } }, width: width, of: replicates)
      }
      ?? cells.totals(width: width) { row, block, u in
        for k in 0..<width { u[k] = statistics[k].influence(row, block) }
      }
    let categories = cells.groups.indices.map(cells.categories)
    let bases = frames[0].bases
    return ItemEstimates(
      answers: answers,
      offered: try names.map { name in
        first.statistic == .share
          ? Set(try survey.dataset.categorical(name).keeping(first.kept).categories.map(\.code))
          : []
      }, categories: categories, absent: cells.absentGroups, width: width, bases: bases,
      estimates: Estimates(
        labels: categories.flatMap { group in
          numbers.map { Estimates.Label(variable: $0.name, groups: group.map(\.code)) }
        },
        values: categories.indices.flatMap { group in statistics.map { $0.values[group] } },
        counts: bases.flatMap { repeatElement($0.count, count: width) },
        weightedCounts: bases.flatMap { repeatElement($0.weight, count: width) }, totals: totals,
        sum: statistics[0].sum, ofCells: true), accounting: cells.accounting)
  }

  /// The answers that are compared, and for each the first item's number, then the second's.
  private func items(
    _ names: [String], _ estimand: Estimand
  ) throws -> (answers: [Category?], numbers: [(name: String, column: NumericColumn)]) {
    guard estimand.statistic == .share else {
      return ([nil], try names.map { ($0, try dataset.numeric($0)) })
    }
    let columns = try names.map {
      try dataset.categorical($0).keeping(estimand.kept).netting(estimand.counted)
    }
    let codes = columns.map { Set($0.categories.map(\.code)) }
    var answers =
      columns[0].categories + columns[1].categories.filter { !codes[0].contains($0.code) }
    let common = codes[0].intersection(codes[1])
    guard !common.isEmpty else {
      throw SurveyError(
        .usage, at: names.joined(separator: ", "), "have no answer in common",
        remedy: "Two items are compared that have the same answers; compare means by "
          + "--statistic mean.")
    }
    if let code = estimand.answer {
      guard let answer = answers.first(where: { $0.code == code }) else {
        throw SurveyError(
          .usage, at: names[0],
          "has no answer '\(code)' among \(answers.listedInQuotes)",
          remedy: answers.suggestion(for: code))
      }
      answers = [answer]
    }
    // Every answer of either item is a number of its own for every row.
    guard answers.count <= 300 else {
      throw SurveyError(
        .usage, at: names.joined(separator: ", "),
        "have \(answers.count) different answers, and at most 300 are compared",
        remedy: "Compare means by --statistic mean, or one answer by --answer.")
    }
    return (
      answers,
      answers.flatMap { answer in
        zip(names, columns).map { name, column in
          let position = column.categories.firstIndex { $0.code == answer.code }
          return (name, column.numbers { $0 == position ? 1 : 0 })
        }
      }
    )
  }

  /// The Wald F that both items have the same distribution; without a statistic where nothing is
  /// known of the variance of an answer.
  private static func sameAnswers(
    _ estimates: Estimates?, from start: Int, answers: Int, names: [String], by: [String],
    term: String
  ) -> [TestResult] {
    let (variable, by) = (names.joined(separator: ","), by.joined(separator: ","))
    guard let estimates else {
      return [
        TestResult(
          test: "wald", variable: variable, by: by, term: term, statistic: .nan,
          df1: Double(answers - 1), df2: .nan, pValue: .nan)
      ]
    }
    var map = Matrix(rows: answers - 1, columns: 2 * answers)
    for row in 0..<answers - 1 {
      map[row, 2 * row + 2] = 1
      map[row, 2 * row + 3] = -1
    }
    return [
      estimates.waldTest(
        "wald", variable: variable, by: by, term: term, of: map,
        Array(start..<start + 2 * answers))
    ]
  }
}

/// What one data set has of two items.
private struct ItemEstimates {
  let answers: [Category?]
  /// The codes that each item offers.
  let offered: [Set<String>]
  let categories: [[Category]]
  let absent: [AbsentGroup]
  let width: Int
  let bases: [Base]
  let estimates: Estimates
  let accounting: Accounting
}
