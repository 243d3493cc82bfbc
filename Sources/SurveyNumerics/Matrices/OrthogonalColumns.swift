internal import Dispatch

/// Columns made orthogonal one after the other, `X = Q R`, by Gram and Schmidt's method (modified).
///
/// The columns of `Q` have a weighted mean square of 1, `Σ w q² ∕ Σ w`, and `R` is upper triangular. A
/// constant that stands first stays 1, so that the others are centred before anything is multiplied:
/// sums of products of `Q` keep the digits that those of `X` lose where numbers are large beside their
/// differences, such as years and dates.
///
/// - SeeAlso: Björck (1996), Numerical Methods for Least Squares Problems, section 2.4.
public struct OrthogonalColumns: Sendable {
  /// The columns that are left, as positions in `X`.
  public let kept: [Int]
  /// The columns that follow from columns before them.
  public let dependent: [Int]
  /// `R`, kept × kept.
  public let factor: Matrix
  /// What each dependent column is of the kept ones before it: dependent × kept.
  public let combinations: Matrix

  /// Makes columns orthogonal, and finds those that depend on columns before them: those of whose
  /// length no more than `tolerance` is left.
  ///
  /// - Parameters:
  ///   - elements: The columns, one after the other.
  ///   - weights: One a row; their number is that of the rows.
  ///   - tolerance: The share of a column's length that counts as nothing; 1e-11 is R's.
  /// - Complexity: O(rows × columns²), on all cores.
  public init(_ elements: [Double], weights: [Double], tolerance: Double = 1e-11) {
    let count = weights.count
    let width = count == 0 ? 0 : elements.count / count
    let total = weights.reduce(0, +)
    var q = elements
    var all = Matrix(rows: width, columns: width)
    var lengths: [Double] = []
    var (kept, dependent): ([Int], [Int]) = ([], [])
    q.withUnsafeMutableBufferPointer { q in
      weights.withUnsafeBufferPointer { weights in
        nonisolated(unsafe) let (q, weights) = (q, weights)
        @Sendable func product(_ k: Int, _ l: Int) -> Double {
          var sum = 0.0
          for i in 0..<count { sum += weights[i] * q[k * count + i] * q[l * count + i] }
          return sum / total
        }
        lengths = (0..<width).map { product($0, $0).squareRoot() }
        for k in 0..<width {
          let length = product(k, k).squareRoot()
          guard length > tolerance * lengths[k] else {
            dependent.append(k)
            continue
          }
          kept.append(k)
          all[k, k] = length
          for i in 0..<count { q[k * count + i] *= 1 / length }
          let rest = width - k - 1
          let shares = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(rest, 1))
          shares.initialize(repeating: 0)
          defer { shares.deallocate() }
          nonisolated(unsafe) let result = shares
          DispatchQueue.concurrentPerform(iterations: rest) { place in
            let l = k + 1 + place
            let share = product(k, l)
            for i in 0..<count { q[l * count + i] -= share * q[k * count + i] }
            result[place] = share
          }
          for place in 0..<rest { all[k, k + 1 + place] = shares[place] }
        }
      }
    }
    self.kept = kept
    self.dependent = dependent
    factor = Matrix(kept.map { i in kept.map { all[i, $0] } })
    let back = Self.inverse(of: factor)
    combinations = Matrix(
      dependent.map { column in
        zip(kept, back * kept.map { $0 < column ? all[$0, column] : 0 }).map { k, part in
          // What is rounding is no part of it.
          abs(part) * lengths[k] > 1e-10 * lengths[column] ? part : 0
        }
      })
  }

  /// `R⁻¹`: coefficients of the columns of `Q`, times it, are those of the columns of `X`.
  public var inverse: Matrix { Self.inverse(of: factor) }

  /// Turns kept columns of other rows, one column after the other, into those of `Q`.
  ///
  /// - Parameters:
  ///   - elements: The columns; without the first where `constant` says what that is.
  ///   - count: The number of rows.
  ///   - constant: What the first column is everywhere; nil when it stands among the others.
  /// - Complexity: O(rows × columns²), on all cores.
  public func coordinates(of elements: inout [Double], count: Int, constant: Double? = nil) {
    let first = constant == nil ? 0 : 1
    elements.withUnsafeMutableBufferPointer { x in
      nonisolated(unsafe) let x = x
      if let constant {
        let share = constant / factor[0, 0]
        for l in first..<max(factor.rows, first) {
          for i in 0..<count { x[(l - first) * count + i] -= factor[0, l] * share }
        }
      }
      for k in first..<max(factor.rows, first) {
        let column = (k - first) * count
        for i in 0..<count { x[column + i] *= 1 / factor[k, k] }
        DispatchQueue.concurrentPerform(iterations: factor.rows - k - 1) { place in
          let l = k + 1 + place
          let share = factor[k, l]
          guard share != 0 else { return }
          for i in 0..<count { x[(l - first) * count + i] -= share * x[column + i] }
        }
      }
    }
  }

  /// The inverse of an upper triangular matrix.
  private static func inverse(of factor: Matrix) -> Matrix {
    var inverse = Matrix.identity(factor.rows)
    for column in 0..<factor.rows {
      for i in (0...column).reversed() {
        var sum = inverse[i, column]
        for j in (i + 1)..<max(column + 1, i + 1) { sum -= factor[i, j] * inverse[j, column] }
        inverse[i, column] = sum / factor[i, i]
      }
    }
    return inverse
  }
}
