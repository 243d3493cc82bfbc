internal import Glibc
internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

/// The numbers that a decomposition is made of, with their joint influence, and the formulas over
/// them.
///
/// Estimates stand in the order: the means m11, m00, m1c, m0c (in three parts m01); the coefficients of the reference, of
/// the other group, and of both where one is asked for; the covariates' means in the two groups.
struct DecompositionEstimates {
  let frame: DecompositionFrame
  let options: DecompositionOptions
  let estimates: Estimates
  /// The coefficients of each fit over the columns of the frame.
  let coefficients: [[Double]]
  /// The place in `coefficients` of those that weigh the differences.
  let weighing: Int

  var isLinear: Bool { options.method == .oaxaca }
  private var width: Int { frame.width }

  init(_ frame: DecompositionFrame, options: DecompositionOptions) throws {
    self.frame = frame
    self.options = options
    let width = frame.width
    let isLinear = options.method == .oaxaca
    coefficients = frame.fits.map { Array($0.coefficients.prefix(width)) }
    weighing = [.group0: 0, .group1: 1, .pooled: 2][options.coefficients] ?? 0

    let mean = Self.mean(isLinear: isLinear)
    var sums = [0.0, 0]
    for (place, group) in frame.groupOf.enumerated() { sums[group] += frame.weights[place] }

    // Means with their slopes along the coefficients.
    let pairs = [
      (1, 1), (0, 0), (1, weighing), options.isThreefold ? (0, 1) : (0, weighing),
    ]
    var means = Array(repeating: 0.0, count: pairs.count)
    var slopes = Array(repeating: Array(repeating: 0.0, count: width), count: pairs.count)
    var predictions: [[Double]] = []
    for (number, (group, fit)) in pairs.enumerated() {
      var found = Array(repeating: 0.0, count: frame.people.caseCount)
      for place in frame.people.places where frame.groupOf[place] == group {
        let x = frame.covariates(place)
        let (value, slope) = mean(zip(x, coefficients[fit]).reduce(0) { $0 + $1.0 * $1.1 })
        found[place] = value
        let share = frame.weights[place] / sums[group]
        means[number] += share * value
        for (k, xk) in x.enumerated() { slopes[number][k] += share * slope * xk }
      }
      predictions.append(found)
    }
    var centres = [Array(repeating: 0.0, count: width), Array(repeating: 0.0, count: width)]
    for place in frame.people.places {
      let group = frame.groupOf[place]
      for (k, xk) in frame.covariates(place).enumerated() {
        centres[group][k] += frame.weights[place] / sums[group] * xk
      }
    }

    let values = means + coefficients.flatMap { $0 } + centres[0] + centres[1]
    let joint = Influence(values, of: frame.people) { place, u in
      let group = frame.groupOf[place]
      for (number, (of, fit)) in pairs.enumerated() {
        var sum = of == group ? (predictions[number][place] - means[number]) / sums[of] : 0
        let influence = frame.fits[fit]
        for k in 0..<width {
          sum += slopes[number][k] * influence.influence[place * influence.width + k]
        }
        u[number] = sum
      }
      var next = pairs.count
      for fit in frame.fits {
        for k in 0..<width {
          u[next] = fit.influence[place * fit.width + k]
          next += 1
        }
      }
      next += group * width
      for (k, xk) in frame.covariates(place).enumerated() {
        u[next + k] = (xk - centres[group][k]) / sums[group]
      }
    }
    let totals = try frame.people.totals(of: [joint])
    estimates = Estimates(
      labels: values.map { _ in Estimates.Label(variable: "") }, values: values,
      counts: values.map { _ in frame.people.count },
      weightedCounts: values.map { _ in sums[0] + sums[1] }, totals: totals)
  }

  /// The mean of a linear predictor and its slope.
  static func mean(isLinear: Bool) -> (Double) -> (value: Double, slope: Double) {
    if isLinear { return { ($0, 1) } }
    return { eta in
      let e = exp(-abs(eta))
      let value = eta < 0 ? e / (1 + e) : 1 / (1 + e)
      return (value, e / ((1 + e) * (1 + e)))
    }
  }
}
