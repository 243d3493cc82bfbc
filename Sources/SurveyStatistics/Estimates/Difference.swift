internal import Glibc
internal import SurveyNumerics

/// A difference with its test, or a ratio tested on the log scale; a difference has the unit of what
/// is compared, shares as 0…1.
public struct Difference: Hashable, Sendable {
  /// The difference, or the ratio.
  public let estimate: Double
  /// Its standard error, with the covariance between what is compared.
  ///
  /// That of a ratio is on the ratio's own scale, `ratio · se(log ratio)`. NaN where the sample says nothing of it, zero where
  /// all of the population was drawn.
  public let standardError: Double
  /// The degrees of freedom of the test.
  public let degreesOfFreedom: Double
  /// `estimate ∕ standardError`, of a ratio `log(ratio) ∕ se(log ratio)`: a t; NaN where the error is
  /// zero or unknown.
  public let statistic: Double
  /// Its confidence interval, `estimate ± t·se`, of a ratio `exp(log(ratio) ± t·se)`.
  public package(set) var interval: ConfidenceInterval
  /// How much missing answers cost; nil unless imputed data sets were combined.
  public package(set) var missingInformation: MissingInformation?

  /// Makes a difference from its estimate and error.
  ///
  /// - Parameter level: The confidence level, between 0 and 1.
  public init(
    _ estimate: Double, standardError: Double, degreesOfFreedom: Double, level: Double
  ) {
    self.estimate = estimate
    // An error that is no more than the last digit of the estimate is rounding, not knowledge.
    let isRounding = standardError > 0 && standardError <= 1e-14 * abs(estimate)
    let standardError = isRounding ? .nan : standardError
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
    // Without degrees of freedom there is nothing to hold an estimate against.
    statistic = standardError == 0 || degreesOfFreedom <= 0 ? .nan : estimate / standardError
    interval = .wald(
      estimate, standardError, degreesOfFreedom: degreesOfFreedom, level: level)
  }

  /// Makes a ratio from its logarithm and the logarithm's error.
  ///
  /// - Parameter level: The confidence level, between 0 and 1.
  public init(
    logRatio: Double, standardError: Double, degreesOfFreedom: Double, level: Double
  ) {
    let log = Difference(
      logRatio, standardError: standardError, degreesOfFreedom: degreesOfFreedom, level: level)
    estimate = exp(logRatio)
    self.standardError = estimate * standardError
    self.degreesOfFreedom = degreesOfFreedom
    statistic = log.statistic
    interval = ConfidenceInterval(low: exp(log.interval.low), high: exp(log.interval.high))
  }

  /// The chance of a statistic at least as far from zero when there is no difference: none where the
  /// error is unknown; a difference that is known is there or not.
  public var pValue: Double {
    guard standardError != 0 else { return degreesOfFreedom <= 0 ? .nan : estimate == 0 ? 1 : 0 }
    return 2 * Distribution.t(degreesOfFreedom: degreesOfFreedom).upperTail(abs(statistic))
  }
}

extension Estimates {
  /// An estimate with its error, its test against zero and its interval.
  ///
  /// - Parameters:
  ///   - index: Which estimate.
  ///   - level: The confidence level, between 0 and 1.
  public func difference(_ index: Int, level: Double) -> Difference {
    var difference = Difference(
      values[index], standardError: standardErrors[index],
      degreesOfFreedom: degreesOfFreedom[index], level: level)
    if !missingInformation.isEmpty { difference.missingInformation = missingInformation[index] }
    return difference
  }
}
