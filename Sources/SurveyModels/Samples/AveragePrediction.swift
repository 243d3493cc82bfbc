/// The weighted mean of what a model predicts for some people, `Σ w F(η) ∕ Σ w` with `η = xβ`, and its
/// slopes along the coefficients, `Σ w F′ x ∕ Σ w`.
package struct AveragePrediction: Sendable {
  /// The mean.
  package let value: Double
  /// Its slopes, one a coefficient.
  package let slopes: [Double]

  /// What a coefficient is multiplied by.
  package enum Column: Sendable {
    /// The same for everybody.
    case same(Double)
    /// Each one's own.
    case own([Double])
  }

  /// Averages predictions.
  ///
  /// - Parameters:
  ///   - link: `F`.
  ///   - columns: `x`, one a coefficient.
  ///   - weights: `w` of everybody.
  /// - Complexity: O(people × columns of their own).
  package init(
    _ link: Link, of columns: [Column], at coefficients: [Double], weights: [Double]
  ) {
    let total = weights.reduce(0, +)
    var start = 0.0
    var eta = Array(repeating: 0.0, count: weights.count)
    for (b, column) in zip(coefficients, columns) {
      switch column {
      case .same(let x): start += b * x
      case .own(let x): for place in eta.indices { eta[place] += b * x[place] }
      }
    }
    var (mean, slope) = (0.0, 0.0)
    for place in eta.indices {
      let (share, at) = (weights[place] / total, start + eta[place])
      mean += share * link.mean(at)
      eta[place] = share * link.slope(at)
      slope += eta[place]
    }
    value = mean
    slopes = columns.map { column in
      switch column {
      case .same(let x): slope * x
      case .own(let x): zip(x, eta).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
  }
}
