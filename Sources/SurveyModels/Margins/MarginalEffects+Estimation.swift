internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

/// The average marginal effects of a fit to one data set.
struct EffectsFinding {
  let effects: [PredictionBasis.Effect]
  /// Effect after effect, group after group, outcome after outcome.
  let places: [(effect: PredictionBasis.Effect, group: Int, outcome: Category?)]
  let groups: CaseGroups
  let basis: PredictionBasis
  let estimates: Estimates
  /// The effects that are not estimable.
  let unknown: [Int]
  let notes: [Note]

  init(
    _ effects: [PredictionBasis.Effect], _ groups: CaseGroups, in basis: PredictionBasis,
    options: MarginOptions, notes: [Note]
  ) throws {
    self.effects = effects
    self.groups = groups
    self.basis = basis
    self.notes = notes
    places = effects.flatMap { effect in
      groups.categories.indices.flatMap { group in
        basis.curve.outcomes.map { (effect, group, $0) }
      }
    }
    estimates = try basis.estimates(
      effects.map(\.average), over: groups,
      labels: places.map { effect, group, outcome in
        Estimates.Label(
          variable: effect.variable, category: effect.category?.code,
          groups: effect.answers.map(\.answer.text)
            + [groups.categories[group]?.code, outcome?.code].compactMap { $0 })
      }, covariates: options.covariates)
    unknown = places.indices.filter { [places] in
      let (effect, group, _) = places[$0]
      return !effect.average.defects.columns(of: group, among: basis.plan.dropped.count).isEmpty
    }
  }
}

extension MarginalEffects {
  /// Dresses averages with errors, second differences and tests.
  init(_ found: Findings<EffectsFinding>, over group: String?, options: MarginOptions) throws {
    let (places, groups, basis) = (found.first.places, found.first.groups, found.first.basis)
    let (effects, outcomes) = (found.first.effects, basis.curve.outcomes)
    let estimates = try found.estimates(\.estimates)
    let unknown = found.positions(\.unknown)
    let known = estimates.unknown(at: unknown)
    let rows = places.indices.map { index in
      let (effect, group, outcome) = places[index]
      return Row(
        variable: effect.variable, category: effect.category, reference: effect.reference,
        place: Place(answers: effect.answers, group: groups.categories[group]), outcome: outcome,
        count: known.counts[index],
        difference: known.difference(index, level: options.level))
    }
    let tested = basis.curve.testedOutcomes
    let independent = rows.indices.filter { index in
      places[index].0.isIndependent && tested.contains(places[index].2)
        && !unknown.contains(index)
    }
    let pairs = try Self.pairs(of: rows, over: group, in: basis)
    let isKnown = pairs.map { !unknown.contains($0.effect) && !unknown.contains($0.reference) }
    let lost = isKnown.indices.filter { !isKnown[$0] }
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
          difference: $0.unknown(at: lost).difference(index, level: options.level))
      }
    }
    var outcome = basis.terms.formula.outcome.name
    if tested.count < outcomes.count - 1, let answer = tested.first ?? nil {
      outcome += "=\(answer.code)"
    }
    let setNames = [group].compactMap { $0 } + (effects.first?.answers.map(\.variable) ?? [])
    tests = rows.map(\.variable).uniqued.compactMap { variable in
      let chosen = independent.filter { rows[$0].variable == variable }
      if let second {
        return second.waldTest(
          "second-differences", variable: outcome,
          term: ([variable] + setNames).joined(separator: ":"),
          of: pairs.indices.filter { isKnown[$0] && chosen.contains(pairs[$0].effect) })
      }
      return chosen.count < 2
        ? nil
        : estimates.waldTest("marginal-effects", variable: outcome, term: variable, of: chosen)
    }
    self.rows = rows
    self.estimates = known
    self.notes =
      found.first.notes
      + basis.notes(
        notEstimable: places.indices.filter { places[$0].2 == outcomes[0] }.map { index in
          let (effect, group, _) = places[index]
          let at =
            effect.answers.map { "\($0.variable)=\($0.answer.text)" }
            + [groups.categories[group]?.code].compactMap { $0 }
          let contrast =
            effect.category.map { ": \($0.code) − \(effect.reference?.code ?? "")" } ?? ""
          let name = effect.variable + contrast
          return (
            at.isEmpty ? name : "\(name) (\(at.joined(separator: ", ")))",
            effect.average.defects, group
          )
        })
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

extension Sequence where Element: Hashable {
  /// Each element once, in order.
  fileprivate var uniqued: [Element] {
    var seen = Set<Element>()
    return filter { seen.insert($0).inserted }
  }
}
