import SurveyData
import SurveyReaders
import SurveySessions
import SurveyStatistics

extension Weight {
  typealias PlacedStep = (place: String, step: WeightingStep)

  /// The steps that the options name.
  func ownSteps(of dataset: Dataset, in workspace: Workspace) throws -> [PlacedStep] {
    var steps: [WeightAdjustment] = []
    if let poststratify {
      steps.append(WeightAdjustment(.poststratify, by: poststratify.names))
    }
    if let rake { steps.append(try raking(rake.names, of: dataset)) }
    if let calibrate {
      steps.append(
        WeightAdjustment(
          .calibrate, formula: calibrate, method: method ?? .linear, bounds: bounds?.range))
    }
    if let nonresponse {
      steps.append(
        WeightAdjustment(.nonresponse, by: within?.names ?? [], responded: nonresponse))
    }
    if let trim { steps.append(WeightAdjustment(.trim, bounds: trim.range)) }
    if let normalize { steps.append(WeightAdjustment(.normalize, target: normalize)) }
    return try steps.map {
      (
        data,
        try step(
          $0, of: dataset, totals: totals, from: totalsFrom, tolerance, iterations, in: workspace)
      )
    }
  }

  /// Raking to margins; where some are crossed, calibration with factors that are always positive gives the same weights.
  private func raking(_ margins: [String], of dataset: Dataset) throws -> WeightAdjustment {
    let known = Set(dataset.variableNames)
    let crossed = margins.first { $0.contains(":") && !known.contains($0) }
    guard let crossed else { return WeightAdjustment(.rake, by: margins) }
    if let option = tolerance.map({ _ in "--tolerance" }) ?? iterations.map({ _ in "--iterations" })
    {
      throw SurveyError(
        .usage, at: crossed, "\(option) is of rounds, and crossed margins are raked to in one go",
        remedy: "Leave it out.")
    }
    let terms = margins.map { margin in
      margin.split(separator: ":").map { "`\($0)`" }.joined(separator: ":")
    }
    return WeightAdjustment(
      .calibrate, formula: terms.joined(separator: " + "), method: .raking)
  }

  /// The steps of a recipe.
  func steps(
    of recipe: WeightingRecipe, on dataset: Dataset, in workspace: Workspace
  ) throws -> [PlacedStep] {
    try recipe.steps.map { step in
      (
        step.place,
        try self.step(
          step.adjustment, of: dataset, totals: step.adjustment.totals, from: step.totalsFrom,
          step.tolerance, step.iterations, in: workspace)
      )
    }
  }

  private func step(
    _ adjustment: WeightAdjustment, of dataset: Dataset, totals: String?, from second: String?,
    _ tolerance: Double?, _ iterations: Int?, in workspace: Workspace
  ) throws -> WeightingStep {
    var step = WeightingStep(adjustment)
    guard [.poststratify, .rake, .calibrate].contains(adjustment.step) else { return step }
    step.adjustment.totals = totals ?? second ?? dataset.codebook.path
    step.totals = try totals.map { try PopulationTotals(Dataset(contentsOf: $0)) }
    step.source = try second.map { try Survey(workspace.dataset($0)) }
    if totals == nil, second == nil {
      step.totals = PopulationTotals(of: dataset.codebook)
      guard step.totals != nil else {
        throw SurveyError(
          .usage, "step '\(adjustment.step.rawValue)' has no totals",
          remedy: "Give --totals FILE or --totals-from DATA, or `totals:` in the codebook.")
      }
    }
    if let tolerance { step.tolerance = tolerance }
    if let iterations { step.iterations = iterations }
    return step
  }

  /// The replicates that are asked for; nil for none.
  func plan(_ recipe: WeightingRecipe?) throws -> ReplicatePlan? {
    if let replicates {
      return ReplicatePlan(replicates, count: count, fayRho: fayRho, seed: seed ?? 1)
    }
    guard let asked = recipe?.replicates else { return nil }
    guard let kind = ReplicatePlan.Kind(rawValue: asked.kind) else {
      let kinds = ReplicatePlan.Kind.allCases.map(\.rawValue)
      throw SurveyError(
        .data, at: asked.place, "'\(asked.kind)' is no kind of replicates",
        remedy: suggestion(for: asked.kind, among: kinds)
          ?? "It is one of \(kinds.joined(separator: ", ")).")
    }
    return ReplicatePlan(
      kind, count: asked.count, fayRho: asked.fayRho,
      seed: seed ?? asked.seed.map(UInt64.init) ?? 1)
  }
}
