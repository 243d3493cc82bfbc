extension Cases {
  /// Means of functions of the answers in every group, `Σ w·f ∕ Σ w`, with influence
  /// `(f − mean) ∕ Σ w`: shares, means, gaps and typologies are made so.
  ///
  /// - Parameters:
  ///   - width: The number of functions.
  ///   - write: Writes the functions' values of a row of a group.
  /// - Returns: The means, groups × functions, and their unit sums, a block a group.
  /// - Complexity: As of `totals(width:joining:influence:)`.
  package func means(
    width: Int,
    of write: (_ row: Int, _ block: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) throws -> (values: [Double], totals: UnitTotals) {
    let sums = sums(width: width, write)
    let means = sums.indices.map { sums[$0] / bases[$0 / width].weight }
    if let replicates {
      let made = self.sums(with: replicates, width: width, write).map { sums in
        means.indices.map {
          sums[$0 / width * (width + 1) + $0 % width] / sums[$0 / width * (width + 1) + width]
        }
      }
      return (means, self.totals(of: means, made, width: width, of: replicates))
    }
    let totals = try totals(width: width) { row, block, u in
      write(row, block, u)
      let weight = bases[block].weight
      for k in 0..<width { u[k] = (u[k] - means[block * width + k]) / weight }
    }
    return (means, totals)
  }
}
