internal import CGSL

extension Matrix {
  /// Calls `body` with a GSL view of a copy of the elements, which it may overwrite.
  private mutating func withView<Result>(
    _ body: (UnsafeMutablePointer<gsl_matrix>) throws -> Result
  ) rethrows -> Result {
    let (rows, columns) = (rows, columns)
    return try elements.withUnsafeMutableBufferPointer { buffer in
      var view = gsl_matrix_view_array(buffer.baseAddress, rows, columns)
      return try body(&view.matrix)
    }
  }

  /// The lower factor `L` with `L Lᵀ = self`.
  /// - Throws: ``NumericsError`` when the matrix is not positive definite.
  public func cholesky() throws -> Matrix {
    precondition(rows == columns, "only a square matrix has a Cholesky factor")
    GSL.ready
    var factor = self
    try factor.withView { try GSL.check(gsl_linalg_cholesky_decomp1($0), "Cholesky factor") }
    for i in 0..<rows { for j in (i + 1)..<max(columns, i + 1) { factor[i, j] = 0 } }
    return factor
  }

  /// The inverse of a symmetric positive definite matrix.
  /// - Throws: ``NumericsError`` when the matrix is not positive definite.
  public func positiveDefiniteInverse() throws -> Matrix {
    GSL.ready
    var inverse = self
    try inverse.withView { view in
      try GSL.check(gsl_linalg_cholesky_decomp1(view), "inverse")
      try GSL.check(gsl_linalg_cholesky_invert(view), "inverse")
    }
    return inverse
  }

  /// Solves `self · x = b` by LU factors with pivoting.
  /// - Throws: ``NumericsError`` when the matrix is singular.
  public func solve(_ b: [Double]) throws -> [Double] {
    try solve(Matrix(b.map { [$0] })).elements
  }

  /// Solves `self · X = B`, a column of `B` at a time.
  /// - Throws: ``NumericsError`` when the matrix is singular.
  public func solve(_ b: Matrix) throws -> Matrix {
    precondition(rows == columns && rows == b.rows, "shapes do not fit")
    GSL.ready
    guard rows > 0 else { return b }
    var factors = self
    var result = Matrix(rows: b.rows, columns: b.columns)
    guard let permutation = gsl_permutation_alloc(rows) else {
      throw NumericsError(operation: "solution", reason: "no memory")
    }
    defer { gsl_permutation_free(permutation) }
    var sign: Int32 = 0
    try factors.withView { view in
      try GSL.check(gsl_linalg_LU_decomp(view, permutation, &sign), "solution")
      for column in 0..<b.columns {
        var x = (0..<b.rows).map { b[$0, column] }
        try x.withUnsafeMutableBufferPointer { buffer in
          var vector = gsl_vector_view_array(buffer.baseAddress, buffer.count)
          try GSL.check(gsl_linalg_LU_svx(view, permutation, &vector.vector), "solution")
        }
        guard x.allSatisfy(\.isFinite) else {
          throw NumericsError(operation: "solution", reason: "the matrix is singular")
        }
        for (row, value) in x.enumerated() { result[row, column] = value }
      }
    }
    return result
  }

  /// The eigenvalues of a symmetric matrix, largest first.
  /// - Throws: ``NumericsError`` when the iteration fails.
  public func symmetricEigenvalues() throws -> [Double] {
    precondition(rows == columns, "only a square matrix has eigenvalues")
    GSL.ready
    guard rows > 0 else { return [] }
    var copy = self
    var values = Array(repeating: 0.0, count: rows)
    guard let workspace = gsl_eigen_symm_alloc(rows) else {
      throw NumericsError(operation: "eigenvalues", reason: "no memory")
    }
    defer { gsl_eigen_symm_free(workspace) }
    try copy.withView { view in
      try values.withUnsafeMutableBufferPointer { buffer in
        var vector = gsl_vector_view_array(buffer.baseAddress, buffer.count)
        try GSL.check(gsl_eigen_symm(view, &vector.vector, workspace), "eigenvalues")
      }
    }
    return values.sorted(by: >)
  }
}
