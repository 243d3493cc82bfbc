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

  init(name: String, rows: [Row], count: Int, isLogit: Bool, estimates: Estimates) {
    (self.name, self.rows, self.count) = (name, rows, count)
    (self.isLogit, self.estimates) = (isLogit, estimates)
  }

  init(_ name: String, _ fit: ModelFit, level: Double) {
    self.name = name
    rows = fit.rows.map {
      Row(
        column: $0.column,
        estimate: Difference(
          $0.estimate, standardError: $0.standardError, degreesOfFreedom: $0.degreesOfFreedom,
          level: level))
    }
    count = fit.count
    isLogit = fit.family == .logistic
    estimates = fit.estimates
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
    self.name = name
    rows = slopes.enumerated().map { place, index in
      Row(
        column: columns[index].column, estimate: estimates.difference(place, level: level))
    }
    count = sample.count
    isLogit = true
    self.estimates = estimates
  }
}
