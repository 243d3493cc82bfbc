internal import SurveyNumerics

/// One step by which weights `w⁰` became `w¹`, as a variance sees it: `w¹ u` becomes `w¹ (u − x B)`.
struct CalibrationStep: Sendable {
  /// The weight before the step, one a row.
  let before: [Double]
  /// The weight after it.
  let after: [Double]
  /// The `x` of every row.
  let frame: CalibrationFrame
  /// How many people with a weight a row stands for; nil where a row is one person.
  let people: [Int32]?
  /// How `B` is found.
  let fit: Fit
  /// Whether the totals are those that the weights had before, as those who answered stand for all who
  /// were asked: what is fitted then errs as the sample does.
  let keepsTotals: Bool
  /// Columns `f` with `Σ f fᵀ` the covariance of totals that were estimated; empty where they are known.
  let totalsRoots: [[Double]]

  /// How an influence is fitted.
  enum Fit: Sendable {
    /// By least squares with the weights `w⁰`: `B = (Σ w⁰ x xᵀ)⁻¹ Σ w⁰ x uᵀ`.
    ///
    /// - SeeAlso: Deville and Särndal (1992), Journal of the American Statistical Association 87.
    case leastSquares(kept: [Int], inverse: Matrix)
    /// By the plain means of the categories of each margin in turn, ten times over.
    ///
    /// - Note: So R's `rake` has it; least squares, as of R's `calibrate`, differ a little.
    case margins
  }

  /// Prepares a step.
  ///
  /// - Parameters:
  ///   - isRake: Whether margins were met one after the other.
  /// - Complexity: O(rows + patterns × columns²).
  init(
    before: [Double], after: [Double], people: [Int32]? = nil, frame: CalibrationFrame,
    isRake: Bool,
    keepsTotals: Bool, totalsRoots: [[Double]]
  ) {
    (self.before, self.after, self.people, self.frame) = (before, after, people, frame)
    (self.keepsTotals, self.totalsRoots) = (keepsTotals, totalsRoots)
    guard !isRake else {
      fit = .margins
      return
    }
    let counts = zip(before, after).map { $1 == 0 ? 0 : $0 }
    let weights = frame.sums(counts)
    let patterns = frame.patterns.count
    var x = Array(repeating: 0.0, count: patterns * frame.columns.count)
    for (pattern, entries) in frame.patterns.enumerated() {
      for entry in entries { x[Int(entry.column) * patterns + pattern] += entry.value }
    }
    let columns = OrthogonalColumns(x, weights: weights)
    // Q has a weighted mean square of 1.
    let total = weights.reduce(0, +)
    let inverse = columns.inverse
    fit = .leastSquares(
      kept: columns.kept,
      inverse: Matrix(
        columns.kept.indices.map { i in
          columns.kept.indices.map { j in
            columns.kept.indices.reduce(0) { $0 + inverse[i, $1] * inverse[j, $1] } / total
          }
        }))
  }

  /// Takes off what is fitted.
  ///
  /// - Parameter z: `w¹ u`, rows × width.
  /// - Returns: What the errors of estimated totals add, parts × width.
  /// - Complexity: O(rows × width + patterns × columns × width).
  func takeFitted(from z: inout [Double], width: Int) -> [Double] {
    let b = coefficients(of: z, width: width)
    var fitted = Array(repeating: 0.0, count: frame.patterns.count * width)
    for (pattern, entries) in frame.patterns.enumerated() {
      for entry in entries {
        for k in 0..<width {
          fitted[pattern * width + k] += entry.value * b[Int(entry.column) * width + k]
        }
      }
    }
    for row in after.indices where frame.patternOfRow[row] >= 0 {
      let weight = keepsTotals ? after[row] - before[row] : after[row]
      let place = Int(frame.patternOfRow[row]) * width
      for k in 0..<width { z[row * width + k] -= weight * fitted[place + k] }
    }
    return totalsRoots.flatMap { root in
      (0..<width).map { k in
        root.indices.reduce(0) { $0 + root[$1] * b[$1 * width + k] }
      }
    }
  }

  /// `B`, columns × width.
  private func coefficients(of z: [Double], width: Int) -> [Double] {
    var sums = Array(repeating: 0.0, count: frame.patterns.count * width)
    var counts = Array(repeating: 0.0, count: frame.patterns.count)
    for row in after.indices where after[row] != 0 && frame.patternOfRow[row] >= 0 {
      let place = Int(frame.patternOfRow[row])
      let count = people.map { Double($0[row]) } ?? 1
      var factor = 1 / after[row]
      if case .leastSquares = fit { factor *= before[row] } else { factor *= count }
      counts[place] += count
      for k in 0..<width { sums[place * width + k] += factor * z[row * width + k] }
    }
    var b = Array(repeating: 0.0, count: frame.columns.count * width)
    switch fit {
    case .leastSquares(let kept, let inverse):
      var products = b
      for (pattern, entries) in frame.patterns.enumerated() {
        for entry in entries {
          for k in 0..<width {
            products[Int(entry.column) * width + k] += entry.value * sums[pattern * width + k]
          }
        }
      }
      for (i, column) in kept.enumerated() {
        for (j, other) in kept.enumerated() {
          for k in 0..<width {
            b[column * width + k] += inverse[i, j] * products[other * width + k]
          }
        }
      }
    case .margins:
      for _ in 0..<10 {
        for margin in frame.margins {
          var means = Array(repeating: 0.0, count: margin.count * width)
          var totals = Array(repeating: 0.0, count: margin.count)
          for (pattern, entries) in frame.patterns.enumerated() {
            for entry in entries where margin.contains(Int(entry.column)) {
              let place = Int(entry.column) - margin.lowerBound
              totals[place] += counts[pattern]
              for k in 0..<width { means[place * width + k] += sums[pattern * width + k] }
            }
          }
          for place in 0..<margin.count where totals[place] > 0 {
            for k in 0..<width {
              means[place * width + k] /= totals[place]
              b[(margin.lowerBound + place) * width + k] += means[place * width + k]
            }
          }
          for (pattern, entries) in frame.patterns.enumerated() {
            for entry in entries where margin.contains(Int(entry.column)) {
              let place = (Int(entry.column) - margin.lowerBound) * width
              for k in 0..<width { sums[pattern * width + k] -= counts[pattern] * means[place + k] }
            }
          }
        }
      }
    }
    return b
  }
}
