public import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

/// One parameter of a model of several answers with everything that is said of it.
public struct CategoryRow: Hashable, Sendable {
  /// What it is of.
  public let place: Place
  /// The coefficient or the cut point, a logarithm of odds or of a ratio of chances.
  public let estimate: Double
  /// Its standard error, in the same unit.
  public let standardError: Double
  /// The degrees of freedom of its test: those of the design − slopes of one equation.
  public let degreesOfFreedom: Double
  /// The chance of a statistic at least as far from zero when the parameter is zero, 0…1; NaN
  /// without an error.
  public let pValue: Double
  /// Its confidence interval, in the same unit; NaN ends where there is none.
  public internal(set) var interval: ConfidenceInterval
  /// How much missing answers cost; nil unless imputed data sets were combined.
  public let missingInformation: MissingInformation?

  /// What a parameter is of.
  public enum Place: Hashable, Sendable {
    /// The coefficient of a column; in a multinomial model that of one answer against the base.
    case column(ModelColumn, outcome: Category?)
    /// The cut point between two answers that follow each other.
    case cut(of: String, below: Category, above: Category)
  }

  /// `x`, `g=2`, `(Intercept)`; `1|2` for a cut point.
  public var term: String {
    switch place {
    case .column(let column, _): column.name
    case .cut(_, let below, let above): "\(below.code)|\(above.code)"
    }
  }

  /// The variable, or the variables joined by `:`; the outcome for a cut point.
  public var variable: String {
    switch place {
    case .column(let column, _): column.variable
    case .cut(let outcome, _, _): outcome
    }
  }

  /// The categories' codes, joined by `:`; nil when the term is a number; `1|2` for a cut point.
  public var category: String? {
    switch place {
    case .column(let column, _): column.category
    case .cut: term
    }
  }

  /// The answer whose chance is compared with the base; nil in an ordinal model.
  public var outcome: Category? {
    if case .column(_, let outcome) = place { outcome } else { nil }
  }

  /// Whether it is the coefficient of a predictor, not a constant or a cut point.
  var isSlope: Bool {
    if case .column(let column, _) = place { !column.parts.isEmpty } else { false }
  }

  /// `estimate ∕ standardError`, a t; NaN without degrees of freedom or without a variance.
  public var statistic: Double {
    standardError > 0 && degreesOfFreedom > 0 ? estimate / standardError : .nan
  }
}

extension CategoryRow {
  /// What is said of one of several estimates.
  init(place: Place, of estimates: Estimates, at index: Int, level: Double) {
    self.place = place
    let (value, error) = (estimates.values[index], estimates.standardErrors[index])
    let df = estimates.degreesOfFreedom[index]
    (estimate, standardError, degreesOfFreedom) = (value, error, df)
    pValue = 2 * Distribution.t(degreesOfFreedom: df).upperTail(abs(value / error))
    interval = .wald(value, error, degreesOfFreedom: df, level: level)
    missingInformation =
      estimates.missingInformation.isEmpty ? nil : estimates.missingInformation[index]
  }
}
