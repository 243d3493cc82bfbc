internal import SurveyData
internal import SurveyModels
internal import SurveyNumerics
internal import SurveyStatistics

/// Turns the parameters of a decomposition into what is reported of it.
struct MediationQuantities {
  let plan: MediationPlan
  let scale: MediationScale
  let errors: MediationErrors
  let level: Double
  /// Whether the outcome's models are linear.
  var isLinear = false

  /// A quantity as a formula over the parameters.
  private struct Formula {
    let quantity: Mediation.Quantity
    let mediator: String
    let function: Combination
  }

  /// The mediators' columns in which a key's people are all like those they are compared with.
  ///
  /// Path and error are 0 there but for rounding. Such a class of a factor takes nothing through it, while
  /// a mediator that has no other column has an unknown path.
  private func idleColumns(
    _ estimates: Estimates, from start: Int, layout: MediationLayout, key: Int
  ) -> Set<Int> {
    let idle = layout.columnSizes.indices.filter { column in
      let place = start + layout.path(column, key)
      let rounding = 1e-12 * layout.columnSizes[column]
      return abs(estimates.values[place]) <= rounding
        && !(estimates.standardErrors[place] > rounding)
    }
    return Set(idle)
  }

  /// The formulas of a key.
  private func formulas(
    _ estimates: Estimates, from start: Int = 0, layout: MediationLayout, key: Int,
    scale: MediationScale
  ) -> [Formula] {
    func parameter(_ place: Int) -> Combination { .estimate(start + place) }
    func scaled(_ function: Combination) -> Combination {
      scale == .logit || isLinear ? function : parameter(layout.density) * function
    }
    let parts = (0..<layout.columnCount).map {
      parameter(layout.slope($0)) * parameter(layout.path($0, key))
    }
    let idle = idleColumns(estimates, from: start, layout: layout, key: key)
    func through(_ mediators: Range<Int>) -> Combination {
      let chosen = parts.indices.filter { mediators.contains(layout.mediatorOfColumn[$0]) }
      let speaking = chosen.filter { !idle.contains($0) }
      return .total((speaking.isEmpty ? chosen : speaking).map { parts[$0] })
    }
    let full = parameter(layout.full(key))
    let whole = through(0..<plan.mediators.count)
    let reduced = full + whole
    var ways = plan.mediators.enumerated().map { (name: $1, part: through($0..<$0 + 1)) }
    let blocks = zip(plan.blocks, plan.blockTerms).map { block, terms in
      (
        name: block.name,
        part: through(
          terms.lowerBound - plan.baseTerms.upperBound..<terms.upperBound
            - plan.baseTerms.upperBound)
      )
    }
    // A block of one variable with the variable's name is that variable.
    ways += blocks.filter { block in !ways.contains { $0.name == block.name } }
    var formulas = [
      Formula(quantity: .reduced, mediator: "", function: scaled(reduced)),
      Formula(quantity: .full, mediator: "", function: scaled(full)),
      Formula(quantity: .difference, mediator: "", function: scaled(whole)),
    ]
    formulas += ways.map {
      Formula(quantity: .difference, mediator: $0.name, function: scaled($0.part))
    }
    if let contrast = contrasted {
      formulas.append(
        Formula(
          quantity: .contrast,
          mediator: "\(plan.blocks[contrast.0].name)-\(plan.blocks[contrast.1].name)",
          function: scaled(blocks[contrast.0].part - blocks[contrast.1].part)))
    }
    formulas.append(Formula(quantity: .share, mediator: "", function: whole / reduced))
    formulas += ways.map {
      Formula(quantity: .share, mediator: $0.name, function: $0.part / reduced)
    }
    formulas.append(Formula(quantity: .ratio, mediator: "", function: reduced / full))
    if scale == .logit {
      let naive = parameter(layout.naive(key))
      formulas += [
        Formula(quantity: .naive, mediator: "", function: naive),
        Formula(quantity: .rescaling, mediator: "", function: reduced / naive),
      ]
    }
    return formulas
  }

