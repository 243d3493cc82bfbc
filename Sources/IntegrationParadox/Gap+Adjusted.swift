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
    let found = try findings {
      try $0.adjustedEstimates(formula, by: group, base: base)
    }
    let estimates = try found.estimates(\.estimates)
    let others = found.first.groups
    let differences = others.indices.map { index in
      let isKnown = unknown.isDisjoint(with: [others[index].code, base.code])
      let difference = estimates.difference(index, level: level)
      return Gap.GroupDifference(
        group: others[index], reference: base,
        difference: isKnown
          ? difference
          : Difference(
            difference.estimate, standardError: .nan,
            degreesOfFreedom: difference.degreesOfFreedom, level: level),
        count: estimates.counts[index])
    }
    let df = estimates.degreesOfFreedom(of: [0])
    let name = judgements.map(\.text).joined(separator: " − ")
    return (
      differences,
      differences.contains { $0.difference.standardError.isNaN }
        ? TestResult(
          test: "equal-adjusted-gaps", variable: name, by: group, statistic: .nan,
          df1: Double(others.count), df2: df, pValue: .nan)
        : estimates.waldTest(
          "equal-adjusted-gaps", variable: name, by: group, degreesOfFreedom: df),
      found.notes(\.notes)
    )
  }

  /// The coefficients of the groups but the base in one data set.
  private func adjustedEstimates(
    _ formula: Formula, by group: String, base: Category
  ) throws -> (estimates: Estimates, groups: [Category], notes: [Note]) {
    let sample = try ModelSample(formula, family: .linear, in: self)
    let (present, groupOf) = try sample.people.categories(of: group)
    let others = present.indices.filter { present[$0].code != base.code }
    let counts = sample.people.counts(groupOf, size: present.count)
    var columns = [groupOf.map { _ in 1.0 }]
    columns += others.map { other in groupOf.map { $0 == other ? 1 : 0 } }
    let own = sample.columns.filter { ($0.term ?? 0) > 0 }
    columns += own.map(\.values)
    let dependent = Regression.dependentColumns(columns, among: sample.people)
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
      of: sample.outcomes, on: columns, among: sample.people, family: .linear)
    let totals = try sample.people.totals(
      of: [fit.coefficients.selecting(Array(1...others.count))])
    let reference = present.firstIndex { $0.code == base.code }
    let estimates = Estimates(
      labels: others.map { Estimates.Label(variable: "gap", groups: [present[$0].code]) },
      values: Array(fit.coefficients.values[1...others.count]),
      counts: others.map { counts[$0] + (reference.map { counts[$0] } ?? 0) },
      weightedCounts: others.map { _ in .nan }, totals: totals
    ).leaving(columns.count)
    return (estimates, others.map { present[$0] }, notes)
  }
}
