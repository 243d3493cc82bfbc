public import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

/// Adjusted predictions: the mean outcome when some variables are set for everybody, the others as
/// each respondent answered.
public struct Predictions: Sendable {
  /// The variables that are set, in order.
  public let variables: [String]
  /// The predictions: setting after setting, group after group.
  public let rows: [Row]
  /// The predictions with their joint covariance, in the order of `rows`.
  public let estimates: Estimates
  /// What the user must know.
  public let notes: [Note]

  /// One prediction.
  public struct Row: Hashable, Sendable {
    /// What was set.
    public let answers: [SetVariable]
    /// The group of respondents; nil means all.
    public let group: Category?
    /// The outcome whose chance it is; nil where there is only one.
    public let outcome: Category?
    /// The respondents averaged over.
    public let count: Int
    /// The prediction, in the unit of the outcome: chances as 0…1; NaN where it is not estimable.
    public let estimate: Double
    /// Its standard error, in the same unit.
    public let standardError: Double
    /// The degrees of freedom of the design; of imputed data Barnard and Rubin's.
    public let degreesOfFreedom: Double
    /// Its interval, made on the scale of the linear predictor and carried back.
    public let interval: ConfidenceInterval
    /// How much missing answers cost; nil unless imputed data sets were combined.
    public internal(set) var missingInformation: MissingInformation?
  }
}

extension PredictionBasis {
  /// Predictions for every combination of the values, estimated together.
  func predictions(
    at settings: Settings, over group: String?, options: MarginOptions
  ) throws -> Predictions {
    for variable in settings.variables { try require(variable.name) }
    return try knowing(settings.variables.map(\.name) + [group].compactMap { $0 })
      .knownPredictions(at: settings, over: group, options: options)
  }

  private func knownPredictions(
    at settings: Settings, over group: String?, options: MarginOptions
  ) throws -> Predictions {
    let groups = try CaseGroups(group, of: frame)
    let grid = try self.grid(settings)
    let averages = try grid.map { answers in
      let (matrix, offsets) = try self.matrix(at: answers)
      return average(
        matrix, offsets: offsets, over: groups, keepsRows: options.covariates != .fixed)
    }
    let places = grid.flatMap { answers in
      groups.categories.indices.flatMap { group in curve.outcomes.map { (answers, group, $0) } }
    }
    let estimates = try estimates(
      averages, over: groups,
      labels: places.map { answers, group, outcome in
        Estimates.Label(
          variable: terms.formula.outcome.name, category: outcome?.code,
          groups: answers.map(\.answer.text)
            + [groups.categories[group]?.code].compactMap { $0 })
      }, covariates: options.covariates)
    let averageOf = places.indices.map { $0 / (curve.outcomeCount * groups.count) }
    let unknown = places.indices.filter {
      !averages[averageOf[$0]].defects.columns(of: places[$0].1, among: plan.dropped.count).isEmpty
    }
    let known = estimates.unknown(at: unknown)
    let rows = places.indices.map { index in
      let (answers, group, outcome) = places[index]
      let (value, error) = (known.values[index], known.standardErrors[index])
      let df = known.degreesOfFreedom[index]
      return Predictions.Row(
        answers: answers, group: groups.categories[group], outcome: outcome,
        count: groups.counts[group], estimate: value, standardError: error, degreesOfFreedom: df,
        interval: curve.interval(value, error, degreesOfFreedom: df, level: options.level))
    }
    return Predictions(
      variables: settings.variables.map(\.name), rows: rows, estimates: known,
      notes: [groups.note].compactMap { $0 }
        + notes(
          notEstimable: places.indices.filter { places[$0].2 == curve.outcomes[0] }.map { index in
            let (answers, group, _) = places[index]
            let at =
              answers.map { "\($0.variable)=\($0.answer.text)" }
              + [groups.categories[group]?.code].compactMap { $0 }
            return (at.joined(separator: ", "), averages[averageOf[index]].defects, group)
          }))
  }
}
