package import SurveyStatistics

/// What is said of a number in a table of variables of any kind.
package enum TableOneFigure: String, CaseIterable, Sendable {
  /// The mean, with the standard deviation.
  case mean
  /// The median, with the quartiles.
  case median

  /// The estimates that it takes, the first of which stands in front.
  package var statistics: [SummaryStatistic] {
    switch self {
    case .mean: [.mean, .standardDeviation]
    case .median: [.quantile(0.5), .quantile(0.25), .quantile(0.75)]
    }
  }
}
