internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

/// The shares of the four types of two judgements in one data set, group by group.
struct TypeShares {
  let cells: Cases
  /// Four shares a group: both, only A, only B, neither.
  let estimates: Estimates
  let notes: [Note]
  private let types: (Int) -> Int

  init(_ cells: Cases, notes: [Note], types: @escaping (Int) -> Int) throws {
    let counts = cells.counts(types, size: 4)
    let (shares, totals) = try cells.means(width: 4) { row, _, f in
      let type = types(row)
      for k in 0..<4 { f[k] = k == type ? 1 : 0 }
    }
    let weights = cells.bases.map(\.weight)
    let groups = cells.categories
    estimates = Estimates(
      labels: shares.indices.map { place in
        Estimates.Label(
          variable: Self.names[place % 4], groups: groups.isEmpty ? [] : [groups[place / 4].code])
      }, values: shares, counts: counts.flatMap { $0 },
      weightedCounts: shares.indices.map { shares[$0] * weights[$0 / 4] }, totals: totals,
      ofCells: true)
    self.cells = cells
    self.notes = notes
    self.types = types
  }

  private static let names = ["p11", "p10", "p01", "p00"]

  /// The respondents of every type in every group.
  var counts: [[Int]] {
    stride(from: 0, to: estimates.count, by: 4).map { Array(estimates.counts[$0..<$0 + 4]) }
  }

  /// Rao and Scott's test that only A is as frequent as only B; nil where nobody gave only one.
  func raoScott(_ block: Int, variable: String, by: String, term: String) -> TestResult? {
    let p = (0..<4).map { Combination.estimate(4 * block + $0) }
    let discordant = estimates.values[4 * block + 1] + estimates.values[4 * block + 2]
    guard discordant > 0 else { return nil }
    let made = estimates.functions(
      [p[0] + p[1], p[0] + p[2], p[1] - p[2]],
      labels: ["a", "b", "gap"].map { Estimates.Label(variable: $0) })
    let isKnown = !made.standardErrors[0].isNaN && !made.standardErrors[1].isNaN
    let (difference, error) = (made.values[2], isKnown ? made.standardErrors[2] : .nan)
    let n = Double(counts[block].reduce(0, +))
    let effect = n * error * error / (discordant - difference * difference)
    let square = n * difference * difference / discordant
    let df = made.degreesOfFreedom[2]
    let f = effect > 0 ? square / effect : .nan
    return TestResult(
      test: "rao-scott", variable: variable, by: by, term: term, statistic: f, df1: 1, df2: df,
      pValue: Distribution.f(numerator: 1, denominator: df).upperTail(f))
  }

  /// The second-order F that the types are independent of the groups; nil where only one type is.
  func independence(
    variable: String, by: String, degreesOfFreedom df: Double
  ) throws -> TestResult? {
    let (counts, weights) = (counts, cells.bases.map(\.weight))
    let used = (0..<4).filter { type in counts.contains { $0[type] > 0 } }
    let present = counts.indices.filter { counts[$0].contains { $0 > 0 } }
    guard used.count > 1, present.count > 1 else { return nil }
    let total = weights.reduce(0, +)
    let width = present.count * used.count
    let shares = (0..<width).map { place in
      let (group, type) = place.quotientAndRemainder(dividingBy: used.count)
      return estimates.weightedCounts[4 * present[group] + used[type]] / total
    }
    let table = try CellShares(
      shares,
      covariance: try sharesCovariance(
        shares, of: present.flatMap { group in used.map { 4 * group + $0 } }, total),
      rows: present.count, columns: used.count, respondents: cells.accounting.used,
      degreesOfFreedom: df, place: variable)
    let found = try table.raoScott()
    return TestResult(
      test: "typology", variable: variable, by: by, statistic: found.statistic, df1: found.df1,
      df2: found.df2, pValue: found.pValue)
  }

  /// The covariance of shares of all.
  ///
  /// A share's influence is `(1[cell] − p) ∕ Σ w`. The first part touches one group alone, so that its
  /// covariance `C` is made group by group; with `s = C 1` the whole is `C − p sᵀ − s pᵀ + (1ᵀs) p pᵀ`.
  private func sharesCovariance(
    _ shares: [Double], of places: [Int], _ total: Double
  ) throws -> Matrix {
    if let made = cells.covariance(ofShares: places, types: 4, types) { return made }
    let all = try cells.totals(width: 4) { row, _, u in
      for k in 0..<4 { u[k] = 0 }
      u[types(row)] = 1 / total
    }.covariance()
    var covariance = Matrix(places.map { row in places.map { all[row, $0] } })
    let sums = shares.indices.map { row in shares.indices.reduce(0) { $0 + covariance[row, $1] } }
    let sum = sums.reduce(0, +)
    for i in shares.indices {
      for j in shares.indices {
        covariance[i, j] += shares[i] * shares[j] * sum - shares[i] * sums[j] - sums[i] * shares[j]
      }
    }
    return covariance
  }
}

