public import SurveyModels
public import SurveyStatistics

/// One of the models M0, M1, … on the same people, in the form that all families share.
public struct NestedModel: Sendable {
  /// `M0`, `M1`, ….
  public let name: String
  /// The coefficients; those of an ordered logit without its cut points.
  public let rows: [Row]
  /// The respondents.
  public let count: Int
  /// Whether the coefficients are log odds.
  public let isLogit: Bool
  /// The coefficients with their covariance.
  let estimates: Estimates

  /// A coefficient.
  public struct Row: Hashable, Sendable {
    /// What it is of.
    public let column: ModelColumn
    /// The coefficient with its test, in log odds or in the outcome's unit.
    public let estimate: Difference
  }

  private init(
    _ name: String, columns: [ModelColumn], count: Int, isLogit: Bool, estimates: Estimates,
    level: Double
  ) {
    (self.name, self.count, self.isLogit, self.estimates) = (name, count, isLogit, estimates)
    rows = columns.enumerated().map {
      Row(column: $1, estimate: estimates.difference($0, level: level))
    }
  }

  init(_ name: String, _ fit: ModelFit, level: Double) {
    self.init(
      name, columns: fit.rows.map(\.column), count: fit.count, isLogit: fit.family == .logistic,
      estimates: fit.estimates, level: level)
  }

  /// The model of a survey, or of imputed data.
  init(_ found: Findings<NestedModel>, level: Double) throws {
    let first = found.first
    self.init(
      first.name, columns: first.rows.map(\.column), count: first.count, isLogit: first.isLogit,
      estimates: try found.estimates(\.estimates), level: level)
  }

  /// An ordered logit of some of the terms of a sample.
  init(
    _ name: String, ordered sample: ModelSample, terms: [Int], level: Double
  ) throws {
    let people = sample.people
    let all = sample.columns.filter { $0.term.map(terms.contains) ?? true }
    let dependent = Regression.dependentColumns(all.map(\.values), among: people)
    let columns = all.indices.filter { !dependent.contains($0) }.map { all[$0] }
    let fit = try Regression(
      ordered: sample.outcomes, on: columns.map(\.values), among: people)
    let slopes = Array(1..<columns.count)
    let part = fit.coefficients.selecting(slopes)
    let totals = try people.totals(of: [part])
    let estimates = Estimates(
      labels: slopes.map { Estimates.Label(variable: columns[$0].column.name) },
      values: part.values, counts: slopes.map { _ in sample.count },
      weightedCounts: slopes.map { _ in .nan }, totals: totals
    ).leaving(columns.count)
    self.init(
      name, columns: slopes.map { columns[$0].column }, count: sample.count, isLogit: true,
      estimates: estimates, level: level)
  }
}
