internal import Glibc
internal import SurveyData

/// How two estimates are compared.
public enum ComparisonMeasure: String, CaseIterable, Sendable {
  /// `a − b`; the default.
  case difference
  /// `a ∕ b`, tested and given its interval on the log scale.
  case ratio
  /// `a(1 − b) ∕ (b(1 − a))` of two shares, on the log scale.
  case oddsRatio = "odds-ratio"

  /// Whether a test and an interval are made on the log scale.
  public var isRatio: Bool { self != .difference }

  /// The comparison of two estimates on the scale of its test, with its derivatives.
  ///
  /// - Returns: NaN where a logarithm has no value: a share of 0 or 1, numbers of different signs.
  func contrast(_ a: Double, _ b: Double) -> (value: Double, slopes: (Double, Double)) {
    switch self {
    case .difference: return (a - b, (1, -1))
    case .ratio: return (a / b > 0 ? log(a / b) : .nan, (1 / a, -1 / b))
    case .oddsRatio:
      let odds = a * (1 - b) / (b * (1 - a))
      return (odds > 0 ? log(odds) : .nan, (1 / (a * (1 - a)), -1 / (b * (1 - b))))
    }
  }

  /// A comparison that was estimated on the scale of its test, on the scale that is reported.
  func difference(_ found: Estimates, isKnown: Bool = true, level: Double) -> Difference {
    let (value, error) = (found.values[0], isKnown ? found.standardErrors[0] : .nan)
    let df = found.degreesOfFreedom[0]
    let isUseful = value.isFinite && error.isFinite
    var difference =
      isRatio
      ? Difference(
        logRatio: isUseful ? value : .nan, standardError: isUseful ? error : .nan,
        degreesOfFreedom: df, level: level)
      : Difference(value, standardError: error, degreesOfFreedom: df, level: level)
    difference.missingInformation = found.information(0)
    return difference
  }

  /// Refuses odds of anything but shares.
  func check(_ statistic: Estimand.Statistic, of variable: String) throws {
    guard self == .oddsRatio, statistic != .share else { return }
    throw SurveyError(
      .usage, at: variable, "a \(statistic.rawValue) has no odds",
      remedy: "Compare shares, or ask for a difference or a ratio.")
  }
}
