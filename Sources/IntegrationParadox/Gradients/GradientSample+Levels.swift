internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics

extension GradientSamples {
  /// Levels, differences, contrasts, trends and tests: of each group, then of all.
  func levelParts(base: Category?, level: Double) throws -> GradientParts {
    var parts = GradientParts()
    if let group = first.group, let base {
      parts += try groupParts(group: group, base: base, level: level)
      for index in first.groups.indices {
        parts += try trendParts(
          places: { sample in sample.people.places.filter { sample.groupOf[$0] == index } },
          group: first.groups[index], level: level)
      }
    }
    let (width, chances) = (first.levels.count, try chances(cells: \.levelOf, size: \.levels.count))
    let estimates = chances.estimates
    parts.rows += levelRows(
      estimates, first: 0, counts: found.counts { $0.people.counts($0.levelOf, size: width) },
      total: found.counts { [$0.people.count] }[0], group: nil, level: level)
    parts.tests.append(equality(estimates, first: 0, term: first.group == nil ? "" : "all"))
    parts += try trendParts(places: { Array($0.people.places) }, group: nil, level: level)
    if !chances.hasLogits {
      parts.notes.append(
        Note(
          .warning, id: "paradox.no-logit",
          "is the same for everybody at a level, so tests on the logit scale have no answer there",
          at: first.outcome))
    }
    return parts
  }

  /// The chances in the cells of a division, then their logits where every data set has them.
  private func chances(
    cells: (GradientSample) -> [Int], size: (GradientSample) -> Int
  ) throws -> (estimates: Estimates, hasLogits: Bool) {
    let each = try found.map { sample in
      (
        sample: sample,
        chances: try CellChances(sample, cells: cells(sample), size: size(sample))
      )
    }
    let hasLogits = each.each.allSatisfy(\.chances.hasLogits)
    return (
      try each.estimates {
        try $0.sample.estimates(hasLogits ? $0.chances.parts : Array($0.chances.parts.prefix(1)))
      }, hasLogits
    )
  }

  /// The levels of each group with second differences, from one model of all cells.
  private func groupParts(group: String, base: Category, level: Double) throws -> GradientParts {
    let (groups, levels, outcome) = (first.groups, first.levels, first.outcome)
    let (width, size) = (levels.count, levels.count * groups.count)
    func cells(_ sample: GradientSample) -> [Int] {
      sample.people.places.map { sample.groupOf[$0] * width + sample.levelOf[$0] }
    }
    let chances = try chances(cells: cells, size: { _ in size })
    let estimates = chances.estimates
    let counts = found.counts { $0.people.counts(cells($0), size: size) }
    let totals = found.counts { $0.people.counts($0.groupOf, size: groups.count) }
    var parts = GradientParts()
    for (index, category) in groups.enumerated() {
      parts.rows += levelRows(
        estimates, first: index * width,
        counts: Array(counts[index * width..<(index + 1) * width]), total: totals[index],
        group: category, level: level)
      parts.tests.append(equality(estimates, first: index * width, term: category.code))
    }
    let reference = groups.firstIndex { $0.code == base.code } ?? 0
    let others = groups.indices.filter { $0 != reference }
    func second(from start: Int) -> [Combination] {
      func step(_ step: Int, of group: Int) -> Combination {
        .estimate(start + group * width + step) - .estimate(start + group * width)
      }
      return others.flatMap { other in
        (1..<width).map { step($0, of: other) - step($0, of: reference) }
      }
    }
    let seconds = functions(second(from: 0), of: estimates)
    let count = estimates.counts[0]
    for (place, other) in others.enumerated() {
      for step in 1..<width {
        parts.rows.append(
          row(
            .secondDifference, levels[step].code, group: groups[other], count: count, seconds,
            place * (width - 1) + step - 1, level: level))
      }
    }
    let term = "\(first.status):\(group)"
    parts.tests.append(
      seconds.waldTest("second-differences", variable: outcome, by: group, term: term))
    guard chances.hasLogits else { return parts }
    parts.tests.append(
      functions(second(from: size), of: estimates)
        .leaving(size + first.controls.count)
        .waldTest("product-terms", variable: outcome, by: group, term: term))
    return parts
  }

