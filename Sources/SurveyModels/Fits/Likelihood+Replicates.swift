internal import Glibc
internal import SurveyNumerics
internal import SurveyStatistics

extension Likelihood {
  /// What rows give at some coefficients, from which the same at coefficients nearby follows without a
  /// function of each row.
  struct Anchor {
    let coefficients: [Double]
    /// The score and the information of every row there.
    var scores: [Double]
    var information: [Double]
    /// `exp(−η)` of every row there.
    var odds: [Double]

    /// The linear predictor may move so far that its exponential is a polynomial to the last digit.
    static let reach = 0.125
  }

  /// Where the likelihood is greatest with each replicate's weights, from a maximum with the weight;
  /// NaN where there is no finite one.
  ///
  /// - Parameter weights: Each replicate's weights, whatever they add up to.
  /// - Complexity: O(replicates × rows × columns²), on all cores.
  func maxima(with weights: [[Double]], from coefficients: [Double]) -> [[Double]] {
    let anchored = anchored(at: coefficients)
    return ReplicateWeights.concurrently(weights.count) { r in
      if var near = anchored {
        near.weights = weights[r]
        if let found = near.maximumNearby() { return found }
      }
      var own = self
      own.weights = weights[r]
      guard case .found(let maximum) = try? own.maximum(from: own.opening(at: coefficients)) else {
        return coefficients.map { _ in .nan }
      }
      return maximum.coefficients
    }
  }

  /// The likelihood of a logistic model by how far coefficients are from others; nil for other models.
  private func anchored(at coefficients: [Double]) -> Likelihood? {
    guard family == .logistic else { return nil }
    var eta = predictors(coefficients)
    for i in eta.indices where !offsets.isEmpty { eta[i] += offsets[i] }
    var anchor = Anchor(coefficients: coefficients, scores: eta, information: eta, odds: eta)
    for i in eta.indices {
      let response = family.response(eta[i], outcomes[i])
      (anchor.scores[i], anchor.information[i]) = (response.score, response.information)
      anchor.odds[i] = exp(-eta[i])
    }
    return Likelihood(self, anchor: anchor)
  }

  /// Newton's steps from the anchor until what is left of the way is the square of nothing; nil where
  /// they do not settle soon.
  private func maximumNearby() -> [Double]? {
    guard let anchor else { return nil }
    let total = weights.reduce(0, +)
    var way = Array(repeating: 0.0, count: width)
    var scores: [Double] = []
    for _ in 0..<8 {
      let pass = pass(at: way, scores: &scores)
      guard let inverse = try? pass.information.positiveDefiniteInverse() else { return nil }
      let step = inverse * pass.score
      let gain = zip(step, pass.score).reduce(0) { $0 + $1.0 * $1.1 }
      way = zip(way, step).map(+)
      if gain <= 1e-14 * total { return zip(anchor.coefficients, way).map(+) }
    }
    return nil
  }

  /// Turns how far a block's linear predictors are from the anchor into weighted scores, and finds its
  /// information.
  func respond(
    _ rows: Range<Int>, _ way: UnsafeMutablePointer<Double>,
    _ working: UnsafeMutablePointer<Double>, near anchor: Anchor, isAtAnchor: Bool
  ) {
    let first = rows.lowerBound
    weights.withUnsafeBufferPointer { weights in
      guard !isAtAnchor else {
        anchor.scores.withUnsafeBufferPointer { scores in
          anchor.information.withUnsafeBufferPointer { information in
            for i in 0..<rows.count {
              way[i] = weights[first + i] * scores[first + i]
              working[i] = weights[first + i] * information[first + i]
            }
          }
        }
        return
      }
      var most = 0.0
      for i in 0..<rows.count { most = max(most, abs(way[i])) }
      if most <= Anchor.reach {
        for i in 0..<rows.count { way[i] = Self.smallExponential(-way[i]) }
      } else {
        for i in 0..<rows.count { way[i] = exp(-way[i]) }
      }
      anchor.odds.withUnsafeBufferPointer { odds in
        outcomes.withUnsafeBufferPointer { outcomes in
          for i in 0..<rows.count {
            // e over 1 + e is the chance of no; where e is past all numbers it is 1.
            let e = min(odds[first + i] * way[i], 1e300)
            let yes = 1 / (1 + e)
            let weight = weights[first + i]
            way[i] = weight * (outcomes[first + i] - yes)
            working[i] = weight * (e * yes) * yes
          }
        }
      }
    }
  }

  /// The exponential of a number within ``Anchor/reach`` of 0, by its series.
  @inline(__always)
  private static func smallExponential(_ x: Double) -> Double {
    var sum = 1.0 / 3_628_800
    sum = sum * x + 1.0 / 362_880
    sum = sum * x + 1.0 / 40_320
    sum = sum * x + 1.0 / 5040
    sum = sum * x + 1.0 / 720
    sum = sum * x + 1.0 / 120
    sum = sum * x + 1.0 / 24
    sum = sum * x + 1.0 / 6
    sum = sum * x + 1.0 / 2
    sum = sum * x + 1
    return sum * x + 1
  }
}
