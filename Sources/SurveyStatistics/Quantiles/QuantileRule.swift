/// How a quantile is read off the weighted distribution function.
///
/// With the values sorted, `S_k` the cumulative weight and `S` all of it, the rules differ in the
/// place between two values.
///
/// - SeeAlso: Hyndman and Fan (1996), The American Statistician 50.
public enum QuantileRule: String, CaseIterable, Sendable {
  /// The smallest value with `S_k ≥ pS`; the default.
  case math
  /// As `math`, but the middle of two values at equality.
  case school
  /// The same as `math`.
  case hf1
  /// The same as `school`.
  case hf2
  /// As `math`, but at equality the value with an even position.
  case hf3
  /// Linear through `(S_k ∕ S, x_k)`.
  case hf4
  /// Linear through `((S_k − w_k∕2) ∕ S, x_k)`.
  case hf5
  /// Linear through `(S_k ∕ (S + w_n), x_k)`.
  case hf6
  /// Linear through `(S_{k−1} ∕ S_{n−1}, x_k)`; R's default without weights.
  case hf7
  /// Linear through `((S_{k−1}∕3 + 2S_k∕3) ∕ (S + w_n∕3), x_k)`.
  case hf8
  /// Linear through `((3S_{k−1}∕8 + 5S_k∕8) ∕ (S + w_n∕4), x_k)`.
  case hf9

  /// Whether it lies between the values of two people, so that people with the same value count one by
  /// one.
  var isInterpolating: Bool {
    switch self {
    case .math, .school, .hf1, .hf2, .hf3: false
    case .hf4, .hf5, .hf6, .hf7, .hf8, .hf9: true
    }
  }
}

/// A weighted distribution function: values in order with their cumulative weights.
package struct WeightedDistribution: Sendable {
  /// The values, not decreasing.
  let values: [Double]
  let weights: [Double]
  /// `S_k`.
  let cumulative: [Double]

  /// Sorts values; pairs of weight zero are left out.
  /// - Complexity: O(n log n).
  package init(_ pairs: [(value: Double, weight: Double)]) {
    let sorted = pairs.filter { $0.weight > 0 }.sorted { $0.value < $1.value }
    values = sorted.map(\.value)
    weights = sorted.map(\.weight)
    var sum = 0.0
    cumulative = weights.map {
      sum += $0
      return sum
    }
  }

  /// The quantile of a share of the weight.
  ///
  /// - Parameters:
  ///   - p: The share, 0…1; outside it the ends are taken.
  ///   - rule: The rule.
  /// - Returns: The quantile in the values' unit; NaN when there is no value.
  package func quantile(_ p: Double, rule: QuantileRule) -> Double {
    guard let last = values.last, let total = cumulative.last, !p.isNaN else { return .nan }
    switch rule {
    case .math, .hf1, .school, .hf2, .hf3: return step(p, total: total, rule: rule)
    default: break
    }
    let n = values.count
    let end = weights[n - 1]
    let position: (Int) -> Double = { k in
      let upto = cumulative[k]
      let before = upto - weights[k]
      return switch rule {
      case .hf4: upto / total
      case .hf5: (upto - weights[k] / 2) / total
      case .hf6: upto / (total + end)
      case .hf7: n > 1 ? before / cumulative[n - 2] : 0
      case .hf8: (before / 3 + 2 * upto / 3) / (total + end / 3)
      default: (3 * before / 8 + 5 * upto / 8) / (total + end / 4)
      }
    }
    var low = 0
    var high = n - 1
    if p <= position(low) { return values[0] }
    if p >= position(high) { return last }
    while high - low > 1 {
      let middle = (low + high) / 2
      if position(middle) <= p { low = middle } else { high = middle }
    }
    let (from, to) = (position(low), position(high))
    return values[low] + (values[high] - values[low]) * (p - from) / (to - from)
  }

  private func step(_ p: Double, total: Double, rule: QuantileRule) -> Double {
    // The last k with S_k ≤ pS; sums of weights are exact only to rounding.
    let target = p * total
    let slack = total * 1e-14
    var low = -1
    var high = values.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if cumulative[middle] <= target + slack { low = middle } else { high = middle }
    }
    guard low >= 0 else { return values[0] }
    let next = min(low + 1, values.count - 1)
    guard abs(cumulative[low] - target) <= slack else { return values[next] }
    switch rule {
    case .school, .hf2: return (values[low] + values[next]) / 2
    case .hf3:
      let rank = Set(values[...low]).count
      return rank.isMultiple(of: 2) ? values[low] : values[next]
    default: return values[low]
    }
  }

  /// The share of the weight at values up to `x`.
  package func share(upTo x: Double) -> Double {
    guard let total = cumulative.last else { return .nan }
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? cumulative[low - 1] / total : 0
  }
}
