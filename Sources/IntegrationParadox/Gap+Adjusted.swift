internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics

extension Survey {
  /// The groups' gaps compared with controls held constant: weighted least squares of the difference
  /// of the judgements on groups and controls; the coefficients of the groups, with the degrees of
  /// freedom of a model, and a note for each control that follows from others.
  ///
  /// - Parameter unknown: The codes of groups of whose own gap no variance is known; a coefficient of
  ///   theirs would have the error of the others alone.
  func adjustedDifferences(
    _ judgements: [Judgement], by group: String, base: Category, controls: [String],
    unknown: Set<String>, level: Double
  ) throws -> (differences: [Gap.GroupDifference], equality: TestResult, notes: [Note]) {
    for name in controls where name == group {
      throw SurveyError(
        .usage, at: name, "is both the group and a control", remedy: "Give it one part.")
    }
    let gap = judgements.map { "(\($0.expression.source))" }.joined(separator: " - ")
    let formula = try Formula(
      "\(gap) ~ "
        + (["factor(\(dataset.term(group)))"] + controls.map(dataset.term)).joined(separator: " + ")
    )
    let sample = try ModelSample(formula, family: .linear, in: self)
    let survey = sample.survey
    let column = try survey.dataset.categorical(group)
    let positions = sample.rows.map { column.positions[Int($0)] }
    let present = Set(positions).sorted()
    let others = present.filter { column.categories[$0].code != base.code }
    let counts = Dictionary(
      zip(positions, sample.rows).map { ($0, survey.weights.people(of: Int($1))) },
      uniquingKeysWith: +)
    var columns = [positions.map { _ in 1.0 }]
    columns += others.map { other in positions.map { $0 == other ? 1 : 0 } }
    let own = sample.columns.filter { ($0.term ?? 0) > 0 }
    columns += own.map(\.values)
    let dependent = Regression.dependentColumns(columns, rows: sample.rows, in: survey)
    guard !others.isEmpty, !dependent.contains(where: { $0 <= others.count }) else {
      throw SurveyError(
        .noAnswer, at: group, "has one group among those who answered all controls",
        remedy: "Leave a control out.")
    }
    for index in dependent.reversed() { columns.remove(at: index) }
    let notes = dependent.map { index in
      let name = own[index - others.count - 1].column.name
      return Note(
        .warning, id: "model.dependent-column",
        "'\(name)' follows from the terms before it, so it is left out",
        naming: [name, ""], at: name)
    }
    let fit = try Regression(
      of: sample.outcomes, on: columns, rows: sample.rows, family: .linear, in: survey)
    let totals = try UnitTotals.joined(
      [fit.coefficients.selecting(Array(1...others.count))], in: survey)
    let reference = present.first { column.categories[$0].code == base.code }
    let sizes = others.map { other in
      counts[other, default: 0] + (reference.map { counts[$0, default: 0] } ?? 0)
    }
    let estimates = Estimates(
      labels: others.map { Estimates.Label(variable: "gap", groups: [column.categories[$0].code]) },
      values: Array(fit.coefficients.values[1...others.count]), counts: sizes,
      weightedCounts: others.map { _ in .nan }, totals: totals
    ).leaving(columns.count)
    let differences = others.enumerated().map { index, other in
      Gap.GroupDifference(
        group: column.categories[other], reference: base,
        difference: unknown.isDisjoint(with: [column.categories[other].code, base.code])
          ? estimates.difference(index, level: level)
          : Difference(
            estimates.values[index], standardError: .nan,
            degreesOfFreedom: estimates.degreesOfFreedom[index], level: level),
        count: sizes[index])
    }
    let df = estimates.degreesOfFreedom[0]
    let name = judgements.map(\.text).joined(separator: " − ")
    return (
      differences,
      differences.contains { $0.difference.standardError.isNaN }
        ? TestResult(
          test: "equal-adjusted-gaps", variable: name, by: group, statistic: .nan,
          df1: Double(others.count), df2: df, pValue: .nan)
        : estimates.waldTest(
          "equal-adjusted-gaps", variable: name, by: group, degreesOfFreedom: df),
      notes
    )
  }
}
