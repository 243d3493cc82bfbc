extension Matrix {
  /// The columns of a Gram matrix `XᵀX` that depend linearly on columns before them.
  ///
  /// Sweeps the columns in order, as R's pivoted QR does, and calls a column dependent when less
  /// than `tolerance` of its length is left.
  ///
  /// - Parameter tolerance: The share of a column's squared length that counts as nothing. Sums of
  ///   products know no smaller one than about 1e-15; see ``OrthogonalColumns`` for columns.
  /// - Returns: Positions of dependent columns, in order.
  /// - Complexity: O(columns³).
  public func dependentColumns(tolerance: Double = 1e-11) -> [Int] {
    precondition(rows == columns, "a Gram matrix is square")
    var rest = self
    var dependent: [Int] = []
    for k in 0..<rows {
      guard rest[k, k] > tolerance * max(self[k, k], .leastNormalMagnitude) else {
        dependent.append(k)
        continue
      }
      for i in (k + 1)..<max(rows, k + 1) {
        let factor = rest[i, k] / rest[k, k]
        guard factor != 0 else { continue }
        for j in (k + 1)..<columns { rest[i, j] -= factor * rest[k, j] }
      }
    }
    return dependent
  }

  /// `xᵀ V⁻¹ x` of a covariance `V`; nil when it is short of rank, so that its inverse would be made of
  /// rounding errors: more numbers than sampling units, or one that does not vary.
  /// - Complexity: O(columns³).
  public func quadraticForm(of x: [Double]) -> Double? {
    guard dependentColumns().isEmpty, let solved = try? solve(x) else { return nil }
    let form = zip(x, solved).reduce(0) { $0 + $1.0 * $1.1 }
    return form.isFinite && form >= 0 ? form : nil
  }
}
