internal import SurveyNumerics
internal import SurveyStatistics

extension ModelFit {
  /// Tests that the mean residual is zero in ten groups of the predicted chance.
  ///
  /// Respondents stand in the order of their predicted chance `μ`; one belongs to the tenth of the
  /// weight in which the weight up to them, those with the same chance included, falls. With the mean
  /// residuals `M` of the `g` groups that there are and their design-based covariance `V`, the
  /// coefficients taken as known, `F = (ν − g + 2) ∕ (ν g) · Mᵀ V⁻¹ M` has the distribution
  /// F(g − 1, ν − g + 2) when the model holds; ν are the design's degrees of freedom. Where these are
  /// so few that `V` is short of rank, there is no statistic.
  ///
  /// - SeeAlso: Archer and Lemeshow (2006), Stata Journal 6, the F-adjusted mean residual test.
  func archerLemeshow(_ eta: [Double]) throws -> TestResult? {
    let frame = fitted.frame
    let group = Self.tenths(eta, weights: frame.weights)
    let size = (group.max() ?? -1) + 1
    guard size > 2 else { return nil }
    let residuals = eta.indices.map { fitted.response.outcomes[$0] - family.link.mean(eta[$0]) }
    var weight = Array(repeating: 0.0, count: size)
    var mean = weight
    for index in eta.indices {
      weight[group[index]] += frame.weights[index]
      mean[group[index]] += frame.weights[index] * residuals[index]
    }
    for k in mean.indices { mean[k] /= weight[k] }
    let covariance = try frame.unitTotals(width: size) { index, u in
      for k in u.indices { u[k] = 0 }
      let k = group[index]
      u[k] = (residuals[index] - mean[k]) / (weight[k] * frame.meanWeight)
    }.covariance()
    let (g, design) = (Double(size), designDegreesOfFreedom)
    let rest = design - g + 2
    let form = rest > 0 ? covariance.quadraticForm(of: mean) : nil
    let f = (form ?? .nan) * rest / (design * g)
    return TestResult(
      test: "archer-lemeshow", variable: formula.outcome.name, statistic: f, df1: g - 1, df2: rest,
      pValue: f.isNaN
        ? .nan : Distribution.f(numerator: g - 1, denominator: rest).upperTail(f))
  }

  /// The tenth of the weight that each case belongs to, numbered without gaps.
  private static func tenths(_ eta: [Double], weights: [Double]) -> [Int] {
    let order = eta.indices.sorted { eta[$0] < eta[$1] }
    let total = weights.reduce(0, +)
    var result = Array(repeating: 0, count: eta.count)
    var (sum, start, last, number) = (0.0, 0, -1, -1)
    while start < order.count {
      var end = start
      // Chances that differ by rounding alone are the same.
      while end < order.count, eta[order[end]] - eta[order[start]] <= 1e-9 {
        sum += weights[order[end]]
        end += 1
      }
      let tenth = min(9, Int((10 * sum / total - 1e-9).rounded(.down)))
      if tenth != last { (last, number) = (tenth, number + 1) }
      for place in start..<end { result[order[place]] = number }
      start = end
    }
    return result
  }
}
