internal import SurveyNumerics
internal import SurveyStatistics

extension CategoryLikelihood {
  /// Where the likelihood is greatest.
  struct Maximum {
    let parameters: [Double]
    /// The inverse of the information.
    let inverse: Matrix
    let deviance: Double
    /// The derivatives of the logarithm of the likelihood by the parameters that were held.
    let held: [Double]
  }

  /// How the search for a maximum ended.
  enum Search {
    case found(Maximum)
    /// The likelihood grows for ever in a direction.
    case endless(direction: [Double])
  }

  private static let mostSteps = 60

  /// Where the likelihood is greatest with each replicate's weights; NaN where there is no finite
  /// maximum.
  func maxima(with weights: [[Double]], from parameters: [Double]) -> [[Double]] {
    ReplicateWeights.concurrently(weights.count) { r in
      var own = self
      own.weights = weights[r]
      guard case .found(let maximum) = own.maximum(from: parameters) else {
        return parameters.map { _ in .nan }
      }
      return maximum.parameters
    }
  }

  /// Newton's steps, halved where they lead down or put cut points out of order.
  ///
  /// The logarithm of the likelihood is concave in both families, so that a maximum is the only one.
  ///
  /// - Parameters:
  ///   - held: Parameters that keep their values; of columns, where there are coordinates.
  ///   - start: Where to begin; nil means where coefficients are zero.
  func maximum(holding held: [Int] = [], from start: [Double]? = nil) -> Search {
    var parameters = start ?? self.start
    var pass = pass(at: parameters)
    let fixed = Matrix(held.map { place in parameters.indices.map { parameterMap[place, $0] } })
    var step = Array(repeating: 0.0, count: parameters.count)
    let scale = weights.reduce(0, +)
    for number in 1...Self.mostSteps {
      let score = pass.score
      guard let free = try? pass.information.positiveDefiniteInverse(),
        let (inverse, multipliers) = try? Self.holding(fixed, free, score)
      else { return .endless(direction: step) }
      step = inverse * score
      let gain = zip(step, score).reduce(0) { $0 + $1.0 * $1.1 }
      if gain <= 1e-24 * scale {
        return .found(
          Maximum(
            parameters: zip(parameters, step).map(+), inverse: inverse, deviance: pass.deviance,
            held: multipliers))
      }
      if number >= 15, separates(step) { return .endless(direction: step) }
      var length = 1.0
      let start = parameters
      let before = pass.deviance
      repeat {
        parameters = zip(start, step).map { $0 + length * $1 }
        pass = self.pass(at: parameters)
        length /= 2
      } while !(pass.deviance <= before * (1 + 1e-10)) && length > 1e-6
    }
    return .endless(direction: step)
  }

  /// The inverse of the information for steps that leave some combinations of the parameters as they
  /// are, `A⁻¹ − G S⁻¹ Gᵀ` with `G = A⁻¹ Cᵀ` and `S = C G`, and the score along these, `S⁻¹ Gᵀ s`.
  private static func holding(
    _ combinations: Matrix, _ inverse: Matrix, _ score: [Double]
  ) throws -> (inverse: Matrix, multipliers: [Double]) {
    guard combinations.rows > 0 else { return (inverse, []) }
    let g = inverse * combinations.transposed
    let solved = try (combinations * g).solve(g.transposed)
    var rest = inverse
    for (k, lost) in (g * solved).elements.enumerated() { rest.elements[k] -= lost }
    return (rest, solved * score)
  }

  /// Whether a direction raises the chance of what happened in some rows and lowers it in none.
  func separates(_ direction: [Double]) -> Bool {
    var x = Array(repeating: 0.0, count: matrix.width)
    var (most, least) = (0.0, 0.0)
    for row in answers.indices where weights[row] > 0 {
      for column in x.indices { x[column] = elements[column * answers.count + row] }
      let answer = Int(answers[row])
      var gains: [Double] = []
      switch family {
      case .ordinal:
        let moved = x.indices.reduce(0) { $0 + x[$1] * direction[$1] }
        if answer < categoryCount - 1 { gains.append(direction[x.count + answer] - moved) }
        if answer > 0 { gains.append(moved - direction[x.count + answer - 1]) }
      case .multinomial:
        let moved = (0..<categoryCount).map { category in
          category == 0
            ? 0 : x.indices.reduce(0) { $0 + x[$1] * direction[(category - 1) * x.count + $1] }
        }
        gains = moved.indices.filter { $0 != answer }.map { moved[answer] - moved[$0] }
      }
      most = max(most, gains.max() ?? 0)
      least = min(least, gains.min() ?? 0)
    }
    return most > 0.1 && least > -1e-4 * most
  }

  /// How many cases with tiny weights are all that keeps answers from being told for certain; see
  /// `Likelihood.restsOnTinyWeights()`.
  func restsOnTinyWeights() -> Int? {
    let tiny = weights.indices.filter { weights[$0] > 0 && weights[$0] < Likelihood.tinyWeight }
    guard !tiny.isEmpty else { return nil }
    var rest = self
    for index in tiny { rest.weights[index] = 0 }
    guard case .endless(let way) = rest.maximum(), rest.separates(way) else { return nil }
    return tiny.count
  }
}
