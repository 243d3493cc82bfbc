package import SurveyData

/// How replicate weights were probably made, by what they are times the weight.
///
/// Each method leaves factors of its own: 0 and 2 (balanced half samples), ρ and 2 − ρ (Fay's), 1 ± 1∕√2 and
/// 1 (successive differences), 0 for one unit and as much more for all others (JK1) or for those of its
/// stratum (JKn), 0 and 2 for the halves of a pair (JK2), many multiples with about a third of zeros
/// (bootstrap). Weights that were calibrated again in every replicate have these about.
package struct ReplicateKind: Hashable, Sendable {
  /// The likely method; nil where none fits.
  package private(set) var method: ReplicateDeclaration.Method?
  /// Fay's ρ, to two decimals.
  package private(set) var fayRho: Double?
  /// The scale of every replicate of a jackknife by strata, `(n − 1) ∕ n` of its stratum.
  package private(set) var scales: [Double] = []
  /// The share of factors that are zero, 0…1.
  package let zeroShare: Double
  /// The median of the factors that are clearly below 1 and not zero; NaN without any.
  package private(set) var low = Double.nan
  /// The median of the factors that are above 1, clearly so where those below are; NaN without any.
  package private(set) var high = Double.nan
  /// The share of factors that are 1, 0…1.
  package let unchangedShare: Double

  /// Looks at factors.
  ///
  /// - Parameter factors: Those of some people, one array a replicate, all of the same length.
  /// - Complexity: O(people × replicates), and sorting.
  package init(_ factors: [[Double]]) {
    let all = factors.joined()
    let count = Double(max(all.count, 1))
    zeroShare = Double(all.count { $0 <= 1e-9 }) / count
    unchangedShare = Double(all.count { abs($0 - 1) <= 1e-4 }) / count
    let middle = Double(all.count { $0 > 0.75 && $0 < 1.25 }) / count
    if zeroShare < 0.02, middle < 0.8 {
      low = Self.median(all.filter { $0 > 1e-9 && $0 <= 0.75 })
      high = Self.median(all.filter { $0 >= 1.25 })
      if middle < 0.1, abs(low + high - 2) < 0.15 {
        method = .fay
        fayRho = (low * 100).rounded() / 100
      } else if abs(low - 0.293) < 0.1, abs(high - 1.707) < 0.15 {
        method = .sdr
      }
      return
    }
    high = Self.median(all.filter { $0 > 1 + 1e-6 })
    switch zeroShare {
    case 0.46...0.54 where abs(high - 2) < 0.3: method = .brr
    case 0.25..<0.46: method = .bootstrap
    case 1e-6..<0.25: recognizeJackknife(factors)
    default: return
    }
  }

  private mutating func recognizeJackknife(_ factors: [[Double]]) {
    let more = factors.map { Self.median($0.filter { $0 > 1 + 1e-6 }) }
    guard more.allSatisfy({ $0 > 1 }) else { return }
    // What a replicate leaves in is multiplied alike: all of it, or where weights were calibrated again
    // nearly all of it by nearly as much.
    func areAlike(_ share: Double, within tolerance: Double) -> Bool {
      zip(factors, more).allSatisfy { column, more in
        let kept = column.filter { $0 > 1e-9 }
        let near = kept.count { abs($0 / more - 1) <= tolerance }
        return Double(near) >= share * Double(kept.count)
      }
    }
    if areAlike(1, within: 1e-3) || (unchangedShare < 0.3 && areAlike(0.98, within: 0.05)) {
      method = .jk1
      return
    }
    let people = factors[0].indices
    let dropped = people.count { row in factors.contains { $0[row] <= 1e-9 } }
    if Double(dropped) < 0.75 * Double(people.count) {
      // Those that were only calibrated again lie near 1.
      let doubled = Self.median(factors.joined().filter { $0 >= 1.25 })
      guard abs(doubled - 2) < 0.2 else { return }
      (method, high) = (.jk2, doubled)
    } else {
      method = .jkn
      if unchangedShare >= 0.3 { scales = more.map { 1 / $0 } }
    }
  }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.sorted()[values.count / 2]
  }
}
