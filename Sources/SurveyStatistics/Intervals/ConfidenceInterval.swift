internal import Glibc
internal import SurveyNumerics

/// A confidence interval; its ends are NaN where there is none (no degrees of freedom).
public struct ConfidenceInterval: Hashable, Sendable {
  /// The lower end, in the unit of the estimate; NaN where there is none.
  public let low: Double
  /// The upper end, in the same unit.
  public let high: Double

  /// Makes an interval.
  ///
  /// - Parameters:
  ///   - low: The lower end.
  ///   - high: The upper end.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// No interval.
  public static let none = Self(low: .nan, high: .nan)

  /// `estimate ± t · standardError`, the interval of whatever has an error that is about normal.
  ///
  /// Of a share near 0 or 1 it leaves 0…1; there use `Proportion.interval(_:level:)`.
  ///
  /// - Parameters:
  ///   - estimate: The estimate, in any unit.
  ///   - standardError: Its standard error, in the same unit.
  ///   - degreesOfFreedom: Those of the design; NaN ends when not above 0.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Ends in the estimate's unit; NaN without an error or degrees of freedom.
  /// - Note: Agrees with `confint(svymean(…), df = degf(design))` of R's survey 4.5.
  /// - SeeAlso: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling.
  public static func wald(
    _ estimate: Double, _ standardError: Double, degreesOfFreedom: Double, level: Double
  ) -> Self {
    let half = tQuantile(level: level, degreesOfFreedom: degreesOfFreedom) * standardError
    return Self(low: estimate - half, high: estimate + half)
  }

  /// `tanh(atanh r ± t · se ∕ (1 − r²))`: the interval of a correlation on Fisher's scale, with the
  /// design's error.
  ///
  /// - Parameters:
  ///   - correlation: The correlation, between −1 and 1.
  ///   - standardError: Its standard error on its own scale.
  ///   - degreesOfFreedom: Those of the design; NaN ends when not above 0.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Ends between −1 and 1; none for a correlation of ±1 with an error that is not 0.
  /// - Note: Agrees with the formula by hand, for correlations of imputed data.
  /// - SeeAlso: Fisher (1921), Metron 1.
  public static func fisher(
    _ correlation: Double, _ standardError: Double, degreesOfFreedom: Double, level: Double
  ) -> Self {
    guard correlation.magnitude < 1 else {
      return standardError == 0 ? Self(low: correlation, high: correlation) : .none
    }
    let interval = wald(
      atanh(correlation), standardError / (1 - correlation * correlation),
      degreesOfFreedom: degreesOfFreedom, level: level)
    return Self(low: tanh(interval.low), high: tanh(interval.high))
  }
}

/// The two-sided t quantile of a confidence level.
package func tQuantile(level: Double, degreesOfFreedom: Double) -> Double {
  Distribution.t(degreesOfFreedom: degreesOfFreedom).quantile(0.5 + level / 2)
}
