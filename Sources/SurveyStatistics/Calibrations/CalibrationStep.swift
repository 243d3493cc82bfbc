internal import SurveyData
internal import SurveyNumerics

/// One step by which weights `w⁰` became `w¹`, as a variance sees it: `w¹ u` becomes `w¹ (u − x B)`.
struct CalibrationStep: Sendable {
  /// The weight before the step, one a row.
  let before: [Double]
  /// The weight after it.
  let after: [Double]
  /// What is fitted to the influence.
  let fit: Fit
  /// Whether the totals are those that the weights had before, as those who answered stand for all who
  /// were asked: what is fitted then errs as the sample does.
  var keepsTotals = false

  /// How an influence is fitted.
  enum Fit: Sendable {
    /// By the means of groups, weighted by `w⁰`.
    case groups([Int32], count: Int)
    /// By columns `q`, rows × columns one after the other, with `Σ w⁰ q qᵀ ∕ Σ w⁰` the unit matrix.
    case columns([Double])
    /// By the plain means of the groups of each margin in turn, ten times over.
    ///
    /// - Note: So R's `rake` has it. The residuals of Deville and Särndal, which R's `calibrate` takes,
    ///   differ a little.
    case margins([(group: [Int32], count: Int)])
  }

  /// Takes off what is fitted.
  ///
  /// - Parameter z: `w¹ u`, rows × width.
  /// - Complexity: O(rows × width × columns).
  func takeFitted(from z: inout [Double], width: Int) {
    let fitted = fitted(to: z, width: width)
    for row in after.indices {
      let weight = keepsTotals ? after[row] - before[row] : after[row]
      for k in 0..<width { z[row * width + k] -= weight * fitted[row * width + k] }
    }
  }

  /// `x B`, rows × width.
  private func fitted(to z: [Double], width: Int) -> [Double] {
    switch fit {
    case .groups(let group, let count):
      let means = means(of: z, width: width, by: group, count: count) { before[$0] }
      return spread(means, over: group, width: width)
    case .columns(let q):
      let rows = after.count
      let total = before.reduce(0, +)
      var fitted = Array(repeating: 0.0, count: rows * width)
      var share = Array(repeating: 0.0, count: width)
      for column in stride(from: 0, to: q.count, by: max(rows, 1)) {
        for k in 0..<width { share[k] = 0 }
        for row in 0..<rows where after[row] != 0 {
          let factor = before[row] * q[column + row] / (after[row] * total)
          for k in 0..<width { share[k] += factor * z[row * width + k] }
        }
        for row in 0..<rows {
          for k in 0..<width { fitted[row * width + k] += q[column + row] * share[k] }
        }
      }
      return fitted
    case .margins(let margins):
      var rest = z
      for row in after.indices where after[row] != 0 {
        for k in 0..<width { rest[row * width + k] /= after[row] }
      }
      let u = rest
      for _ in 0..<10 {
        for margin in margins {
          let means = means(
            of: rest, width: width, by: margin.group, count: margin.count, areDivided: true
          ) { after[$0] == 0 ? 0 : 1 }
          let fitted = spread(means, over: margin.group, width: width)
          for place in rest.indices { rest[place] -= fitted[place] }
        }
      }
      return zip(u, rest).map(-)
    }
  }

  /// The means of `u` in groups, groups × width.
  ///
  /// - Parameter areDivided: Whether the values are `u` already, not `w¹ u`.
  private func means(
    of values: [Double], width: Int, by group: [Int32], count: Int, areDivided: Bool = false,
    _ weight: (_ row: Int) -> Double
  ) -> [Double] {
    var sums = Array(repeating: 0.0, count: count * width)
    var totals = Array(repeating: 0.0, count: count)
    for row in after.indices where after[row] != 0 {
      let (place, weight) = (Int(group[row]), weight(row))
      totals[place] += weight
      let factor = areDivided ? weight : weight / after[row]
      for k in 0..<width { sums[place * width + k] += factor * values[row * width + k] }
    }
    for place in 0..<count where totals[place] > 0 {
      for k in 0..<width { sums[place * width + k] /= totals[place] }
    }
    return sums
  }

  private func spread(_ means: [Double], over group: [Int32], width: Int) -> [Double] {
    var fitted = Array(repeating: 0.0, count: group.count * width)
    for (row, place) in group.enumerated() {
      for k in 0..<width { fitted[row * width + k] = means[Int(place) * width + k] }
    }
    return fitted
  }
}
