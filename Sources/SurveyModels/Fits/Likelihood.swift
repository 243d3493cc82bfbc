internal import Dispatch
internal import SurveyNumerics

/// The weighted likelihood of a model, one pass over the rows for each set of coefficients.
struct Likelihood {
  /// The number of columns.
  let width: Int
  let layout: Layout
  var outcomes: [Double]
  var weights: [Double]
  var family: ModelFamily
  /// What is added to the linear predictor of every row; empty when nothing is.
  let offsets: [Double]
  /// Where coefficients are told by how far they are from others, those others.
  let anchor: Anchor?
  /// Whether some outcome of a chance is neither 0 nor 1.
  private let hasShares: Bool

  /// The columns as a pass reads them.
  enum Layout {
    /// Column after column.
    case dense([Double])
    case shared(SharedColumns)
  }

  init(
    matrix: ModelMatrix, outcomes: [Double], weights: [Double], family: ModelFamily,
    offsets: [Double] = []
  ) {
    width = matrix.width
    layout = SharedColumns(matrix).map(Layout.shared) ?? .dense(matrix.elements())
    self.outcomes = outcomes
    self.weights = weights
    self.family = family
    self.offsets = offsets
    anchor = nil
    hasShares = family.isBinary && outcomes.contains { $0 > 0 && $0 < 1 }
  }

  /// The same rows near some coefficients, whose offsets are those of the anchor.
  init(_ other: Likelihood, anchor: Anchor) {
    (width, layout, outcomes, weights) = (other.width, other.layout, other.outcomes, other.weights)
    (family, hasShares, offsets) = (other.family, other.hasShares, [])
    self.anchor = anchor
  }

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
  static let blockSize = 512

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

  /// `xβ` of every row.
  /// - Complexity: O(rows × columns).
  func predictors(_ coefficients: [Double]) -> [Double] {
    var eta = Array(repeating: 0.0, count: outcomes.count)
    switch layout {
    case .dense(let elements):
      for (k, b) in coefficients.enumerated() {
        let first = k * eta.count
        for i in eta.indices { eta[i] += b * elements[first + i] }
      }
    case .shared(let columns):
      let slopes = columns.slopes(coefficients)
      for i in eta.indices {
        let first = Int(columns.patterns[i]) * columns.numberCount
        eta[i] = slopes[first]
        for j in 1..<columns.numberCount {
          eta[i] += slopes[first + j] * columns.numbers[(j - 1) * eta.count + i]
        }
      }
    }
    return eta
  }

  /// Adds what some rows give.
  private func add(
    _ rows: Range<Int>, at coefficients: [Double]?, to pass: inout Pass,
    scores: UnsafeMutableBufferPointer<Double>
  ) {
    switch layout {
    case .dense(let elements):
      add(rows, of: elements, at: coefficients, to: &pass, scores: scores)
    case .shared(let columns):
      add(rows, of: columns, at: coefficients, to: &pass, scores: scores)
    }
  }

