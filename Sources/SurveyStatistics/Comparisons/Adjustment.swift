/// How p-values are adjusted when many comparisons are made at once.
public enum Adjustment: String, CaseIterable, Sendable {
  /// Not at all.
  case none
  /// Holm's step-down rule; the default.
  case holm
  /// Times the number of comparisons.
  case bonferroni
  /// Benjamini and Hochberg's control of the false discovery rate.
  case bh

  /// The adjusted p-values, in the order given; a NaN stays one and does not count.
  ///
  /// Of `m` p-values in rising order the k-th becomes with `holm` the largest `(m − j + 1) p_j` of
  /// `j ≤ k`, with `bonferroni` `m p`, with `bh` the smallest `m p_j ∕ j` of `j ≥ k`; never above
  /// 1. `bh` wants comparisons that are independent or rise together.
  ///
  /// - Parameter pValues: The p-values of one family, 0…1, or NaN.
  /// - Returns: P-values in 0…1, one for each given; NaN where there was none.
  /// - Complexity: O(m log m).
  /// - Note: Agrees with `p.adjust` of R.
  /// - SeeAlso: Holm (1979), Scandinavian Journal of Statistics 6; Benjamini and Hochberg (1995).
  public func adjusted(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] < pValues[$1] }
    let count = order.count
    var result = pValues
    switch self {
    case .none: break
    case .bonferroni: for index in order { result[index] = min(1, pValues[index] * Double(count)) }
    case .holm:
      var largest = 0.0
      for (rank, index) in order.enumerated() {
        largest = max(largest, min(1, pValues[index] * Double(count - rank)))
        result[index] = largest
      }
    case .bh:
      var smallest = 1.0
      for (rank, index) in order.enumerated().reversed() {
        smallest = min(smallest, pValues[index] * Double(count) / Double(rank + 1))
        result[index] = smallest
      }
    }
    return result
  }
}
