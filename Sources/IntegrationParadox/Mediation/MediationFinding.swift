internal import SurveyData
internal import SurveyModels
internal import SurveyNumerics
internal import SurveyStatistics

/// A decomposition in one data set.
struct MediationFinding {
  let models: [(name: String, fit: ModelFit)]
  let nested: [NestedModel]
  /// The decomposition of all, with its parameters.
  let all: MediationFit
  let estimates: Estimates
  /// The quantities of the groups, then of all.
  let rows: [Mediation.Row]
  let differences: [Mediation.GroupDifference]
  let accounting: Accounting
  let notes: [Note]

  init(
    _ report: MediationQuantities, _ sample: ModelSample, isUnconditional: Bool, isOrdered: Bool,
    by group: String?, reference: String?, in survey: Survey
  ) throws {
    let (plan, level) = (report.plan, report.level)
    models =
      isOrdered
      ? []
      : try plan.nestedTerms.enumerated().map { number, terms in
        (name: "M\(number)", fit: try sample.fit(terms: terms, level: level))
      }
    nested =
      isOrdered
      ? try plan.nestedTerms.enumerated().map {
        try NestedModel("M\($0)", ordered: sample, terms: $1, level: level)
      } : models.map { NestedModel($0.name, $0.fit, level: level) }
    all = try MediationFit(
      plan, sample, errors: report.errors, isUnconditional: isUnconditional, isOrdered: isOrdered)
    estimates = try all.estimates(among: sample.people)
    var rows: [Mediation.Row] = []
    var differences: [Mediation.GroupDifference] = []
    if let group {
      let split = try MediationGroups(
        plan, sample, group: group, errors: report.errors, isUnconditional: isUnconditional,
        isOrdered: isOrdered)
      let base = try Survey.base(
        reference, of: survey.dataset.variable(group), among: split.groups)
      let byGroup = try split.estimates(among: sample.people)
      rows = split.groups.enumerated().flatMap { block, category in
        report.rows(byGroup, block: block, of: split.fits[block], group: category)
      }
      // Log odds of different groups have scales of their own.
      differences =
        isOrdered
        ? [] : report.differences(byGroup, of: split.fits, groups: split.groups, base: base)
    }
    self.rows = rows + report.rows(estimates, block: 0, of: all, group: nil)
    self.differences = differences
    accounting = sample.accounting
    notes =
      sample.notes.filter { $0.place != group || group == nil }
      + models.suffix(1).flatMap { $0.fit.notes.filter { $0.id == "model.tiny-weights" } }
      + all.notes
  }
}

extension Mediation.Row {
  /// What the number is of.
  var label: Estimates.Label {
    Estimates.Label(
      variable: key.name, category: "\(quantity.rawValue) \(mediator)",
      groups: group.map { [$0.code] } ?? [])
  }
}

extension Mediation.GroupDifference {
  /// What the number is of.
  var label: Estimates.Label {
    Estimates.Label(
      variable: key.name, category: "\(quantity.rawValue) \(mediator)",
      groups: [group.code, reference.code])
  }
}

extension Estimates {
  /// Numbers each with an error of its own, of which no covariance is asked.
  init(separate numbers: [(label: Label, value: Difference)]) {
    self.init(
      labels: numbers.map(\.label), values: numbers.map(\.value.estimate),
      covariance: Matrix(rows: numbers.count, columns: numbers.count),
      standardErrors: numbers.map(\.value.standardError),
      degreesOfFreedom: numbers.map(\.value.degreesOfFreedom), counts: numbers.map { _ in 0 },
      weightedCounts: numbers.map { _ in .nan })
  }
}
