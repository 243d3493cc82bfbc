internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics

extension GradientSample {
  /// Levels, differences, contrasts, trends and tests: of each group, then of all.
  func levelParts(base: Category?, level: Double) throws -> GradientParts {
    var parts = GradientParts()
    let df = try estimates([Influence([0], of: people) { _, _ in }]).degreesOfFreedom[0]
    if let group, let base {
      parts += try groupParts(group: group, base: base, df: df, level: level)
      for index in groups.indices {
        parts += try trendParts(
          places: people.places.filter { groupOf[$0] == index }, group: groups[index], level: level)
      }
    }
    let chances = try CellChances(self, cells: levelOf, size: levels.count)
    let estimates = try estimates(chances.parts)
    parts.rows += levelRows(
      estimates, first: 0, counts: people.counts(levelOf, size: levels.count), group: nil, df: df,
      level: level)
    parts.tests.append(equality(estimates, first: 0, term: group == nil ? "" : "all", df: df))
    parts += try trendParts(places: Array(people.places), group: nil, level: level)
    if !chances.hasLogits { parts.notes.append(Self.noLogit(outcome)) }
    return parts
  }

  private static func noLogit(_ outcome: String) -> Note {
    Note(
      .warning, id: "paradox.no-logit",
      "is the same for everybody at a level, so tests on the logit scale have no answer there",
      at: outcome)
  }

