internal import Glibc
internal import SurveyNumerics
internal import SurveyStatistics

/// The estimates as numbers, for every value of the variance between studies.
struct PooledData {
  let y: [Double]
  let v: [Double]
  /// The constant and the moderators, made orthogonal so that years keep their digits.
  let x: Matrix
  /// The coefficients of the moderators themselves as a linear map of those of `x`.
  let map: Matrix

  /// Estimates − coefficients.
  var degreesOfFreedom: Double { Double(y.count - x.columns) }

  func regression(between tau2: Double) throws -> StudyRegression {
    try StudyRegression(y, on: x, weights: v.map { 1 / ($0 + tau2) })
  }

  /// τ² by a method.
  ///
  /// `dl`: `max(0, (Q − df) ∕ tr P)`; `pm`: the zero of `Q(τ²) − df`; `reml`: Fisher's steps
  /// `(yᵀPPy − tr P) ∕ tr PP` to 1e-14, halved where they lead below zero; `ml`: the same with
  /// `tr W` and `tr WW`.
  func between(_ method: PoolingMethod) throws -> Double {
    switch method {
    case .fe: return 0
    case .dl: return max(0, try moment())
    case .pm: return try between(whereQIs: degreesOfFreedom)
    case .reml: return try maximum(isRestricted: true)
    case .ml: return try maximum(isRestricted: false)
    }
  }

  private func moment() throws -> Double {
    let fit = try regression(between: 0)
    return (fit.q - degreesOfFreedom) / fit.traces.p
  }

  /// The τ² at which Q has a value; 0 when it never has.
  func between(whereQIs target: Double) throws -> Double {
    func excess(_ tau2: Double) -> Double {
      ((try? regression(between: tau2))?.q ?? .nan) - target
    }
    guard excess(0) > 0 else { return 0 }
    var high = max(v.max() ?? 1, .leastNormalMagnitude)
    for _ in 0..<200 where excess(high) > 0 { high *= 2 }
    return try root(of: excess, in: 0...high)
  }

  private func maximum(isRestricted: Bool) throws -> Double {
    // Where estimates vary more than their errors tell, start from the moments.
    var tau2 = max(0, try moment())
    if tau2 == 0 { tau2 = 0.1 * (v.reduce(0, +) / Double(v.count)) }
    for _ in 0..<10_000 {
      let traces = try regression(between: tau2).traces
      let weights = v.map { 1 / ($0 + tau2) }
      var step =
        isRestricted
        ? (traces.yppy - traces.p) / traces.pp
        : (traces.yppy - weights.reduce(0, +)) / weights.reduce(0) { $0 + $1 * $1 }
      if tau2 + step < 0 { step = -tau2 / 2 }
      tau2 += step
      if abs(step) <= 1e-14 * max(tau2, 1e-14) { break }
      if tau2 < 1e-12 * (v.min() ?? 1) { return 0 }
    }
    func logLikelihood(_ tau2: Double) throws -> Double {
      let fit = try regression(between: tau2)
      return isRestricted
        ? try fit.restrictedLogLikelihood()
        : -(fit.q + v.reduce(0) { $0 + log($1 + tau2) }) / 2
    }
    return try logLikelihood(tau2) < logLikelihood(0) ? 0 : tau2
  }

  /// The interval of τ² by Viechtbauer's Q profile.
  func betweenInterval(level: Double) throws -> ConfidenceInterval {
    let chi = Distribution.chiSquared(degreesOfFreedom: degreesOfFreedom)
    return ConfidenceInterval(
      low: try between(whereQIs: chi.quantile(0.5 + level / 2)),
      high: try between(whereQIs: chi.quantile(0.5 - level / 2)))
  }
}
