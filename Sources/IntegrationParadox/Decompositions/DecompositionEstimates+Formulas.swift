internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

extension DecompositionEstimates {
  /// A part of the gap as a function of the estimates.
  struct Part {
    let component: Decomposition.Component
    let variable: String
    let function: Combination
  }

  /// The estimates as letters.
  private struct Letters {
    let width: Int
    let fits: Int

    func mean(_ number: Int) -> Combination { .estimate(number) }
    func coefficient(_ fit: Int, _ k: Int) -> Combination { .estimate(4 + fit * width + k) }
    func centre(_ group: Int, _ k: Int) -> Combination {
      .estimate(4 + (fits + group) * width + k)
    }
  }

  /// Puts the decomposition together.
  func finding() throws -> DecompositionFinding {
    let letters = Letters(width: frame.width, fits: coefficients.count)
    let gap = letters.mean(0) - letters.mean(1)
    if options.isThreefold { return try threefold(letters, gap: gap) }
    let explained = letters.mean(2) - letters.mean(3)
    let unexplained = gap - explained
    var notes: [Note] = frame.notes
    var parts = [
      Part(component: .gap, variable: "", function: gap),
      Part(component: .explained, variable: "", function: explained),
    ]
    let differences = endowmentTerms(letters, at: { letters.coefficient(weighing, $0) })
    switch options.method {
    case .fairlie:
      let shares = FairlieShares(self)
      let before = 4 + weighing * frame.width
      parts += zip(frame.covariates, zip(shares.values, shares.slopes)).map { covariate, found in
        Part(
          component: .explained, variable: covariate.name,
          function: .line(
            found.0, slopes: found.1.enumerated().map { (before + $0, $1) }, at: estimates.values))
      }
      notes.append(shares.note(explained: explained.evaluated(at: estimates.values).value))
    case .yun, .oaxaca:
      parts += shared(explained, by: differences).enumerated().map { place, function in
        Part(
          component: .explained, variable: frame.covariates[place].name, function: function)
      }
      if options.method == .yun, let note = smallSum(differences, of: "explained") {
        notes.append(note)
      }
    }
    parts.append(Part(component: .unexplained, variable: "", function: unexplained))
    if options.method != .fairlie {
      let terms = unexplainedTerms(letters, steps: steps)
      parts += zip(["(Intercept)"] + frame.covariates.map(\.name), shared(unexplained, by: terms))
        .map { Part(component: .unexplained, variable: $0, function: $1) }
      if options.method == .yun, let note = smallSum(terms, of: "unexplained") {
        notes.append(note)
      }
    }
    return finished(parts, means: [letters.mean(0), letters.mean(1)], notes: notes)
  }

  /// Shares a part out by terms: itself where they add up to it, as in a linear model.
  private func shared(_ part: Combination, by terms: [Combination]) -> [Combination] {
    if isLinear { return terms }
    let total = Combination.total(terms)
    return terms.map { part * $0 / total }
  }

  /// Each covariate's difference between the groups, weighed by coefficients.
  private func endowmentTerms(_ letters: Letters, at weight: (Int) -> Combination) -> [Combination]
  {
    frame.covariates.map { covariate in
      .total(
        covariate.columns.map { k in
          (letters.centre(1, k) - letters.centre(0, k)) * weight(k)
        })
    }
  }

  /// Whose means weigh which change of coefficients: a way from the reference's to the other's.
  private typealias Step = (group: Int, from: Int, to: Int)

  /// The ways of the unexplained part.
  private var steps: [Step] {
    switch options.coefficients {
    case .group0: [(1, 0, 1)]
    case .group1: [(0, 0, 1)]
    case .pooled: [(1, 2, 1), (0, 0, 2)]
    }
  }

  /// Endowments, coefficients and interaction, each with its parts.
  private func threefold(_ letters: Letters, gap: Combination) throws -> DecompositionFinding {
    let endowments = letters.mean(2) - letters.mean(1)
    let coefficients = letters.mean(3) - letters.mean(1)
    let names = frame.covariates.map(\.name)
    var parts = [Part(component: .gap, variable: "", function: gap)]
    var notes = frame.notes
    let components: [(Decomposition.Component, Combination, [String], [Combination])] = [
      (
        .endowments, endowments, names,
        endowmentTerms(letters, at: { letters.coefficient(0, $0) })
      ),
      (
        .coefficients, coefficients, ["(Intercept)"] + names,
        unexplainedTerms(letters, steps: [(0, 0, 1)])
      ),
      (
        .interaction, gap - endowments - coefficients, names,
        endowmentTerms(
          letters, at: { letters.coefficient(1, $0) - letters.coefficient(0, $0) })
      ),
    ]
    for (component, whole, names, terms) in components {
      parts.append(Part(component: component, variable: "", function: whole))
      parts += zip(names, shared(whole, by: terms)).map {
        Part(component: component, variable: $0, function: $1)
      }
      if options.method == .yun, let note = smallSum(terms, of: component.rawValue) {
        notes.append(note)
      }
    }
    return finished(parts, means: [letters.mean(0), letters.mean(1)], notes: notes)
  }

  /// The constant's and each covariate's part of the unexplained gap before scaling, factors
  /// normalised: each category's coefficient is taken against the mean of all, which goes to the
  /// constant.
  private func unexplainedTerms(_ letters: Letters, steps: [Step]) -> [Combination] {
    var terms = Array(repeating: Combination.total([]), count: frame.covariates.count + 1)
    for step in steps {
      func change(_ k: Int) -> Combination {
        letters.coefficient(step.to, k) - letters.coefficient(step.from, k)
      }
      terms[0] = terms[0] + change(0)
      for (place, covariate) in frame.covariates.enumerated() {
        let plain = Combination.total(
          covariate.columns.map { letters.centre(step.group, $0) * change($0) })
        guard covariate.isFactor else {
          terms[place + 1] = terms[place + 1] + plain
          continue
        }
        let mean =
          Combination.number(1 / Double(covariate.columns.count + 1))
          * .total(covariate.columns.map(change))
        terms[place + 1] = terms[place + 1] + plain - mean
        terms[0] = terms[0] + mean
      }
    }
    return terms
  }

  /// A warning when the sum that parts are shared by is hardly different from zero.
  private func smallSum(_ terms: [Combination], of component: String) -> Note? {
    let found = estimates.functions(
      [.total(terms)], labels: [Estimates.Label(variable: component)])
    guard abs(found.values[0]) < 2 * found.standardErrors[0] else { return nil }
    return Note(
      .warning, id: "decompose.small-sum",
      "the \(component) part is shared out by terms whose sum is less than two standard errors "
        + "from zero, so that its rows by covariate may be far from what they say",
      naming: [component], at: component)
  }

  private func finished(
    _ parts: [Part], means: [Combination], notes: [Note]
  ) -> DecompositionFinding {
    DecompositionFinding(
      frame: frame, names: parts.map { ($0.component, $0.variable) },
      estimates: estimates.functions(
        parts.map(\.function) + means,
        labels: parts.map {
          Estimates.Label(variable: $0.variable, category: $0.component.rawValue)
        } + [1, 0].map { Estimates.Label(variable: "", groups: [frame.groups[$0].code]) }
      ).on(degreesOfFreedom: estimates.degreesOfFreedom[0]),
      counts: frame.people.counts(frame.groupOf, size: 2), notes: notes)
  }
}
