/// The least deviance of a model as a function of one of its parameters.
struct DevianceProfile {
  /// The parameter's estimate.
  let best: Double
  /// The deviance there.
  let deviance: Double
  /// The least deviance with the parameter held, and half its downhill slope there; nil where that
  /// model does not settle.
  let point: (_ value: Double) throws -> (deviance: Double, score: Double)?

  /// Where the profile reaches a height, by Newton's steps on the root of its rise; infinite where
  /// it does not.
  ///
  /// - Parameters:
  ///   - side: −1 below the estimate, 1 above.
  ///   - cut: The height above the least deviance.
  ///   - start: How far away it may be.
  func limit(side: Double, cut: Double, start: Double) throws -> Double {
    var distance = start
    for _ in 0..<40 {
      guard let point = try point(best + side * distance) else { break }
      let rise = max(point.deviance - deviance, .leastNormalMagnitude).squareRoot()
      let slope = -side * point.score / rise
      guard slope > 0, slope.isFinite else { break }
      let step = (cut.squareRoot() - rise) / slope
      let next = max(distance + step, distance / 4)
      if abs(next - distance) <= 1e-10 * distance { return best + side * next }
      distance = min(next, 4 * distance)
      if distance > 1e4 * start { break }
    }
    return side * .infinity
  }
}
