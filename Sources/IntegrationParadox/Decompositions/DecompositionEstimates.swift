internal import SurveyData
internal import SurveyModels
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
    let link = options.method == .oaxaca ? Link.identity : .logit
    coefficients = frame.fits.map { Array($0.coefficients.prefix(width)) }
    weighing = [.group0: 0, .group1: 1, .pooled: 2][options.coefficients] ?? 0

    // Means with their slopes along the coefficients.
    let pairs = [
      (1, 1), (0, 0), (1, weighing), options.isThreefold ? (0, 1) : (0, weighing),
    ]
    let members = [0, 1].map { group in frame.people.places.filter { frame.groupOf[$0] == group } }
    let weights = members.map { $0.map { frame.weights[$0] } }
    let sums = weights.map { $0.reduce(0, +) }
    let columns = members.map { members in
      (0..<width).map { k in members.map { frame.x[$0 * width + k] } }
    }
    func averagesOf(_ coefficients: [[Double]], _ weights: [[Double]]) -> [AveragePrediction] {
      pairs.map { group, fit in
        AveragePrediction(
          link, of: columns[group].map { .own($0) }, at: coefficients[fit],
          weights: weights[group])
      }
    }
    func centresOf(_ weights: [[Double]]) -> [[Double]] {
      [0, 1].map { group in
        let sum = weights[group].reduce(0, +)
        return columns[group].map { zip($0, weights[group]).reduce(0) { $0 + $1.1 / sum * $1.0 } }
      }
    }
    let averages = averagesOf(coefficients, weights)
    let means = averages.map(\.value)
    let centres = centresOf(weights)

    let replicates = frame.people.replicateWeights?.enumerated().map { r, all in
      let own = frame.fits.map { Array(($0.replicates?[r] ?? $0.coefficients).prefix(width)) }
      let weights = members.map { $0.map { all[$0] } }
      let middles = centresOf(weights)
      return averagesOf(own, weights).map(\.value) + own.flatMap { $0 } + middles[0] + middles[1]
    }
    let values = means + coefficients.flatMap { $0 } + centres[0] + centres[1]
    let joint = Influence(
      values, of: frame.people, replicates: replicates
    ) { [b = coefficients] place, u in
      let group = frame.groupOf[place]
      for (number, (of, fit)) in pairs.enumerated() {
        var sum = 0.0
        if of == group {
          let eta = zip(frame.covariates(place), b[fit]).reduce(0) { $0 + $1.0 * $1.1 }
          sum = (link.mean(eta) - means[number]) / sums[of]
        }
        let influence = frame.fits[fit]
        for (k, slope) in averages[number].slopes.enumerated() {
          sum += slope * influence.influence[place * influence.width + k]
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
}