/// The shares of the four types of two judgements, group by group.
struct Typology {
  /// Four shares a group: both, only A, only B, neither.
  let estimates: Estimates
  let groups: [Category]
  private let found: Findings<TypeShares>
  private let counts: [[Int]]

  init(_ found: Findings<TypeShares>) throws {
    self.found = found
    estimates = try found.estimates(\.estimates)
    groups = found.first.cells.categories
    counts = stride(from: 0, to: estimates.count, by: 4).map { [estimates] in
      Array(estimates.counts[$0..<$0 + 4])
    }
  }

  /// The respondents of every group.
  var respondents: [Int] { counts.indices.map { count(of: [$0]) } }

  /// The respondents of several groups together.
  func count(of groups: [Int]) -> Int {
    estimates.people(of: groups.flatMap { 4 * $0..<4 * $0 + 4 })
  }

  /// Whether somebody gave only A, and somebody only B, in every data set.
  private func hasBoth(_ block: Int) -> Bool {
    found.each.allSatisfy { $0.counts[block][1] > 0 && $0.counts[block][2] > 0 }
  }

  /// Where nobody gives only one of the judgements, so that there is no `ln(p10 ∕ p01)`.
  ///
  /// - Parameter group: The group variable; nil for all.
  func notes(of group: String?, variable: String) -> [Note] {
    counts.indices.filter {
      (counts[$0][1] == 0 || counts[$0][2] == 0) && counts[$0].reduce(0, +) > 1
    }.map { block in
      let missing = counts[block][1] == 0 ? (counts[block][2] == 0 ? "A or only B" : "A") : "B"
      let code = group.map { _ in groups[block].code }
      return Note(
        .information, id: "paradox.no-ratio",
        "nobody\(code.map { " in '\($0)'" } ?? "") gives only \(missing), so that ln(p10 ∕ p01) has no "
          + "value there", naming: [missing, code ?? ""], at: group ?? variable)
    }
  }

  /// The share of not-B among A, of every group.
  var shareAmongFirst: [Combination] {
    groups.indices.map {
      .estimate(4 * $0 + 1) / (.estimate(4 * $0) + .estimate(4 * $0 + 1))
    }
  }

  func row(_ block: Int, group: Category?, level: Double) -> Discordance.Row {
    let p = (0..<4).map { Combination.estimate(4 * block + $0) }
    let (first, second) = (p[0] + p[1], p[0] + p[2])
    let one = Combination.number(1)
    let expected = first * second + (one - first) * (one - second)
    let made = estimates.functions(
      [
        p[1] / first, .call(.log, p[1] / p[2]), (p[0] + p[3] - expected) / (one - expected),
      ],
      labels: ["share_among_a", "log_ratio", "kappa"].map { Estimates.Label(variable: $0) })
    // Without people of one type there is no ratio, and the delta method has no error for it.
    let hasRatio = hasBoth(block)
    return Discordance.Row(
      group: group, count: respondents[block],
      cells: (0..<4).map { estimates.difference(4 * block + $0, level: level) },
      shareAmongFirst: made.difference(0, level: level),
      logRatio: hasRatio
        ? made.difference(1, level: level)
        : Difference(
          .nan, standardError: .nan, degreesOfFreedom: made.degreesOfFreedom[1], level: level),
      kappa: made.difference(2, level: level),
      onlyFirst: counts[block][1], onlySecond: counts[block][2])
  }

  /// That only A is as frequent as only B; no test where nobody gave only one.
  func tests(_ block: Int, variable: String, by: String = "", term: String) -> [TestResult] {
    let p = (0..<4).map { Combination.estimate(4 * block + $0) }
    let (only, other) = (p[1], p[2])
    let raoScott = found.each.compactMap {
      $0.raoScott(block, variable: variable, by: by, term: term)
    }
    guard raoScott.count == found.each.count else { return [] }
    // A judgement that everybody gives, or nobody, is not known well enough to be compared.
    let both = estimates.functions(
      [p[0] + only, p[0] + other],
      labels: [only, other].map { _ in Estimates.Label(variable: variable) })
    let gap = estimates.functions([only - other], labels: [Estimates.Label(variable: variable)])
    let isKnown = both.standardErrors.allSatisfy { !$0.isNaN }
    return [
      isKnown
        ? gap.waldTest("wald", variable: variable, by: by, term: term)
        : TestResult(
          test: "wald", variable: variable, by: by, term: term, statistic: .nan, df1: 1,
          df2: gap.degreesOfFreedom(of: [0]), pValue: .nan),
      Findings(each: raoScott).test { $0 },
    ]
  }

  /// The second-order F that the types are independent of the groups, over imputations from the
  /// p-values; nil where only one type is.
  func independence(
    variable: String, by: String, degreesOfFreedom df: Double
  ) throws -> TestResult? {
    let tests = try found.each.map {
      try $0.independence(variable: variable, by: by, degreesOfFreedom: df)
    }
    let known = Findings(each: tests.compactMap { $0 })
    return known.each.count < tests.count ? nil : known.test { $0 }
  }
}
