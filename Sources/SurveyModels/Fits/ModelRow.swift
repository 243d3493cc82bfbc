public import SurveyStatistics

/// One coefficient of a model with everything that is said of it.
public struct ModelRow: Hashable, Sendable {
  /// What it is of.
  public let column: ModelColumn
  /// The coefficient, on the scale of the link: a log odds ratio in a logistic model, the logarithm
  /// of a ratio of means in a Poisson or gamma model, in the outcome's unit in a linear one.
  public let estimate: Double
  /// Its standard error, in the same unit.
  public let standardError: Double
  /// The degrees of freedom of its test: those of the design + 1 − coefficients.
  public let degreesOfFreedom: Double
  /// The chance of a statistic at least as far from zero when the coefficient is zero, 0…1; NaN
  /// where there is no statistic.
  public let pValue: Double
  /// Its confidence interval, in the same unit.
  public let interval: ConfidenceInterval
  /// How much missing answers cost; nil unless imputed data sets were combined.
  public let missingInformation: MissingInformation?

  /// `x`, `g=2`, `sex:g=2`, `(Intercept)`.
  public var term: String { column.name }

  /// The variable, or the variables joined by `:`; empty for the constant.
  public var variable: String { column.variable }

  /// The categories' codes, joined by `:`; nil when the term is a number.
  public var category: String? { column.category }

  /// `estimate ∕ standardError`, a t; NaN without degrees of freedom or without a variance.
  public var statistic: Double {
    standardError > 0 && degreesOfFreedom > 0 ? estimate / standardError : .nan
  }
}

extension ModelRow {
  /// What is said of one of several estimates.
  init(
    _ column: ModelColumn, of estimates: Estimates, at index: Int, level: Double
  ) {
    let test = estimates.difference(index, level: level)
    self.init(
      column: column, estimate: test.estimate, standardError: test.standardError,
      degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue, interval: test.interval,
      missingInformation: test.missingInformation)
  }

  /// The same with another interval.
  func with(_ interval: ConfidenceInterval) -> ModelRow {
    ModelRow(
      column: column, estimate: estimate, standardError: standardError,
      degreesOfFreedom: degreesOfFreedom, pValue: pValue, interval: interval,
      missingInformation: missingInformation)
  }
}
