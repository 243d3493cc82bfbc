internal import SurveyNumerics

/// The weighted likelihood of a model, one pass over the rows for each set of coefficients.
struct Likelihood {
  let matrix: ModelMatrix
  let outcomes: [Double]
  let weights: [Double]
  let family: ModelFamily

  /// What a pass finds at some coefficients.
  struct Pass {
    /// `Σ w x (y − μ)`.
    var score: [Double]
    /// `Σ w v x xᵀ`, with v the slope of the mean.
    var information: Matrix
    var deviance = 0.0
  }

  /// Rows are taken a few hundred at a time, so that their columns stay in the cache.
  private static let blockSize = 512

  /// Evaluates the likelihood.
  ///
  /// - Parameters:
  ///   - coefficients: One a column.
  ///   - residuals: Takes `y − μ` of every row; empty when nobody asks.
  /// - Complexity: O(rows × columns²).
  func pass(at coefficients: [Double], residuals: inout [Double]) -> Pass {
    let width = matrix.width
    var pass = Pass(
      score: Array(repeating: 0, count: width), information: Matrix(rows: width, columns: width))
    let keeps = !residuals.isEmpty
    withBuffers(&residuals) { x, y, w, residuals, eta, working in
      var start = 0
      while start < y.count {
        let count = min(Self.blockSize, y.count - start)
        for i in 0..<count { eta[i] = 0 }
        for k in 0..<width {
          let column = x + (k * y.count + start)
          let b = coefficients[k]
          for i in 0..<count { eta[i] += b * column[i] }
        }
        for i in 0..<count {
          let outcome = y[start + i]
          let response = family.response(eta[i], outcome)
          let weight = w[start + i]
          pass.deviance += weight * response.deviance
          working[i] = weight * response.slope
          eta[i] = weight * (outcome - response.mean)
          if keeps { residuals[start + i] = outcome - response.mean }
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
    _ residuals: inout [Double],
    _ body: (
      _ x: UnsafePointer<Double>, _ y: UnsafeBufferPointer<Double>,
      _ w: UnsafeBufferPointer<Double>,
      _ residuals: UnsafeMutableBufferPointer<Double>, _ eta: UnsafeMutablePointer<Double>,
      _ working: UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    let scratch = UnsafeMutablePointer<Double>.allocate(capacity: 3 * Self.blockSize)
    defer { scratch.deallocate() }
    scratch.initialize(repeating: 0, count: 3 * Self.blockSize)
    matrix.elements.withUnsafeBufferPointer { x in
      outcomes.withUnsafeBufferPointer { y in
        weights.withUnsafeBufferPointer { w in
          residuals.withUnsafeMutableBufferPointer { residuals in
            guard let x = x.baseAddress else { return }
            body(x, y, w, residuals, scratch, scratch + Self.blockSize)
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