  /// The levels of one group, or of all, and what is linear in them.
  private func levelRows(
    _ estimates: Estimates, first start: Int, counts: [Int], total: Int, group: Category?,
    level: Double
  ) -> [Gradient.Row] {
    let levels = first.levels
    let p = levels.indices.map { Combination.estimate(start + $0) }
    let chances = levels.indices.map { index in
      let estimate = estimates.difference(start + index, level: level)
      return Gradient.Row(
        group: group, quantity: .level, term: levels[index].code, count: counts[index],
        estimate: estimate,
        interval: Proportion(
          estimate.estimate, standardError: estimate.standardError, base: counts[index],
          kishSize: Double(counts[index]), degreesOfFreedom: estimate.degreesOfFreedom,
          isKnown: estimate.standardError == 0
        ).interval(.logit, level: level))
    }
    var rows = chances
    let differences = functions(levels.indices.dropFirst().map { p[$0] - p[0] }, of: estimates)
    for index in levels.indices.dropFirst() {
      let found = row(
        .difference, levels[index].code, group: group, count: total, differences, index - 1,
        level: level)
      rows.append(found.hasError ? found : found.between(chances[index], chances[0]))
    }
    let contrasts = PolynomialContrast.all(scores: first.scores)
    let bends = functions(
      contrasts.map { contrast in
        .total(zip(contrast.factors, p).map { .number($0) * $1 })
      }, of: estimates)
    for (index, contrast) in contrasts.enumerated() {
      rows.append(
        row(.contrast, contrast.name, group: group, count: total, bends, index, level: level))
    }
    return rows
  }

  private func equality(_ estimates: Estimates, first start: Int, term: String) -> TestResult {
    let p = first.levels.indices.map { Combination.estimate(start + $0) }
    return functions(p.dropFirst().map { $0 - p[0] }, of: estimates).waldTest(
      "equal-levels", variable: first.outcome, by: first.group ?? "", term: term)
  }

  /// The slope of a straight line on the logit scale, and what the levels have beyond it, for some
  /// of the respondents; what one data set has not is left out.
  private func trendParts(
    places: (GradientSample) -> [Int], group: Category?, level: Double
  ) throws -> GradientParts {
    let trends = try found.each.compactMap { try $0.trend(places($0)) }
    guard trends.count == found.each.count else { return GradientParts() }
    let all = Findings(each: trends)
    var parts = GradientParts()
    parts.rows.append(
      row(
        .trend, "logit", group: group, count: all.counts { [$0.count] }[0],
        try all.estimates(\.slope), 0, level: level))
    let bends = Findings(each: trends.compactMap(\.bends))
    guard bends.each.count == trends.count else { return parts }
    parts.tests.append(
      try bends.estimates { $0 }.waldTest(
        "departure", variable: first.outcome, by: first.group ?? "",
        term: group?.code ?? (first.group == nil ? "" : "all")))
    return parts
  }

  func functions(_ functions: [Combination], of estimates: Estimates) -> Estimates {
    estimates.functions(
      functions, labels: functions.indices.map { Estimates.Label(variable: "\($0)") })
  }

  func row(
    _ quantity: Gradient.Quantity, _ term: String, group: Category?, count: Int,
    _ estimates: Estimates, _ index: Int, level: Double
  ) -> Gradient.Row {
    let estimate = estimates.difference(index, level: level)
    return Gradient.Row(
      group: group, quantity: quantity, term: term, count: count, estimate: estimate,
      interval: estimate.interval)
  }
}

extension GradientSample {
  /// A straight line on the logit scale, and what the levels have beyond it; nil where some of the
  /// respondents give none.
  fileprivate func trend(
    _ places: [Int]
  ) throws -> (count: Int, slope: Estimates, bends: Estimates?)? {
    let score = places.map { scores[levelOf[$0]] }
    let beyond = dummies(places.map { levelOf[$0] }, size: levels.count).dropFirst(2)
    let base = [score.map { _ in 1.0 }, score]
    let own = people.some(places)
    let y = places.map { outcomes[$0] }
    var columns = base + beyond + controls.map { column in places.map { column.values[$0] } }
    let dependent = Regression.dependentColumns(columns, among: own)
    guard !dependent.contains(where: { $0 < 2 }) else { return nil }
    let kept = (2..<levels.count).filter { !dependent.contains($0) }.count
    for index in dependent.reversed() { columns.remove(at: index) }
    let line = columns[..<2] + columns[(2 + kept)...]
    guard
      let straight = try? Regression(
        of: y, on: Array(line), among: own, family: .logistic)
    else { return nil }
    let slope = try estimates([straight.coefficients.selecting([1])]).leaving(line.count)
    guard kept > 0,
      let bent = try? Regression(of: y, on: columns, among: own, family: .logistic),
      // Where but for a speck of weight a level tells the outcome, its logit is made of that speck.
      bent.means.allSatisfy({ (1e-9...1 - 1e-9).contains($0) })
    else { return (own.count, slope, nil) }
    let bends = try estimates([bent.coefficients.selecting(Array(2..<2 + kept))])
    return (own.count, slope, bends.leaving(columns.count))
  }
}