  /// The levels of each group with second differences, from one model of all cells.
  private func groupParts(
    group: String, base: Category, df: Double, level: Double
  ) throws -> GradientParts {
    let (width, size) = (levels.count, levels.count * groups.count)
    let cells = people.places.map { groupOf[$0] * width + levelOf[$0] }
    let chances = try CellChances(self, cells: cells, size: size)
    let estimates = try estimates(chances.parts)
    let counts = people.counts(cells, size: size)
    var parts = GradientParts()
    for (index, category) in groups.enumerated() {
      parts.rows += levelRows(
        estimates, first: index * width,
        counts: Array(counts[index * width..<(index + 1) * width]), group: category, df: df,
        level: level)
      parts.tests.append(equality(estimates, first: index * width, term: category.code, df: df))
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
    let found = functions(second(from: 0), of: estimates)
    for (place, other) in others.enumerated() {
      for step in 1..<width {
        parts.rows.append(
          row(
            .secondDifference, levels[step].code, group: groups[other],
            count: people.count, found, place * (width - 1) + step - 1, df: df, level: level
          ))
      }
    }
    let term = "\(status):\(group)"
    parts.tests.append(
      found.waldTest(
        "second-differences", variable: outcome, by: group, term: term, degreesOfFreedom: df))
    guard chances.hasLogits else { return parts }
    parts.tests.append(
      functions(second(from: size), of: estimates).waldTest(
        "product-terms", variable: outcome, by: group, term: term,
        degreesOfFreedom: .model(df, coefficients: size + controls.count)))
    return parts
  }

  /// The levels of one group, or of all, and what is linear in them.
  private func levelRows(
    _ estimates: Estimates, first: Int, counts: [Int], group: Category?, df: Double,
    level: Double
  ) -> [Gradient.Row] {
    let p = (0..<levels.count).map { Combination.estimate(first + $0) }
    let total = counts.reduce(0, +)
    let chances = levels.indices.map { index in
      let estimate = Difference(
        estimates.values[first + index], standardError: estimates.standardErrors[first + index],
        degreesOfFreedom: df, level: level)
      return Gradient.Row(
        group: group, quantity: .level, term: levels[index].code, count: counts[index],
        estimate: estimate,
        interval: Proportion(
          estimate.estimate, standardError: estimate.standardError, base: counts[index],
          kishSize: Double(counts[index]), degreesOfFreedom: df,
          isKnown: estimate.standardError == 0
        ).interval(.logit, level: level))
    }
    var rows = chances
    let differences = functions(levels.indices.dropFirst().map { p[$0] - p[0] }, of: estimates)
    for index in levels.indices.dropFirst() {
      let found = row(
        .difference, levels[index].code, group: group, count: total, differences, index - 1,
        df: df, level: level)
      rows.append(found.hasError ? found : found.between(chances[index], chances[0]))
    }
    let contrasts = PolynomialContrast.all(scores: scores)
    let bends = functions(
      contrasts.map { contrast in
        .total(zip(contrast.factors, p).map { .number($0) * $1 })
      }, of: estimates)
    for (index, contrast) in contrasts.enumerated() {
      rows.append(
        row(
          .contrast, contrast.name, group: group, count: total, bends, index, df: df, level: level))
    }
    return rows
  }

  private func equality(
    _ estimates: Estimates, first: Int, term: String, df: Double
  ) -> TestResult {
    let p = (0..<levels.count).map { Combination.estimate(first + $0) }
    return functions(p.dropFirst().map { $0 - p[0] }, of: estimates).waldTest(
      "equal-levels", variable: outcome, by: group ?? "", term: term, degreesOfFreedom: df)
  }

  /// The slope of a straight line on the logit scale, and what the levels have beyond it, for some
  /// of the respondents.
  private func trendParts(
    places: [Int], group: Category?, level: Double
  ) throws -> GradientParts {
    let score = places.map { scores[levelOf[$0]] }
    let beyond = dummies(places.map { levelOf[$0] }, size: levels.count).dropFirst(2)
    let base = [score.map { _ in 1.0 }, score]
    let own = people.some(places)
    let y = places.map { outcomes[$0] }
    var columns = base + beyond + controls.map { column in places.map { column.values[$0] } }
    let dependent = Regression.dependentColumns(columns, among: own)
    guard !dependent.contains(where: { $0 < 2 }) else { return GradientParts() }
    let kept = (2..<levels.count).filter { !dependent.contains($0) }.count
    for index in dependent.reversed() { columns.remove(at: index) }
    let line = columns[..<2] + columns[(2 + kept)...]
    guard
      let straight = try? Regression(
        of: y, on: Array(line), among: own, family: .logistic)
    else { return GradientParts() }
    var parts = GradientParts()
    let slope = try estimates([straight.coefficients.selecting([1])])
    parts.rows.append(
      row(
        .trend, "logit", group: group, count: own.count, slope, 0,
        df: .model(slope.degreesOfFreedom[0], coefficients: line.count), level: level))
    guard kept > 0,
      let bent = try? Regression(of: y, on: columns, among: own, family: .logistic),
      // Where but for a speck of weight a level tells the outcome, its logit is made of that speck.
      bent.means.allSatisfy({ (1e-9...1 - 1e-9).contains($0) })
    else { return parts }
    let bends = try estimates([bent.coefficients.selecting(Array(2..<2 + kept))])
    parts.tests.append(
      bends.waldTest(
        "departure", variable: outcome, by: self.group ?? "",
        term: group?.code ?? (self.group == nil ? "" : "all"),
        degreesOfFreedom: .model(bends.degreesOfFreedom[0], coefficients: columns.count)))
    return parts
  }

  func functions(_ functions: [Combination], of estimates: Estimates) -> Estimates {
    estimates.functions(
      functions, labels: functions.indices.map { Estimates.Label(variable: "\($0)") })
  }

  func row(
    _ quantity: Gradient.Quantity, _ term: String, group: Category?, count: Int,
    _ estimates: Estimates, _ index: Int, df: Double, level: Double
  ) -> Gradient.Row {
    let estimate = Difference(
      estimates.values[index], standardError: estimates.standardErrors[index],
      degreesOfFreedom: df, level: level)
    return Gradient.Row(
      group: group, quantity: quantity, term: term, count: count, estimate: estimate,
      interval: estimate.interval)
  }
}
