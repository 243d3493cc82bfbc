internal import Glibc

/// Weights at a glance.
///
/// - SeeAlso: Kish (1992), Journal of Official Statistics 8, 183–200.
package struct WeightFigures: Hashable, Sendable {
  /// The people with a weight other than zero.
  package private(set) var count = 0
  /// The sum of their weights.
  package private(set) var sum = 0.0
  /// The mean weight.
  package private(set) var mean = 0.0
  /// `Σ(w − w̄)²`, so that equal weights have exactly 0.
  private var deviation = 0.0
  /// The smallest weight; NaN without any.
  package private(set) var smallest = Double.nan
  /// The largest weight; NaN without any.
  package private(set) var largest = Double.nan

  /// Looks at weights; those of zero are nobody's.
  package init(_ weights: [Double] = []) {
    for weight in weights where weight != 0 { add(weight) }
  }

  /// Adds the weight of some people who have the same.
  mutating func add(_ weight: Double, people: Int = 1) {
    count += people
    sum += weight * Double(people)
    let distance = weight - mean
    mean += distance * Double(people) / Double(count)
    deviation += distance * (weight - mean) * Double(people)
    smallest = smallest <= weight ? smallest : weight
    largest = largest >= weight ? largest : weight
  }

  /// The standard deviation over the mean, `√(deff − 1)`.
  package var variation: Double { (deviation / Double(count)).squareRoot() / abs(mean) }
  /// Kish's design effect of unequal weights, `n Σw² ∕ (Σw)²`, at least 1.
  package var designEffect: Double { 1 + variation * variation }
  /// How many people of equal weights tell as much of a mean, `(Σw)² ∕ Σw²`.
  package var effectiveCount: Double { Double(count) / designEffect }
}

/// How weights are spread: how many lie in each of some stretches of equal length.
package struct WeightHistogram: Sendable {
  /// A stretch, its lower end in it and its upper end in the next.
  package struct Bin: Hashable, Sendable {
    package let low: Double
    package let high: Double
    package let count: Int
  }
  package let bins: [Bin]

  /// Spreads weights over about a dozen stretches with round ends.
  ///
  /// - Parameter weights: Weights above zero, each with the people who have it; empty gives no stretches.
  /// - Complexity: O(weights).
  package init(_ weights: [(weight: Double, people: Int)]) {
    let values = weights.lazy.map(\.weight)
    guard let low = values.min(), let high = values.max(), high > low else {
      let people = weights.reduce(0) { $0 + $1.people }
      bins = values.first.map { [Bin(low: $0, high: $0, count: people)] } ?? []
      return
    }
    let rough = (high - low) / 12
    let power = pow(10, floor(log10(rough)))
    let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999_999 } ?? rough
    let first = Int(floor(low / step))
    let last = Int(floor(high / step))
    var counts = Array(repeating: 0, count: last - first + 1)
    for (weight, people) in weights {
      counts[min(Int(floor(weight / step)) - first, counts.count - 1)] += people
    }
    bins = counts.indices.map { place in
      Bin(
        low: Double(first + place) * step, high: Double(first + place + 1) * step,
        count: counts[place])
    }
  }
}
