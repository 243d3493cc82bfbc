/// A dense matrix of doubles, stored by rows.
public struct Matrix: Hashable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The elements, row after row.
  public var elements: [Double]

  /// A matrix of zeros.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    elements = Array(repeating: 0, count: rows * columns)
  }

  /// A matrix from its rows, all of the same length.
  public init(_ rows: [[Double]]) {
    self.rows = rows.count
    columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { [columns] in $0.count == columns }, "rows differ in length")
    elements = rows.flatMap { $0 }
  }

  /// The identity of a size.
  public static func identity(_ size: Int) -> Matrix {
    var result = Matrix(rows: size, columns: size)
    for i in 0..<size { result[i, i] = 1 }
    return result
  }

  /// One element.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// The elements on the diagonal.
  public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  /// The sum of the diagonal.
  public var trace: Double { diagonal.reduce(0, +) }

  /// The matrix with rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows { for j in 0..<columns { result[j, i] = self[i, j] } }
    return result
  }

  /// The product of two matrices.
  /// - Complexity: O(rows × columns × other columns).
  public static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.columns == b.rows, "shapes do not fit")
    var result = Matrix(rows: a.rows, columns: b.columns)
    let columns = b.columns
    result.elements.withUnsafeMutableBufferPointer { sums in
      b.elements.withUnsafeBufferPointer { b in
        for i in 0..<a.rows {
          for k in 0..<a.columns where a[i, k] != 0 {
            let factor = a[i, k]
            let (sum, row) = (i * columns, k * columns)
            for j in 0..<columns { sums[sum + j] += factor * b[row + j] }
          }
        }
      }
    }
    return result
  }

  /// The product of a matrix and a column.
  public static func * (a: Matrix, x: [Double]) -> [Double] {
    precondition(a.columns == x.count, "shapes do not fit")
    return (0..<a.rows).map { i in
      var sum = 0.0
      for j in 0..<a.columns { sum += a[i, j] * x[j] }
      return sum
    }
  }

  /// `J V Jᵀ` for this matrix as `V`: the covariance of a linear map.
  public func transformed(by map: Matrix) -> Matrix { map * self * map.transposed }
}