  /// Exposure and awareness where both are there, otherwise the first two blocks.
  private var contrasted: (Int, Int)? {
    let names = plan.blocks.map(\.name)
    if let a = names.firstIndex(of: "exposure"), let b = names.firstIndex(of: "awareness") {
      return (a, b)
    }
    return names.count > 1 ? (0, 1) : nil
  }

  /// The rows of a group, or of all.
  func rows(
    _ estimates: Estimates, block: Int, of fit: MediationFit, group: Category?
  ) -> [Mediation.Row] {
    let layout = fit.layout
    let width = layout.width
    let indices = Array(block * width..<(block + 1) * width)
    let joint = estimates.covariance(of: indices)
    // What replicates give of the parts goes on into what is made of them.
    let own = estimates.selected(indices) ?? part(estimates, indices, joint)
    let independent =
      errors == .sobel ? part(estimates, indices, separated(joint, layout)) : own
    return layout.keys.indices.flatMap { key in
      let formulas = formulas(own, layout: layout, key: key, scale: scale)
      let isMeaningful = isEffect(formulas, own)
      return formulas.map { formula in
        var function = formula.function
        var source = own
        switch (formula.quantity, errors) {
        case (.difference, .sobel), (.contrast, .sobel): source = independent
        case (.reduced, .fixed):
          function = Combination.estimate(layout.third(key))
          if scale == .probability, !isLinear {
            function = .estimate(layout.density) * function
          }
        default: break
        }
        let label = [Estimates.Label(variable: formula.quantity.rawValue)]
        let found = source.functions([function], labels: label)
        let df = Double.model(
          found.degreesOfFreedom[0],
          coefficients: formula.quantity == .naive
            ? fit.coefficientCounts.naive : fit.coefficientCounts.full)
        let isHidden = formula.quantity == .share && !isMeaningful
        // Linear models have one scale, so that the factor is 1 by itself.
        let isOne = formula.quantity == .rescaling && isLinear
        return Mediation.Row(
          group: group, key: layout.keys[key], quantity: formula.quantity,
          mediator: formula.mediator,
          estimate: isHidden || isOne
            ? Difference(
              isOne ? 1 : .nan, standardError: .nan, degreesOfFreedom: df, level: level)
            : Difference(
              found.values[0], standardError: found.standardErrors[0], degreesOfFreedom: df,
              level: level))
      }
    }
  }

  private func part(_ estimates: Estimates, _ indices: [Int], _ covariance: Matrix) -> Estimates {
    Estimates(
      labels: indices.map { estimates.labels[$0] }, values: indices.map { estimates.values[$0] },
      covariance: covariance, standardErrors: indices.map { estimates.standardErrors[$0] },
      degreesOfFreedom: indices.map { estimates.degreesOfFreedom[$0] },
      counts: indices.map { estimates.counts[$0] },
      weightedCounts: indices.map { estimates.weightedCounts[$0] })
  }

  /// The covariance as if the outcome's model and the mediators' models were independent.
  private func separated(_ joint: Matrix, _ layout: MediationLayout) -> Matrix {
    var result = joint
    for i in layout.outcomeParameters {
      for j in layout.pathParameters {
        result[i, j] = 0
        result[j, i] = 0
      }
    }
    return result
  }

  /// Whether there is an effect of which mediators can have a share: it is twice its error, and
  /// neither the rest nor what goes through has another sign.
  private func isEffect(_ formulas: [Formula], _ estimates: Estimates) -> Bool {
    let found = estimates.functions(
      formulas.prefix(3).map(\.function),
      labels: ["reduced", "full", "difference"].map { Estimates.Label(variable: $0) })
    let (reduced, full, difference) = (found.values[0], found.values[1], found.values[2])
    return abs(reduced) >= 2 * found.standardErrors[0] && reduced * full > 0
      && reduced * difference >= 0
  }

