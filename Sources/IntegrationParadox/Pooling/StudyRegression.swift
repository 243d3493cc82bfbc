internal import Glibc
internal import SurveyNumerics

/// Weighted least squares of the estimates on the moderators, and the traces that estimators of
/// their variance need.
struct StudyRegression {
  let coefficients: [Double]
  /// `(Xᵀ W X)⁻¹`.
  let inverse: Matrix
  /// `y − X b`.
  let residuals: [Double]
  /// `Σ w e²`.
  let q: Double
  private let x: Matrix
  private let weights: [Double]

  /// - Parameters:
  ///   - x: One row an estimate.
  ///   - weights: Inverse variances.
  /// - Throws: `NumericsError` when a column follows from others.
  init(_ y: [Double], on x: Matrix, weights: [Double]) throws {
    self.x = x
    self.weights = weights
    inverse = try Self.gram(x, weights).positiveDefiniteInverse()
    var score = Array(repeating: 0.0, count: x.columns)
    for i in y.indices { for k in score.indices { score[k] += weights[i] * x[i, k] * y[i] } }
    coefficients = inverse * score
    residuals = zip(y, x * coefficients).map { $0 - $1 }
    q = zip(weights, residuals).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
  }

  /// `Xᵀ diag(w) X`.
  static func gram(_ x: Matrix, _ weights: [Double]) -> Matrix {
    var gram = Matrix(rows: x.columns, columns: x.columns)
    for i in weights.indices {
      for k in 0..<x.columns {
        for l in 0..<x.columns { gram[k, l] += weights[i] * x[i, k] * x[i, l] }
      }
    }
    return gram
  }

  /// `P = W − W X (XᵀWX)⁻¹ Xᵀ W`: its trace, that of its square, and `yᵀ P P y`.
  var traces: (p: Double, pp: Double, yppy: Double) {
    let second = inverse * Self.gram(x, weights.map { $0 * $0 })
    let third = inverse * Self.gram(x, weights.map { $0 * $0 * $0 })
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return (
      weights.reduce(0, +) - second.trace,
      squares - 2 * third.trace + (second * second).trace,
      zip(weights, residuals).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }
    )
  }

  /// The restricted likelihood's logarithm, apart from what does not depend on the weights.
  func restrictedLogLikelihood() throws -> Double {
    let logs = weights.reduce(0) { $0 + log($1) }
    let determinant = try inverse.cholesky().diagonal.reduce(0) { $0 + 2 * log($1) }
    return 0.5 * (logs + determinant - q)
  }
}
