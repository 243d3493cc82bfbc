internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

extension LevelPrevalence {
  /// Follows the gradient along each way to misreport.
  func tipping(_ options: TippingOptions) throws -> Tipping {
    try requirePossible(options)
    let (c, values) = (contrast, values)
    let gradient = difference(
      zip(c, values).reduce(0) { $0 + $1.0 * $1.1 }, slopes: c, level: options.level)
    return Tipping(
      levels: levels.indices.map {
        Tipping.Level(category: levels[$0], count: counts[$0], observed: observed[$0])
      }, gradient: gradient,
      ways: try Misreporting.allCases.map {
        try way($0, isRising: gradient.estimate >= 0, options)
      }, accounting: accounting, notes: notes)
  }

  /// Checks that the answers allow the reporting that all levels share.
  private func requirePossible(_ options: TippingOptions) throws {
    for (level, p) in zip(levels, values)
    where p < 1 - options.specificity
      || p > options.sensitivity
    {
      throw SurveyError(
        .noAnswer, at: "level '\(level.code)'",
        "\(canonicalCode((1000 * p).rounded() / 10)) per cent report the outcome, which a "
          + "sensitivity of \(canonicalCode(options.sensitivity)) and a specificity of "
          + "\(canonicalCode(options.specificity)) cannot give",
        remedy: "Choose --sensitivity and --specificity nearer 1.")
    }
  }

  private func way(
    _ kind: Misreporting, isRising: Bool, _ options: TippingOptions
  ) throws -> Tipping.Way {
    let reporting = DifferentialReporting(
      kind: kind, sensitivity: options.sensitivity, specificity: options.specificity)
    let (c, values) = (contrast, values)
    let t = isRising ? places : places.map { 1 - $0 }
    let limit = zip(values, t).map { reporting.limit($0, at: $1) }.min() ?? 0
    func corrected(_ delta: Double) -> [DifferentialReporting.Corrected] {
      zip(values, t).map { reporting.corrected($0, at: $1, delta) }
    }
    func gradient(_ delta: Double) -> Difference {
      let found = corrected(delta)
      return difference(
        zip(c, found).reduce(0) { $0 + $1.0 * $1.1.value },
        slopes: zip(c, found).map { $0 * $1.slope }, level: options.level)
    }
    let sign = isRising ? 1.0 : -1
    let end = limit * (1 - 1e-12)
    /// The distance from zero of the interval's nearer end, below zero when it includes zero.
    func clearance(_ delta: Double) -> Double {
      let found = gradient(delta)
      return sign > 0 ? found.interval.low : -found.interval.high
    }
    var point: Difference?
    if gradient(0).estimate == 0 || sign * gradient(end).estimate < 0 {
      let delta =
        gradient(0).estimate == 0 ? 0 : try root(of: { gradient($0).estimate }, in: 0...end)
      let found = corrected(delta)
      let slope = zip(c, found).reduce(0) { $0 + $1.0 * $1.1.slopeInParameter }
      point = difference(
        delta, slopes: zip(c, found).map { -$0 * $1.slope / slope }, level: options.level)
    }
    var includes: Double?
    if clearance(0).isNaN {
      // Nothing is known of the interval.
    } else if clearance(0) <= 0 {
      includes = 0
    } else if let point {
      // There the estimate is zero, and without an error rounding alone would tell.
      let there = clearance(point.estimate)
      if there < 0 {
        includes = try root(of: clearance, in: 0...point.estimate)
      } else if !there.isNaN {
        includes = point.estimate
      }
    } else if clearance(end) <= 0 {
      includes = try root(of: clearance, in: 0...end)
    }
    return Tipping.Way(
      kind: kind,
      curve: Self.grid(upTo: limit, past: point?.estimate).map { ($0, gradient($0)) },
      point: point, includesZero: includes, limit: limit,
      correctedLevels: point.map { corrected($0.estimate).map(\.value) } ?? [])
  }

  /// Even steps from 0 to half as far again as the point, within the limit.
  private static func grid(upTo limit: Double, past point: Double?) -> [Double] {
    let end = min(limit, 1.5 * (point ?? limit))
    let step = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05].first { end / $0 <= 20 } ?? 0.05
    let count = Int((end / step + 1e-9).rounded(.down))
    return (0...max(count, 0)).map { Double($0) * step }
  }
}
