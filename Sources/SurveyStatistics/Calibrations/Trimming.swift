/// Weights cut to bounds, and what is cut given to the others in equal parts.
///
/// The bounds are multiples of the median of the weights above zero. What the others get may carry one of
/// them over a bound: it is cut again, until all lie within, so that the sum stays the same.
/// Agrees with `trimWeights(…, strict = TRUE)` of R's survey.
struct Trimming: Sendable {
  /// The weights.
  let weights: [Double]
  /// The bounds as weights.
  let low: Double
  let high: Double
  /// The rows that were below, and above.
  let raised: [Int]
  let cut: [Int]

  /// - Parameters:
  ///   - weights: One a row; those of zero stay so.
  ///   - bounds: In medians.
  /// - Returns: nil where the bounds leave no room for the sum.
  /// - Complexity: O(rows · log rows), and O(rows) for each time that weights are cut.
  init?(_ weights: [Double], bounds: ClosedRange<Double>) {
    let median = Self.median(weights)
    let (low, high) = (bounds.lowerBound * median, bounds.upperBound * median)
    let rows = weights.indices.filter { weights[$0] > 0 }
    let sum = rows.reduce(0) { $0 + weights[$1] }
    raised = rows.filter { weights[$0] < low }
    cut = rows.filter { weights[$0] > high }
    var result = weights
    for round in 0... {
      var excess = 0.0
      var inside: [Int] = []
      for row in rows {
        let new = min(max(result[row], low), high)
        excess += result[row] - new
        if result[row] == new { inside.append(row) }
        result[row] = new
      }
      guard abs(excess) > 1e-15 * sum else { break }
      guard !inside.isEmpty, round < 10_000 else { return nil }
      let share = excess / Double(inside.count)
      for row in inside { result[row] += share }
    }
    (self.weights, self.low, self.high) = (result, low, high)
  }

  /// The median of the weights above zero.
  static func median(_ weights: [Double]) -> Double {
    let sorted = weights.filter { $0 > 0 }.sorted()
    guard !sorted.isEmpty else { return .nan }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