  /// Average partial effects of groups, each against the reference's.
  ///
  /// Two models are one in which everything goes with the group: its coefficients are those of both.
  func differences(
    _ estimates: Estimates, of fits: [MediationFit], groups: [Category], base: Category
  ) -> [Mediation.GroupDifference] {
    let layout = fits[0].layout
    let width = layout.width
    let counts = fits.map(\.coefficientCounts.full)
    let baseCount = zip(groups, counts).first { $0.0.code == base.code }?.1 ?? 0
    return layout.keys.indices.flatMap { key in
      let byGroup = groups.indices.map { block in
        formulas(
          estimates, from: block * width, layout: layout, key: key, scale: .probability)
      }
      return byGroup[0].indices.filter {
        [.reduced, .full, .difference, .contrast].contains(byGroup[0][$0].quantity)
      }.flatMap { place in
        let formula = byGroup[0][place]
        let found = estimates.contrasts(
          of: byGroup.map { $0[place].function }, named: formula.quantity.rawValue,
          groups: groups, base: base)
        return zip(zip(groups, counts).filter { $0.0.code != base.code }, 0...).map {
          group, index in
          Mediation.GroupDifference(
            group: group.0, reference: base, key: layout.keys[key], quantity: formula.quantity,
            mediator: formula.mediator,
            difference: Difference(
              found.values[index], standardError: found.standardErrors[index],
              degreesOfFreedom: .model(
                found.degreesOfFreedom[index], coefficients: group.1 + baseCount), level: level))
        }
      }
    }
  }

  /// That all mediators of a block have no slope in the widest model.
  func blockTests(
    _ estimates: Estimates, of fit: MediationFit, outcome: String
  ) -> [TestResult] {
    let layout = fit.layout
    return zip(plan.blocks, plan.blockTerms).map { block, terms in
      let columns = layout.mediatorOfColumn.indices.filter {
        terms.contains(layout.mediatorOfColumn[$0] + plan.baseTerms.upperBound)
      }
      return estimates.waldTest(
        "wald-f", variable: outcome, term: block.name, of: columns.map(layout.slope),
        degreesOfFreedom: .model(
          estimates.degreesOfFreedom(of: [0]), coefficients: fit.coefficientCounts.full))
    }
  }

  /// That a block adds nothing where it enters.
  func entryTests(_ fits: [NestedModel], outcome: String) -> [TestResult] {
    zip(plan.blocks, zip(fits.dropFirst(), fits)).map { block, pair in
      let (fit, before) = pair
      let columns = fit.rows.indices.filter { index in
        !before.rows.contains { $0.column == fit.rows[index].column }
      }
      return fit.estimates.waldTest(
        "entry-wald-f", variable: outcome, term: block.name, of: columns)
    }
  }

  /// What must be known of the effects.
  func warnings(_ rows: [Mediation.Row]) -> [Note] {
    let suppressed = rows.filter { row in
      row.quantity == .share && row.mediator.isEmpty && row.estimate.estimate.isNaN
    }
    return suppressed.map { share in
      let key = share.key.name + (share.group.map { ", '\($0.code)'" } ?? "")
      func value(_ quantity: Mediation.Quantity) -> Difference? {
        rows.first {
          $0.group == share.group && $0.key == share.key && $0.quantity == quantity
            && $0.mediator.isEmpty
        }?.estimate
      }
      let (reduced, difference) = (value(.reduced), value(.difference))
      let isUncertain = reduced.map { abs($0.estimate) < 2 * $0.standardError } ?? false
      let isHiding = (reduced?.estimate ?? 0) * (difference?.estimate ?? 0) < 0
      return Note(
        .warning, id: isUncertain ? "paradox.no-effect" : "paradox.suppression",
        isUncertain
          ? "the effect without mediators is less than twice its error, so no share of it is given"
          : isHiding
            ? "suppression: the mediators hide part of the effect, so no share of it is given"
            : "suppression: the effect changes sign beside the mediators, so no share is given",
        naming: [isHiding ? "hiding" : ""], at: key)
    }
  }
}