  private func add(
    _ rows: Range<Int>, of elements: [Double], at coefficients: [Double]?, to pass: inout Pass,
    scores: UnsafeMutableBufferPointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * Self.blockSize) { scratch in
      scratch.initialize(repeating: 0)
      guard let eta = scratch.baseAddress else { return }
      let working = eta + Self.blockSize
      let products = (eta + 2 * Self.blockSize, eta + 3 * Self.blockSize)
      elements.withUnsafeBufferPointer { elements in
        guard let x = elements.baseAddress else { return }
        var start = rows.lowerBound
        while start < rows.upperBound {
          let count = min(Self.blockSize, rows.upperBound - start)
          for i in 0..<count { eta[i] = offsets.isEmpty ? 0 : offsets[start + i] }
          if let coefficients {
            for k in 0..<width where coefficients[k] != 0 {
              let column = x + (k * outcomes.count + start)
              let b = coefficients[k]
              for i in 0..<count { eta[i] += b * column[i] }
            }
          }
          respond(
            start..<start + count, at: coefficients, eta, working, to: &pass, scores)
          for k in 0..<width {
            pass.score[k] += dot(x + (k * outcomes.count + start), eta, count)
          }
          // Two columns by two, since loading them takes longer than multiplying.
          for k in stride(from: 0, to: width, by: 2) {
            let next = min(k + 1, width - 1)
            let columns = (x + (k * outcomes.count + start), x + (next * outcomes.count + start))
            for i in 0..<count {
              products.0[i] = working[i] * columns.0[i]
              products.1[i] = working[i] * columns.1[i]
            }
            for l in stride(from: 0, through: k, by: 2) {
              let after = min(l + 1, width - 1)
              let sums = dots(
                products,
                (x + (l * outcomes.count + start), x + (after * outcomes.count + start)), count)
              pass.information[k, l] += sums[0]
              if next > k { pass.information[next, l] += sums[1] }
              if after <= k, after > l { pass.information[k, after] += sums[2] }
              if next > k, after > l { pass.information[next, after] += sums[3] }
            }
          }
          start += count
        }
      }
    }
  }

  /// Turns the linear predictors of a block into weighted scores, and finds its information.
  func respond(
    _ rows: Range<Int>, at coefficients: [Double]?, _ eta: UnsafeMutablePointer<Double>,
    _ working: UnsafeMutablePointer<Double>, to pass: inout Pass,
    _ scores: UnsafeMutableBufferPointer<Double>
  ) {
    if let anchor {
      return respond(
        rows, eta, working, near: anchor,
        isAtAnchor: coefficients?.allSatisfy { $0 == 0 } ?? true)
    }
    let keeps = !scores.isEmpty
    var (deviance, least) = (0.0, Double.infinity)
    outcomes.withUnsafeBufferPointer { outcomes in
      weights.withUnsafeBufferPointer { weights in
        func each(_ response: (_ eta: Double, _ y: Double) -> ModelFamily.Response) {
          for i in 0..<rows.count {
            let row = rows.lowerBound + i
            let (response, weight) = (response(eta[i], outcomes[row]), weights[row])
            least = min(least, response.information)
            deviance += weight * response.deviance
            working[i] = weight * response.information
            eta[i] = weight * response.score
            if keeps { scores[row] = response.score }
          }
        }
        guard let coefficients else {
          return each { eta, y in
            let first = family.start(y)
            var response = family.response(first, y)
            response.score += response.information * (first - eta)
            return response
          }
        }
        if family.isBinary, offsets.isEmpty, coefficients.allSatisfy({ $0 == 0 }) {
          // Where no row is told from another, the two outcomes have one response each.
          let (no, yes) = (family.response(0, 0), family.response(0, 1))
          return each { eta, y in y == 1 ? yes : y == 0 ? no : family.response(eta, y) }
        }
        if hasShares { return each(family.response) }
        if family == .logistic { return each(ModelFamily.logistic.wholeResponse) }
        each(family.wholeResponse)
      }
    }
    pass.deviance += deviance
    if least < 1e-12 { pass.isExtreme = true }
  }
}

/// `Σ aᵢ bᵢ`, in four sums that can run side by side.
@inline(__always)
func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
  var sums = SIMD4<Double>.zero
  var i = 0
  let fours = count & ~3
  while i < fours {
    sums += four(a + i) * four(b + i)
    i &+= 4
  }
  var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
  while i < count {
    sum += a[i] * b[i]
    i += 1
  }
  return sum
}

/// The products of each of two columns with each of two others, added up: first with first, second
/// with first, first with second, second with second.
@inline(__always)
private func dots(
  _ a: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>),
  _ b: (UnsafePointer<Double>, UnsafePointer<Double>), _ count: Int
) -> SIMD4<Double> {
  var (s0, s1, s2, s3) = (
    SIMD2<Double>.zero, SIMD2<Double>.zero, SIMD2<Double>.zero, SIMD2<Double>.zero
  )
  @inline(__always)
  func add(_ i: Int) {
    let (a0, a1) = (two(a.0 + i), two(a.1 + i))
    let (b0, b1) = (two(b.0 + i), two(b.1 + i))
    s0 += a0 * b0
    s1 += a1 * b0
    s2 += a0 * b1
    s3 += a1 * b1
  }
  var i = 0
  let fours = count & ~3
  while i < fours {
    add(i)
    add(i &+ 2)
    i &+= 4
  }
  if i &+ 2 <= count {
    add(i)
    i &+= 2
  }
  var sums = SIMD4(s0[0] + s0[1], s1[0] + s1[1], s2[0] + s2[1], s3[0] + s3[1])
  if i < count {
    sums += SIMD4(a.0[i] * b.0[i], a.1[i] * b.0[i], a.0[i] * b.1[i], a.1[i] * b.1[i])
  }
  return sums
}

@inline(__always)
private func two(_ a: UnsafePointer<Double>) -> SIMD2<Double> { SIMD2(a[0], a[1]) }

@inline(__always)
private func four(_ a: UnsafePointer<Double>) -> SIMD4<Double> { SIMD4(a[0], a[1], a[2], a[3]) }
