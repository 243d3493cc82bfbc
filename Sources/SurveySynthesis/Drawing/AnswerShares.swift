/// The shares of a variable's answers in each group, moved from what is assumed to what is published.
///
/// Each published share is a condition on one group or a pool of groups. In turn, every condition that
/// does not hold multiplies the odds of its answers by one factor in all its groups, the smallest
/// change (in Kullback–Leibler distance) that makes it hold: iterative proportional fitting with
/// groups of fixed size. Where the centres of the published numbers contradict each other, as
/// rounded numbers may, the conditions are loosened step by step within their rounding.
struct AnswerShares {
  /// For each group the share of each answer.
  private(set) var shares: [[Double]]
  /// For each group the weight of those who answer.
  let weights: [Double]

  private static let rounds = 400
  private static let tolerance = 1e-7

  /// Fits shares to conditions.
  /// - Returns: The conditions that cannot hold together; empty when all do.
  static func fit(
    assumed: [[Double]], weights: [Double], to published: [PublishedShare]
  ) -> (shares: [[Double]], failing: [PublishedShare]) {
    var failing: [PublishedShare] = []
    for looseness in [0, 0.2, 0.4, 0.6, 0.8] {
      var table = Self(shares: assumed, weights: weights)
      for _ in 0..<rounds {
        failing = published.filter { !table.holds($0, looseness) }
        if failing.isEmpty { return (table.shares, []) }
        for share in failing { table.move(to: share, looseness) }
      }
    }
    return (assumed, failing)
  }

  private func share(_ answers: [Int], of group: Int) -> Double {
    min(1, answers.reduce(0) { $0 + shares[group][$1] })
  }

  private func total(_ published: PublishedShare) -> (counted: Double, weight: Double) {
    published.groups.reduce((0, 0)) {
      ($0.0 + weights[$1] * share(published.answers, of: $1), $0.1 + weights[$1])
    }
  }

  private func holds(_ published: PublishedShare, _ looseness: Double) -> Bool {
    let (counted, weight) = total(published)
    let distance = abs(100 * counted - published.percent * weight)
    return weight > 0 && distance <= (looseness * published.halfUnit + Self.tolerance) * weight
  }

  /// Multiplies the odds of the answers by the factor that brings the share to the nearest end of its
  /// interval.
  private mutating func move(to published: PublishedShare, _ looseness: Double) {
    let (counted, weight) = total(published)
    let slack = looseness * published.halfUnit * weight
    let centre = published.percent * weight
    let wanted = min(max(100 * counted, centre - slack), centre + slack) / 100
    let before = published.groups.map { share(published.answers, of: $0) }
    func after(_ odds: Double, _ share: Double) -> Double {
      let moved = odds * share
      return moved == 0 ? 0 : moved / (moved + (1 - odds) * (1 - share))
    }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let reached = zip(published.groups, before).reduce(0) {
        $0 + weights[$1.0] * after(middle, $1.1)
      }
      if reached < wanted { low = middle } else { high = middle }
    }
    let counts = Set(published.answers)
    for (group, old) in zip(published.groups, before) where old > 0 && old < 1 {
      let new = after((low + high) / 2, old)
      for answer in shares[group].indices {
        shares[group][answer] *= counts.contains(answer) ? new / old : (1 - new) / (1 - old)
      }
    }
  }
}
