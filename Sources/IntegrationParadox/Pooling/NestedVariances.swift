internal import Glibc
internal import SurveyNumerics

/// Estimates in studies: variances between studies and between the estimates of a study, by
/// restricted maximum likelihood.
///
/// The covariance is `V = diag(v + σ²_w) + σ²_b Z Zᵀ`, with `Z` the studies. Every study's block is
/// inverted in closed form, so that nothing is larger than the list of estimates.
struct NestedVariances {
  let data: PooledData
  /// The study of every estimate, 0…m−1.
  let clusters: [Int]
  /// Between studies, then between the estimates of a study.
  private(set) var variances: [Double]
  private(set) var fit: Fit

  /// Generalized least squares at some variances.
  struct Fit {
    var coefficients: [Double]
    var inverse: Matrix
    var residuals: [Double]
    /// `V⁻¹ 1`, block by block.
    var ones: [Double]
    /// `V⁻¹ X`.
    var vx: Matrix
    /// `V⁻¹ e = P y`.
    var ve: [Double]
    var logLikelihood: Double
  }

  /// The number of studies.
  var clusterCount: Int { (clusters.max() ?? -1) + 1 }

  /// Finds the variances by Fisher's steps, halved where they lead down; a variance at 0 stays there
  /// while the likelihood falls from it.
  init(_ data: PooledData, clusters: [Int]) throws {
    self.data = data
    self.clusters = clusters
    let start = try data.between(.reml)
    let typical = data.v.reduce(0, +) / Double(data.v.count)
    variances = Array(repeating: max(start / 2, 0.05 * typical), count: 2)
    fit = try Self.fit(data, clusters, variances)
    for _ in 0..<10_000 {
      let (score, information) = derivatives()
      let free = [0, 1].filter { variances[$0] > 0 || score[$0] > 0 }
      guard !free.isEmpty else { break }
      let part = Matrix(free.map { i in free.map { information[i, $0] } })
      let step = try part.solve(free.map { score[$0] })
      var length = 1.0
      let (before, start) = (fit.logLikelihood, variances)
      repeat {
        for (place, i) in free.enumerated() {
          let next = start[i] + length * step[place]
          variances[i] = next < 1e-10 * typical ? 0 : next
        }
        fit = try Self.fit(data, clusters, variances)
        length /= 2
      } while fit.logLikelihood < before - 1e-12 * abs(before) && length > 1e-10
      let moved = zip(variances, start).map { abs($0 - $1) }.max() ?? 0
      if moved <= 1e-14 * (variances.max() ?? 0) { break }
    }
  }

  private static func fit(
    _ data: PooledData, _ clusters: [Int], _ variances: [Double]
  ) throws -> Fit {
    let solver = BlockInverse(data.v.map { 1 / ($0 + variances[1]) }, clusters, variances[0])
    let (n, p) = (data.y.count, data.x.columns)
    var vx = Matrix(rows: n, columns: p)
    for k in 0..<p {
      for (i, value) in solver.times((0..<n).map { data.x[$0, k] }).enumerated() {
        vx[i, k] = value
      }
    }
    let gram = data.x.transposed * vx
    let inverse = try gram.positiveDefiniteInverse()
    let coefficients = inverse * (vx.transposed * data.y)
    let residuals = zip(data.y, data.x * coefficients).map { $0 - $1 }
    let ve = solver.times(residuals)
    let q = zip(residuals, ve).reduce(0) { $0 + $1.0 * $1.1 }
    let plain = data.x.transposed * data.x
    func logDeterminant(_ matrix: Matrix) throws -> Double {
      try matrix.cholesky().diagonal.reduce(0) { $0 + 2 * log($1) }
    }
    let logLikelihood =
      0.5
      * (try logDeterminant(plain) - logDeterminant(gram) - solver.logDeterminant - q
        - Double(n - p) * log(2 * .pi))
    return Fit(
      coefficients: coefficients, inverse: inverse, residuals: residuals,
      ones: solver.times(Array(repeating: 1, count: n)), vx: vx, ve: ve,
      logLikelihood: logLikelihood)
  }

