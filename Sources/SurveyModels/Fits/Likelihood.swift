internal import SurveyNumerics

/// The weighted likelihood of a model, one pass over the rows for each set of coefficients.
struct Likelihood {
  let matrix: ModelMatrix
  let outcomes: [Double]
  let weights: [Double]
  let family: ModelFamily
  /// What is added to the linear predictor of every row; empty when nothing is.
  var offsets: [Double] = []

  /// What a pass finds at some coefficients.
  struct Pass {
    /// `Σ w x s`, with `s = (y − μ) μ′ ∕ v` the score of a row.
    var score: [Double]
    /// `Σ w i x xᵀ`, with `i = μ′² ∕ v` the expected information of a row.
    var information: Matrix
    var deviance = 0.0
    /// Whether some row's outcome is certain to more than ten digits.
    var isExtreme = false
  }

  /// Rows are taken a few hundred at a time, so that their columns stay in the cache.
  private static let blockSize = 512

  /// Evaluates the likelihood.
  ///
  /// - Parameters:
  ///   - coefficients: One a column; nil for a start from the outcomes alone, whose `score` is that
  ///     of the working outcome, so that the step from zero leads to the first coefficients.
  ///   - scores: Takes the score of every row; empty when nobody asks.
  /// - Complexity: O(rows × columns²).
  func pass(at coefficients: [Double]?, scores: inout [Double]) -> Pass {
    let width = matrix.width
    var pass = Pass(
      score: Array(repeating: 0, count: width), information: Matrix(rows: width, columns: width))
    let keeps = !scores.isEmpty
    withBuffers(&scores) { x, y, w, scores, eta, working in
      var start = 0
      while start < y.count {
        let count = min(Self.blockSize, y.count - start)
        for i in 0..<count { eta[i] = offsets.isEmpty ? 0 : offsets[start + i] }
        if let coefficients {
          for k in 0..<width {
            let column = x + (k * y.count + start)
            let b = coefficients[k]
            for i in 0..<count { eta[i] += b * column[i] }
          }
        }
        for i in 0..<count {
          let outcome = y[start + i]
          let weight = w[start + i]
          let first = coefficients == nil ? family.start(outcome) : eta[i]
          var response = family.response(first, outcome)
          if coefficients == nil { response.score += response.information * (first - eta[i]) }
          if response.information < 1e-12 { pass.isExtreme = true }
          pass.deviance += weight * response.deviance
          working[i] = weight * response.information
          eta[i] = weight * response.score
          if keeps { scores[start + i] = response.score }
        }
        let product = working + Self.blockSize
        for k in 0..<width {
          let column = x + (k * y.count + start)
          pass.score[k] += dot(column, eta, count)
          for i in 0..<count { product[i] = working[i] * column[i] }
          for l in 0...k {
            pass.information[k, l] += dot(product, x + (l * y.count + start), count)
          }
        }
        start += count
      }
    }
    for k in 0..<width { for l in 0..<k { pass.information[l, k] = pass.information[k, l] } }
    return pass
  }

  private func withBuffers(
    _ scores: inout [Double],
    _ body: (
      _ x: UnsafePointer<Double>, _ y: UnsafeBufferPointer<Double>,
      _ w: UnsafeBufferPointer<Double>,
      _ scores: UnsafeMutableBufferPointer<Double>, _ eta: UnsafeMutablePointer<Double>,
      _ working: UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    let scratch = UnsafeMutablePointer<Double>.allocate(capacity: 3 * Self.blockSize)
    defer { scratch.deallocate() }
    scratch.initialize(repeating: 0, count: 3 * Self.blockSize)
    matrix.elements.withUnsafeBufferPointer { x in
      outcomes.withUnsafeBufferPointer { y in
        weights.withUnsafeBufferPointer { w in
          scores.withUnsafeMutableBufferPointer { scores in
            guard let x = x.baseAddress else { return }
            body(x, y, w, scores, scratch, scratch + Self.blockSize)
          }
        }
      }
    }
  }
}

/// `Σ aᵢ bᵢ`, in four sums that can run side by side.
@inline(__always)
private func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
  var sums = SIMD4<Double>.zero
  var i = 0
  while i + 4 <= count {
    sums += SIMD4(a[i], a[i + 1], a[i + 2], a[i + 3]) * SIMD4(b[i], b[i + 1], b[i + 2], b[i + 3])
    i += 4
  }
  var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
  while i < count {
    sum += a[i] * b[i]
    i += 1
  }
  return sum
}
