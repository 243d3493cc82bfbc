public import SurveyData
internal import SurveyNumerics

/// A test that compares the ranks of groups, not their numbers.
public enum RankTest: String, CaseIterable, Sendable {
  /// The ranks themselves: Wilcoxon, Mann and Whitney; the same as `kruskal-wallis`.
  case wilcoxon
  /// The ranks themselves, for any number of groups.
  case kruskalWallis = "kruskal-wallis"
  /// Normal quantiles of the ranks.
  case vanDerWaerden = "van-der-waerden"
  /// Whether a rank is above the middle.
  case median

  /// The score of a rank between 0 and 1.
  func score(_ rank: Double) -> Double {
    switch self {
    case .wilcoxon, .kruskalWallis: rank
    case .vanDerWaerden: Distribution.normal.quantile(rank)
    case .median: rank > 0.5 ? 1 : 0
    }
  }
}

/// How equal numbers are ranked.
public enum TieRule: String, CaseIterable, Sendable {
  /// The middle of the weight that they share, whatever the order of the rows; the default.
  case middle
  /// The mean of the ranks that they have in the order of the file, as R's survey ranks them. With
  /// unequal weights the order of the rows then matters a little.
  case file
}

/// What a rank test found.
public struct RankTestResult: Sendable {
  /// The test: t for two groups, otherwise F.
  public let test: TestResult
  /// The mean score of every group, with their covariance: ranks as 0…1, shares above the middle as
  /// 0…1, normal quantiles of any sign.
  public let scores: Estimates
  /// The groups, in the order of the scores.
  public let groups: [Category]
  /// The category of another variable within which the groups are compared; nil when in none.
  public let stratum: Category?
  /// Where every row of the file went.
  public let accounting: Accounting
}

extension Survey {
  /// Tests that a number or an ordered answer has the same ranks in all groups.
  ///
  /// A row's rank is the share of the weight below it, and half of its own: `r = (S − w∕2) ∕ Σ w`.
  /// The mean scores `a(r)` of the groups are compared as means are, scores taken as given: by t
  /// with one degree of freedom less than the design's for two groups, otherwise by `F = dᵀV⁻¹d ∕
  /// (k − 1)` on `k − 1` and `ν − (k − 1)`.
  ///
  /// The influence of a mean score is `(a(r) − ā) ∕ Σ_g w`; that the ranks are estimated too is
  /// left out, as Lumley and Scott do. It compares ranks, not means or medians.
  ///
  /// - Parameters:
  ///   - test: The scores.
  ///   - variable: A number, or a variable whose answers are ordered.
  ///   - group: The group variable's name.
  ///   - ties: How equal numbers are ranked.
  ///   - options: The confidence level.
  /// - Returns: t with its sign, the second group minus the first, and `df1`; of more groups F, at
  ///   least 0, on `df1` and `df2`; NaN where the variance is unknown.
  /// - Throws: ``SurveyError`` for unordered text, one group, an empty base.
  /// - Complexity: O(rows × log rows).
  /// - Note: Agrees with `svyranktest(x ~ g, design, test = …)` of R's survey 4.5, with unequal
  ///   weights and equal numbers when `ties` is `file`. R names the statistic of more than two
  ///   groups a χ²; it is `(k − 1)·F`.
  /// - SeeAlso: Lumley and Scott (2013), Biometrika 100, 831–842.
  public func rankTest(
    _ test: RankTest = .wilcoxon, of variable: String, across group: String,
    ties: TieRule = .middle, options: EstimationOptions = EstimationOptions()
  ) throws -> RankTestResult {
    if ties == .file {
      let (what, remedy) = ("ranking ties in the order of the file", "Write --ties middle.")
      try requirePeople(for: what, remedy: remedy)
      try dataset.requireOrder(for: what, remedy: remedy)
    }
    return try rankTest(test, of: variable, across: group, ties: ties, options: options, in: nil)
  }

