internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

extension MarginalEffects {
  /// Dresses averages with errors, second differences and tests.
  init(
    _ effects: [PredictionBasis.Effect], _ groups: CaseGroups, in basis: PredictionBasis,
    over group: String?, options: MarginOptions, notes: [Note]
  ) throws {
    let outcomes = basis.curve.outcomes
    let places = effects.flatMap { effect in
      groups.categories.indices.flatMap { group in outcomes.map { (effect, group, $0) } }
    }
    let estimates = try basis.estimates(
      effects.map(\.average), over: groups,
      labels: places.map { effect, group, outcome in
        Estimates.Label(
          variable: effect.variable, category: effect.category?.code,
          groups: effect.answers.map(\.answer.text)
            + [groups.categories[group]?.code, outcome?.code].compactMap { $0 })
      }, covariates: options.covariates)
    let rows = places.indices.map { index in
      let (effect, group, outcome) = places[index]
      return Row(
        variable: effect.variable, category: effect.category, reference: effect.reference,
        place: Place(answers: effect.answers, group: groups.categories[group]), outcome: outcome,
        count: groups.counts[group],
        difference: estimates.difference(index, level: options.level))
    }
    // The outcomes' chances add up to one, so that the last one's effects follow from the others'.
    let independent = rows.indices.filter { index in
      places[index].0.isIndependent && (outcomes.count == 1 || places[index].2 != outcomes.last)
    }
    let pairs = try Self.pairs(of: rows, over: group, in: basis)
    let second =
      pairs.isEmpty
      ? nil
      : estimates.combined(
        Matrix(
          pairs.map { pair in
            rows.indices.map { $0 == pair.effect ? 1 : $0 == pair.reference ? -1 : 0 }
          }), labels: pairs.map { estimates.labels[$0.effect] })
    differences = pairs.enumerated().compactMap { index, pair in
      second.map {
        SecondDifference(
          effect: rows[pair.effect], reference: rows[pair.reference],
          difference: $0.difference(index, level: options.level))
      }
    }
    let outcome = basis.terms.formula.outcome.name
    let setNames = [group].compactMap { $0 } + (effects.first?.answers.map(\.variable) ?? [])
    tests = rows.map(\.variable).uniqued.compactMap { variable in
      let chosen = independent.filter { rows[$0].variable == variable }
      if let second {
        return second.waldTest(
          of: pairs.indices.filter { chosen.contains(pairs[$0].effect) },
          named: "second-differences", outcome,
          term: ([variable] + setNames).joined(separator: ":"))
      }
      return chosen.count < 2
        ? nil
        : estimates.waldTest(of: chosen, named: "marginal-effects", outcome, term: variable)
    }
    self.rows = rows
    self.estimates = estimates
    self.notes = notes
  }

  /// Rows that differ in their place only, each with the row of the place compared with: the
  /// reference of the group variable, otherwise the first.
  private static func pairs(
    of rows: [Row], over group: String?, in basis: PredictionBasis
  ) throws -> [(effect: Int, reference: Int)] {
    struct Key: Hashable {
      let variable: String
      let contrast: String
      let outcome: Category?
    }
    let wanted = try group.flatMap { try basis.survey.dataset.variable($0).reference }
    let families = Dictionary(grouping: rows.indices) { index in
      Key(
        variable: rows[index].variable, contrast: rows[index].contrast,
        outcome: rows[index].outcome)
    }
    var pairs: [(effect: Int, reference: Int)] = []
    for family in families.values {
      guard let first = family.first else { continue }
      let base = family.first { rows[$0].place.group?.code == wanted && wanted != nil } ?? first
      pairs += family.filter { $0 != base }.map { ($0, base) }
    }
    return pairs.sorted { $0.effect < $1.effect }
  }
}

extension Estimates {
  /// An estimate with its error, test and interval.
  func difference(_ index: Int, level: Double) -> Difference {
    Difference(
      values[index], standardError: standardErrors[index],
      degreesOfFreedom: degreesOfFreedom[index], level: level)
  }

  /// A Wald F that some estimates are zero: `θᵀ V⁻¹ θ ∕ q` on (q, df).
  func waldTest(
    of chosen: [Int], named name: String, _ outcome: String, term: String
  ) -> TestResult {
    let (q, df) = (Double(chosen.count), chosen.map { degreesOfFreedom[$0] }.min() ?? 0)
    let theta = chosen.map { values[$0] }
    var f = Double.nan
    if df > 0, let solved = try? covariance(of: chosen).solve(theta) {
      f = zip(theta, solved).reduce(0) { $0 + $1.0 * $1.1 } / q
    }
    return TestResult(
      test: name, variable: outcome, term: term, statistic: f, df1: q, df2: df,
      pValue: Distribution.f(numerator: q, denominator: df).upperTail(f))
  }
}

extension Sequence where Element: Hashable {
  /// Each element once, in order.
  fileprivate var uniqued: [Element] {
    var seen = Set<Element>()
    return filter { seen.insert($0).inserted }
  }
}
