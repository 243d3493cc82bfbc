internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

extension PredictionBasis {
  /// Average marginal effects of several variables, estimated together.
  func effects(
    of variables: [String], over group: String?, at settings: Settings?, options: MarginOptions
  ) throws -> EffectsFinding {
    for variable in variables { try require(variable) }
    let names = variables + [group].compactMap { $0 } + (settings?.variables.map(\.name) ?? [])
    return try knowing(names).knownEffects(
      of: variables, over: group, at: settings, options: options)
  }

  private func knownEffects(
    of variables: [String], over group: String?, at settings: Settings?, options: MarginOptions
  ) throws -> EffectsFinding {
    let groups = try CaseGroups(group, of: frame)
    let grid = try settings.map { try self.grid($0) } ?? [[]]
    var notes: [Note] = []
    var found: [Effect] = []
    for variable in variables {
      let (kind, note) = try effect(of: variable)
      notes += [note].compactMap { $0 }
      switch kind {
      case .levels(let levels):
        found += try contrasts(of: variable, levels, grid, groups, options)
      case .slope:
        found += try grid.map { answers in
          Effect(
            variable: variable, answers: answers,
            average: try slope(of: variable, answers, groups, options))
        }
      }
    }
    return try EffectsFinding(
      found, groups, in: self, options: options,
      notes: notes + [groups.note].compactMap { $0 })
  }

  /// One contrast of a variable at some answers, in all groups.
  struct Effect {
    let variable: String
    var category: Category?
    var reference: Category?
    var isIndependent = true
    let answers: [SetVariable]
    let average: Average
  }

  /// `Σ w [F(η at a) − F(η at b)] ∕ W` for every pair of levels.
  private func contrasts(
    of variable: String, _ levels: [Category], _ grid: [[SetVariable]], _ groups: CaseGroups,
    _ options: MarginOptions
  ) throws -> [Effect] {
    guard levels.count > 1 else {
      throw SurveyError(
        .noAnswer, at: variable, "has one category in the model, so it has no effect")
    }
    if grid.contains(where: { $0.contains { $0.variable == variable } }) {
      throw SurveyError(
        .usage, at: variable, "cannot be set, since its effect compares its categories")
    }
    let averages = try grid.map { answers in
      try levels.map { level in
        let set = answers + [SetVariable(variable: variable, answer: .code(level.code))]
        let (matrix, offsets) = try self.matrix(at: set)
        return average(
          matrix, offsets: offsets, over: groups, keepsRows: options.covariates != .fixed)
      }
    }
    return pairs(levels, options.contrasts).flatMap { level, base, isIndependent in
      grid.indices.map { place in
        Effect(
          variable: variable, category: levels[level], reference: levels[base],
          isIndependent: isIndependent, answers: grid[place],
          average: averages[place][level] - averages[place][base])
      }
    }
  }

  /// `Σ w F′(η) dη∕dx ∕ W`.
  private func slope(
    of variable: String, _ answers: [SetVariable], _ groups: CaseGroups, _ options: MarginOptions
  ) throws -> Average {
    let frame = try frame.answering(answers.asFixed, terms)
    guard let slopes = try slopes(of: frame, by: variable, at: answers) else {
      throw SurveyError(
        .usage, at: variable, "is in the model in steps only, so it has no slope",
        remedy: "Set it to values with --predict '\(variable)=…'.")
    }
    return average(
      try matrix(of: frame), offsets: frame.offsets, slopes: slopes, over: groups,
      keepsRows: options.covariates != .fixed)
  }
}