  /// The rank test, in a category of another variable where there is one.
  func rankTest(
    _ test: RankTest, of variable: String, across group: String, ties: TieRule,
    options: EstimationOptions, in stratum: (variable: String, category: Category)?
  ) throws -> RankTestResult {
    let found = try findings { survey in
      try survey.meanScores(test, of: variable, across: group, ties: ties, options: options)
    }
    let accounting = try found.accounting(\.accounting)
    let scores = try found.estimates(\.scores)
    let count = scores.count
    var map = Matrix(rows: count - 1, columns: count)
    for row in 0..<count - 1 { (map[row, 0], map[row, row + 1]) = (-1, 1) }
    // The groups cost degrees of freedom once: in ν, not in the rank of their covariance.
    let contrasts = scores.inEach { one in
      one.combined(
        map, labels: (1..<count).map { Estimates.Label(variable: variable, category: "\($0)") }
      ).on(degreesOfFreedom: one.degreesOfFreedom(of: Array(0..<count)) - Double(count - 1))
    }
    let term = stratum.map { "\($0.variable)=\($0.category.code)" } ?? ""
    return RankTestResult(
      test: count == 2
        ? TestResult(
          test.rawValue, of: contrasts.difference(0, level: options.level), variable: variable,
          by: group, term: term)
        : contrasts.waldTest(test.rawValue, variable: variable, by: group, term: term),
      scores: scores, groups: found.first.groups, stratum: stratum?.category,
      accounting: accounting)
  }

  /// The mean scores of the groups in one data set.
  private func meanScores(
    _ test: RankTest, of variable: String, across group: String, ties: TieRule,
    options: EstimationOptions
  ) throws -> (scores: Estimates, groups: [Category], accounting: Accounting) {
    let inputs = try [(name: group, view: ColumnView.codes)] + orderedInputs(variable)
    let survey = try ties == .file ? self : merged(over: inputs)
    try survey.dataset.load(inputs)
    let number = try survey.orderedNumbers(variable)
    let cells = try Cases([(variable, number)], by: [group], in: survey)
    let frame = NumericFrame(
      survey: survey, cells: cells, name: variable,
      values: cells.scores(test, of: number.values, ties: ties), options: options)
    try frame.requireSomebody()
    let count = cells.groups.count
    guard count > 1 else {
      throw SurveyError(
        .noAnswer, at: group, "a rank test needs two groups, and there is \(count)")
    }
    try TableSize.check(testedGroups: count, at: group)
    return (
      try frame.estimates(frame.means(in: cells.groups.indices.map { [$0] })),
      cells.groups.indices.map { cells.categories($0)[0] }, cells.accounting
    )
  }

  /// A number, or the places of ordered answers.
  func orderedNumbers(_ name: String) throws -> NumericColumn {
    try orderedInputs(name)[0].view == .numbers
      ? dataset.numeric(name) : dataset.categorical(name).numbers { Double($0) }
  }

  /// The view in which a variable has ranks.
  private func orderedInputs(_ name: String) throws -> [(name: String, view: ColumnView)] {
    let variable = try dataset.variable(name)
    let isText =
      variable.type == .text || variable.categories.contains { $0.number == nil }
    guard isText else { return [(name, .numbers)] }
    guard variable.measure == .ordinal else {
      throw SurveyError(
        .usage, at: name, "its answers have no order, so they have no ranks",
        remedy:
          "Say `measure: ordinal` in the codebook if they have one, or test independence with "
          + "`vekt tabulate --test`.")
    }
    return [(name, .codes)]
  }
}

extension Cases {
  /// The score of every row that counts; 0 for the others.
  fileprivate func scores(_ test: RankTest, of values: [Double], ties: TieRule) -> [Double] {
    let rows = rows
    let people = weighted({ values[$0] }, where: { _ in true })
    let order = people.indices.sorted { (people[$0].value, $0) < (people[$1].value, $1) }
    let total = order.reduce(0) { $0 + people[$1].weight }
    var scores = Array(repeating: 0.0, count: values.count)
    var start = 0
    var before = 0.0
    while start < order.count {
      var end = start
      var sum = before
      var ranks = 0.0
      while end < order.count, people[order[end]].value == people[order[start]].value {
        let weight = people[order[end]].weight
        sum += weight
        ranks += sum - weight / 2
        end += 1
      }
      let rank = ties == .file ? ranks / Double(end - start) : (before + sum) / 2
      let score = test.score(rank / total)
      for place in start..<end { scores[Int(rows[order[place]])] = score }
      (start, before) = (end, sum)
    }
    return scores
  }
}
