internal import Glibc
internal import SurveyNumerics

/// A difference with its test, or a ratio tested on the log scale; a difference has the unit of
/// what is compared, shares as 0…1.
public struct Difference: Hashable, Sendable {
  /// The difference, in the unit of what is compared, or the ratio, above 0; NaN where there is
  /// none.
  public let estimate: Double
  /// Its standard error, with the covariance between what is compared.
  ///
  /// That of a ratio is on the ratio's own scale, `ratio · se(log ratio)`. NaN where the sample
  /// says nothing of it, zero where all of the population was drawn.
  public let standardError: Double
  /// The degrees of freedom of the test; may be infinite.
  public let degreesOfFreedom: Double
  /// `estimate ∕ standardError`, of a ratio `log(ratio) ∕ se(log ratio)`: a t; NaN where the error
  /// is zero or unknown.
  public let statistic: Double
  /// Its confidence interval, in the same unit: `estimate ± t·se`, of a ratio `exp(log(ratio) ±
  /// t·se)`; NaN ends where there is none.
  public package(set) var interval: ConfidenceInterval
  /// How much missing answers cost; nil unless imputed data sets were combined.
  public package(set) var missingInformation: MissingInformation?

  /// Makes a difference from its estimate and error, tested by `t = estimate ∕ standardError`.
  ///
  /// - Parameters:
  ///   - estimate: The difference, in any unit.
  ///   - standardError: Its standard error, in the same unit; NaN where nothing is known of it, 0
  ///     where it is known for certain. One of no more than the last digit of the estimate is taken
  ///     for unknown.
  ///   - degreesOfFreedom: Those of t, may be infinite; at 0 or below there is no test and no
  ///     interval.
  ///   - level: The confidence level, between 0 and 1.
  /// - Note: Its t and p-value agree with those of `svycontrast` and `pt` of R in the comparisons
  ///   of the tests.
  /// - SeeAlso: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling.
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

  /// Makes a ratio from its logarithm and the logarithm's error, tested by `t = log ratio ∕ se`.
  ///
  /// - Parameters:
  ///   - logRatio: The natural logarithm of the ratio; NaN where there is none.
  ///   - standardError: The standard error of the logarithm; that of the ratio is `ratio · se`.
  ///   - degreesOfFreedom: Those of t, may be infinite; at 0 or below there is no test and no
  ///     interval.
  ///   - level: The confidence level, between 0 and 1.
  /// - Note: Agrees with ratios and odds ratios of R's survey 4.1 in the comparisons of the tests.
  /// - SeeAlso: Wolter (2007), Introduction to Variance Estimation, chapter 6.
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

  /// The chance of a statistic at least as far from zero when there is no difference, 0…1: NaN
  /// where the error is unknown; a difference that is known is there (0) or not (1).
  public var pValue: Double {
    guard standardError != 0 else { return degreesOfFreedom <= 0 ? .nan : estimate == 0 ? 1 : 0 }
    return 2 * Distribution.t(degreesOfFreedom: degreesOfFreedom).upperTail(abs(statistic))
  }
}

extension Estimates {
  /// An estimate with its error, its test against zero and its interval `estimate ± t·se`.
  ///
  /// - Parameters:
  ///   - index: Which estimate.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: The estimate in its own unit; the test is NaN where the error is unknown.
  /// - Complexity: O(1).
  /// - Note: As of the `Difference` that it makes.
  /// - SeeAlso: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling.
  public func difference(_ index: Int, level: Double) -> Difference {
    var difference = Difference(
      values[index], standardError: standardErrors[index],
      degreesOfFreedom: degreesOfFreedom[index], level: level)
    difference.missingInformation = information(index)
    return difference
  }

  /// The ratio whose logarithm an estimate is, tested and given its interval on the log scale.
  ///
  /// - Parameters:
  ///   - index: Which estimate.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: The ratio, above 0, as of ``Difference/init(logRatio:standardError:degreesOfFreedom:level:)``.
  package func ratio(_ index: Int, isKnown: Bool = true, level: Double) -> Difference {
    var ratio = Difference(
      logRatio: values[index], standardError: isKnown ? standardErrors[index] : .nan,
      degreesOfFreedom: degreesOfFreedom[index], level: level)
    ratio.missingInformation = information(index)
    return ratio
  }

  /// How much missing answers cost an estimate; nil unless imputed data sets were combined.
  package func information(_ index: Int) -> MissingInformation? {
    missingInformation.isEmpty ? nil : missingInformation[index]
  }
}