  /// The score and the information of the two variances.
  private func derivatives() -> (score: [Double], information: Matrix) {
    let (n, p, m) = (data.y.count, data.x.columns, clusterCount)
    let solver = BlockInverse(data.v.map { 1 / ($0 + variances[1]) }, clusters, variances[0])
    var ones = Array(repeating: 0.0, count: m)  // 1ᵀ V⁻¹ 1 of a study
    var squares = ones  // |V⁻¹ 1|²
    var sums = ones  // 1ᵀ V⁻¹ e
    var sumX = Matrix(rows: m, columns: p)  // 1ᵀ V⁻¹ X
    var sumVX = Matrix(rows: m, columns: p)  // (V⁻¹ 1)ᵀ V⁻¹ X
    for i in 0..<n {
      let c = clusters[i]
      ones[c] += fit.ones[i]
      squares[c] += fit.ones[i] * fit.ones[i]
      sums[c] += fit.ve[i]
      for k in 0..<p {
        sumX[c, k] += fit.vx[i, k]
        sumVX[c, k] += fit.ones[i] * fit.vx[i, k]
      }
    }
    var vvx = Matrix(rows: n, columns: p)  // V⁻¹ V⁻¹ X
    for k in 0..<p {
      for (i, value) in solver.times((0..<n).map { fit.vx[$0, k] }).enumerated() {
        vvx[i, k] = value
      }
    }
    // Xᵀ V⁻¹ Z V⁻¹ X for the two parts Z, and the products of three.
    let first = [
      fit.inverse * (sumX.transposed * sumX), fit.inverse * (fit.vx.transposed * fit.vx),
    ]
    var scaled = sumX
    for c in 0..<m { for k in 0..<p { scaled[c, k] *= ones[c] } }
    let second = [
      [fit.inverse * (sumX.transposed * scaled), fit.inverse * (sumX.transposed * sumVX)],
      [fit.inverse * (sumX.transposed * sumVX), fit.inverse * (fit.vx.transposed * vvx)],
    ]
    let traces = [ones.reduce(0, +) - first[0].trace, solver.trace - first[1].trace]
    let quadratic = [
      sums.reduce(0) { $0 + $1 * $1 }, fit.ve.reduce(0) { $0 + $1 * $1 },
    ]
    let plain = [
      [ones.reduce(0) { $0 + $1 * $1 }, squares.reduce(0, +)],
      [squares.reduce(0, +), solver.squareTrace],
    ]
    var information = Matrix(rows: 2, columns: 2)
    for r in 0..<2 {
      for s in 0..<2 {
        information[r, s] =
          0.5 * (plain[r][s] - 2 * second[r][s].trace + (first[r] * first[s]).trace)
      }
    }
    return ((0..<2).map { 0.5 * (quadratic[$0] - traces[$0]) }, information)
  }

  /// The covariance of the coefficients from the sums of studies: `m ∕ (m − p) C M C` with
  /// `M = Σ_c (Xᵀ V⁻¹ e)(Xᵀ V⁻¹ e)ᵀ`.
  var robustCovariance: Matrix {
    let (m, p) = (clusterCount, data.x.columns)
    var sums = Matrix(rows: m, columns: p)
    for i in data.y.indices {
      for k in 0..<p { sums[clusters[i], k] += data.x[i, k] * fit.ve[i] }
    }
    var covariance = fit.inverse * (sums.transposed * sums) * fit.inverse
    let factor = Double(m) / Double(m - p)
    for k in covariance.elements.indices { covariance.elements[k] *= factor }
    return covariance
  }
}

/// The inverse of `diag(1 ∕ a) + s Z Zᵀ`, a block a study: `diag(a) − g a aᵀ` with
/// `g = s ∕ (1 + s Σ a)`.
private struct BlockInverse {
  let a: [Double]
  let clusters: [Int]
  /// `g` of every study.
  let factors: [Double]
  private let sums: [Double]
  private let s: Double

  init(_ a: [Double], _ clusters: [Int], _ s: Double) {
    self.a = a
    self.clusters = clusters
    self.s = s
    var sums = Array(repeating: 0.0, count: (clusters.max() ?? -1) + 1)
    for i in a.indices { sums[clusters[i]] += a[i] }
    self.sums = sums
    factors = sums.map { s / (1 + s * $0) }
  }

  func times(_ x: [Double]) -> [Double] {
    var products = Array(repeating: 0.0, count: factors.count)
    for i in x.indices { products[clusters[i]] += a[i] * x[i] }
    return x.indices.map { a[$0] * (x[$0] - factors[clusters[$0]] * products[clusters[$0]]) }
  }

  /// `ln det` of the matrix itself.
  var logDeterminant: Double {
    sums.reduce(0) { $0 + log1p(s * $1) } - a.reduce(0) { $0 + log($1) }
  }

  /// The trace of the inverse.
  var trace: Double { a.indices.reduce(0) { $0 + a[$1] - factors[clusters[$1]] * a[$1] * a[$1] } }

  /// The trace of the inverse times itself.
  var squareTrace: Double {
    var squares = Array(repeating: 0.0, count: factors.count)
    var result = 0.0
    for i in a.indices {
      squares[clusters[i]] += a[i] * a[i]
      result += a[i] * a[i] * (1 - 2 * factors[clusters[i]] * a[i])
    }
    return result + zip(factors, squares).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }
  }
}
