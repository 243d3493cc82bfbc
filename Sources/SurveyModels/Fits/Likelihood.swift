internal import Dispatch
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

  /// Rows are worked in so many fixed stretches, whose sums are added in order, so that the bits do
  /// not depend on the number of cores.
  private var chunkCount: Int { outcomes.count < 1 << 15 ? 1 : 8 }

  /// Evaluates the likelihood.
  ///
  /// - Parameters:
  ///   - coefficients: One a column; nil for a start from the outcomes alone, whose `score` is that
  ///     of the working outcome, so that the step from zero leads to the first coefficients.
  ///   - scores: Takes the score of every row; empty when nobody asks.
  /// - Complexity: O(rows × columns²), on all cores.
  func pass(at coefficients: [Double]?, scores: inout [Double]) -> Pass {
    let width = matrix.width
    let empty = Pass(
      score: Array(repeating: 0, count: width), information: Matrix(rows: width, columns: width))
    let (count, chunks) = (outcomes.count, chunkCount)
    let parts = UnsafeMutableBufferPointer<Pass>.allocate(capacity: chunks)
    parts.initialize(repeating: empty)
    defer {
      parts.deinitialize()
      parts.deallocate()
    }
    scores.withUnsafeMutableBufferPointer { scores in
      nonisolated(unsafe) let (parts, scores) = (parts, scores)
      DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
        let rows = (count * chunk / chunks)..<(count * (chunk + 1) / chunks)
        add(rows, at: coefficients, to: &parts[chunk], scores: scores)
      }
    }
    var pass = parts.dropFirst().reduce(into: parts[0]) { sum, part in
      for k in sum.score.indices { sum.score[k] += part.score[k] }
      for k in sum.information.elements.indices {
        sum.information.elements[k] += part.information.elements[k]
      }
      sum.deviance += part.deviance
      sum.isExtreme = sum.isExtreme || part.isExtreme
    }
    for k in 0..<width { for l in 0..<k { pass.information[l, k] = pass.information[k, l] } }
    return pass
  }

  /// Adds what some rows give.
  private func add(
    _ rows: Range<Int>, at coefficients: [Double]?, to pass: inout Pass,
    scores: UnsafeMutableBufferPointer<Double>
  ) {
    let width = matrix.width
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * Self.blockSize) { scratch in
      scratch.initialize(repeating: 0)
      guard let eta = scratch.baseAddress else { return }
      let (working, product) = (eta + Self.blockSize, eta + 2 * Self.blockSize)
      matrix.elements.withUnsafeBufferPointer { elements in
        guard let x = elements.baseAddress else { return }
        var start = rows.lowerBound
        while start < rows.upperBound {
          let count = min(Self.blockSize, rows.upperBound - start)
          for i in 0..<count { eta[i] = offsets.isEmpty ? 0 : offsets[start + i] }
          if let coefficients {
            for k in 0..<width {
              let column = x + (k * outcomes.count + start)
              let b = coefficients[k]
              for i in 0..<count { eta[i] += b * column[i] }
            }
          }
          respond(
            start..<start + count, isStart: coefficients == nil, eta, working, to: &pass, scores)
          for k in 0..<width {
            let column = x + (k * outcomes.count + start)
            pass.score[k] += dot(column, eta, count)
            for i in 0..<count { product[i] = working[i] * column[i] }
            for l in 0...k {
              pass.information[k, l] += dot(product, x + (l * outcomes.count + start), count)
            }
          }
          start += count
        }
      }
    }
  }

  /// Turns the linear predictors of a block into weighted scores, and finds its information.
  private func respond(
    _ rows: Range<Int>, isStart: Bool, _ eta: UnsafeMutablePointer<Double>,
    _ working: UnsafeMutablePointer<Double>, to pass: inout Pass,
    _ scores: UnsafeMutableBufferPointer<Double>
  ) {
    let keeps = !scores.isEmpty
    var (deviance, least) = (0.0, Double.infinity)
    outcomes.withUnsafeBufferPointer { outcomes in
      weights.withUnsafeBufferPointer { weights in
        for i in 0..<rows.count {
          let row = rows.lowerBound + i
          let (outcome, weight) = (outcomes[row], weights[row])
          let first = isStart ? family.start(outcome) : eta[i]
          var response = family.response(first, outcome)
          if isStart { response.score += response.information * (first - eta[i]) }
          least = min(least, response.information)
          deviance += weight * response.deviance
          working[i] = weight * response.information
          eta[i] = weight * response.score
          if keeps { scores[row] = response.score }
        }
      }
    }
    pass.deviance += deviance
    if least < 1e-12 { pass.isExtreme = true }
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
