public import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

/// Adjusted predictions: the mean outcome when some variables are set for everybody, the others as
/// each respondent answered.
public struct Predictions: Sendable {
  /// The variables that are set, in order.
  public let variables: [String]
  /// The predictions: setting after setting, group after group.
  public internal(set) var rows: [Row]
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
    public let missingInformation: MissingInformation?
  }
}

/// The predictions of a fit to one data set.
struct PredictionFinding {
  /// What each is of, with the number of its average.
  let places: [(answers: [SetVariable], group: Int, outcome: Category?, average: Int)]
  let averages: [Average]
  let groups: CaseGroups
  let basis: PredictionBasis
  let estimates: Estimates
  /// The predictions that are not estimable.
  let unknown: [Int]
}

extension PredictionBasis {
  /// Predictions for every combination of the values, estimated together.
  func predictions(
    at settings: Settings, over group: String?, options: MarginOptions
  ) throws -> PredictionFinding {
    for variable in settings.variables { try require(variable.name) }
    return try knowing(settings.variables.map(\.name) + [group].compactMap { $0 })
      .knownPredictions(at: settings, over: group, options: options)
  }

  private func knownPredictions(
    at settings: Settings, over group: String?, options: MarginOptions
  ) throws -> PredictionFinding {
    let groups = try CaseGroups(group, of: frame)
    let grid = try self.grid(settings)
    let averages = try grid.map { answers in
      let (matrix, offsets) = try self.matrix(at: answers)
      return average(
        matrix, offsets: offsets, over: groups, keepsRows: options.covariates != .fixed)
    }
    let places = grid.enumerated().flatMap { number, answers in
      groups.categories.indices.flatMap { group in
        curve.outcomes.map { (answers: answers, group: group, outcome: $0, average: number) }
      }
    }
    let estimates = try estimates(
      averages, over: groups,
      labels: places.map { place in
        Estimates.Label(
          variable: terms.formula.outcome.name, category: place.outcome?.code,
          groups: place.answers.map(\.answer.text)
            + [groups.categories[place.group]?.code].compactMap { $0 })
      }, covariates: options.covariates)
    return PredictionFinding(
      places: places, averages: averages, groups: groups, basis: self, estimates: estimates,
      unknown: places.indices.filter {
        !averages[places[$0].average].defects.columns(
          of: places[$0].group, among: plan.dropped.count
        ).isEmpty
      })
  }
}

extension Predictions {
  /// Dresses predictions with errors and intervals.
  init(of variables: [String], _ found: Findings<PredictionFinding>, level: Double) throws {
    let (places, groups) = (found.first.places, found.first.groups)
    let (averages, basis) = (found.first.averages, found.first.basis)
    let known = try found.estimates(\.estimates).unknown(at: found.positions(\.unknown))
    let counts = known.counts
    self.variables = variables
    rows = places.indices.map { index in
      let (value, error) = (known.values[index], known.standardErrors[index])
      let df = known.degreesOfFreedom[index]
      return Row(
        answers: places[index].answers, group: groups.categories[places[index].group],
        outcome: places[index].outcome, count: counts[index], estimate: value,
        standardError: error, degreesOfFreedom: df,
        interval: basis.curve.interval(value, error, degreesOfFreedom: df, level: level),
        missingInformation: known.information(index))
    }
    estimates = known
    notes =
      [groups.note].compactMap { $0 }
      + basis.notes(
        notEstimable: places.filter { $0.outcome == basis.curve.outcomes[0] }.map { place in
          let at =
            place.answers.map { "\($0.variable)=\($0.answer.text)" }
            + [groups.categories[place.group]?.code].compactMap { $0 }
          return (at.joined(separator: ", "), averages[place.average].defects, place.group)
        })
  }
}
