internal import Glibc
internal import SurveyData
internal import SurveyStatistics

/// The chances of several answers.
///
/// Ordinal: `P_j = F(ζ_j − η) − F(ζ_{j−1} − η)`, one linear predictor and the cut points as
/// constants. Multinomial: `P_j = e^{η_j} ∕ Σ e^{η_k}`, a linear predictor for every answer but the
/// first.
struct ChoiceCurve: ResponseCurve {
  let family: CategoryFamily
  let categories: [Category]

  var predictorCount: Int { family == .ordinal ? 1 : categories.count - 1 }
  var constantCount: Int { family == .ordinal ? categories.count - 1 : 0 }
  var outcomes: [Category?] { categories }

  /// Unordered answers but the last, the first of ordered ones.
  ///
  /// The last of unordered answers follows from the others, as chances add up to one. Of ordered
  /// answers one is enough: a coefficient moves all of them, and without it they all rest, so that
  /// their joint covariance is singular just where it is asked whether they do.
  var testedOutcomes: [Category?] {
    family == .ordinal ? Array(categories.prefix(1)) : categories.dropLast()
  }

  func evaluate(at point: CurvePoint) {
    switch family {
    case .ordinal: evaluateOrdinal(at: point)
    case .multinomial: evaluateMultinomial(at: point)
    }
  }

  /// Each chance is a difference of two logistic shares, and so are its derivatives; with the cut
  /// points `a < b` around it a chance is `F(b) F(−a) (1 − e^{a − b})`, which loses no digits.
  private func evaluateOrdinal(at point: CurvePoint) {
    let inputs = point.inputs
    let size = inputs.count
    point.slopes.update(repeating: 0)
    point.curvatures.update(repeating: 0)
    var aboveLast = 1.0
    for cut in 1..<size {
      let (share, rest, _) = logistic(inputs[cut] - inputs[0])
      point.means[cut - 1] =
        cut == 1 ? share : -share * aboveLast * expm1(inputs[cut - 1] - inputs[cut])
      aboveLast = rest
      let density = share * rest
      let bend = density * (rest - share)
      add(1, density, bend, of: cut, to: cut - 1, size, point)
      add(-1, density, bend, of: cut, to: cut, size, point)
    }
    point.means[size - 1] = aboveLast
  }

  /// Adds what a cut point's share adds to the derivatives of the answer on one of its sides.
  private func add(
    _ sign: Double, _ density: Double, _ bend: Double, of cut: Int, to answer: Int, _ size: Int,
    _ point: CurvePoint
  ) {
    point.slopes[answer * size] -= sign * density
    point.slopes[answer * size + cut] += sign * density
    let first = answer * size * size
    point.curvatures[first] += sign * bend
    point.curvatures[first + cut] -= sign * bend
    point.curvatures[first + cut * size] -= sign * bend
    point.curvatures[first + cut * size + cut] += sign * bend
  }

  private func evaluateMultinomial(at point: CurvePoint) {
    let inputs = point.inputs
    let size = inputs.count
    let most = max(0, inputs.max() ?? 0)
    point.means[0] = exp(-most)
    var total = point.means[0]
    for k in 0..<size {
      point.means[k + 1] = exp(inputs[k] - most)
      total += point.means[k + 1]
    }
    for answer in 0...size { point.means[answer] /= total }
    for answer in 0...size {
      let chance = point.means[answer]
      for k in 0..<size {
        let first = (answer == k + 1 ? 1 : 0) - point.means[k + 1]
        point.slopes[answer * size + k] = chance * first
        for l in 0..<size {
          let second = (answer == l + 1 ? 1 : 0) - point.means[l + 1]
          let both = point.means[k + 1] * ((k == l ? 1 : 0) - point.means[l + 1])
          point.curvatures[(answer * size + k) * size + l] = chance * (first * second - both)
        }
      }
    }
  }

  /// The interval on the scale of the log odds, carried back.
  func interval(
    _ mean: Double, _ error: Double, degreesOfFreedom: Double, level: Double
  ) -> ConfidenceInterval {
    MeanCurve(link: .logit).interval(
      mean, error, degreesOfFreedom: degreesOfFreedom, level: level)
  }
}
