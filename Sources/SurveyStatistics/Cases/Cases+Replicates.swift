package import SurveyNumerics

extension Cases {
  /// The replicate weights that make the variance; nil where it is linearized.
  package var replicates: ReplicateWeights? { weights.replicates }

  /// The sums of numbers of rows and of the weights themselves in every group, with each replicate's
  /// weights: one array a replicate, groups × (width + 1).
  ///
  /// - Parameters:
  ///   - replicates: The replicate weights.
  ///   - width: How many numbers a row has.
  ///   - write: Writes the numbers of a row.
  /// - Complexity: O(rows × width × replicates), on all cores.
  func sums(
    with replicates: ReplicateWeights, width: Int,
    _ write: (_ row: Int, _ block: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) -> [[Double]] {
    let elements = elements(width: width, joining: nil, write)
    return replicates.map { sums(of: elements, width: width, joining: nil, with: $0) }
  }

  /// The sums of numbers of rows, and of the weights, with some weights, by group.
  private func sums(
    of elements: [Double], width: Int, joining joined: [Bool]?, with weights: [Double]
  ) -> [Double] {
    let size = width + 1
    var sums = Array(repeating: 0.0, count: (joined == nil ? groups.count : 1) * size)
    sums.withUnsafeMutableBufferPointer { sums in
      elements.withUnsafeBufferPointer { elements in
        for (row, cell) in cellOfRow.enumerated() where cell >= 0 {
          var block = Int(blocks[Int(cell)])
          if let joined {
            guard joined[block] else { continue }
            block = 0
          }
          let weight = weights[row]
          for k in 0..<width { sums[block &* size &+ k] += weight * elements[row &* width &+ k] }
          sums[block &* size &+ width] += weight
        }
      }
    }
    return sums
  }

  /// The covariance of shares of all that groups and types make together, where replicate weights make
  /// it; nil where it is linearized.
  ///
  /// - Parameters:
  ///   - places: The wanted shares, each `types × group + type`.
  ///   - types: How many types there are.
  ///   - type: The type of a row.
  package func covariance(
    ofShares places: [Int], types: Int, _ type: (_ row: Int) -> Int
  ) -> Matrix? {
    guard let replicates else { return nil }
    func shares(_ sums: [Double]) -> [Double] {
      let total = groups.indices.reduce(0) { $0 + sums[$1 * (types + 1) + types] }
      return places.map { sums[$0 / types * (types + 1) + $0 % types] / total }
    }
    let elements = elements(width: types, joining: nil) { row, _, f in
      for k in 0..<types { f[k] = 0 }
      f[type(row)] = 1
    }
    func sums(_ weights: [Double]) -> [Double] {
      self.sums(of: elements, width: types, joining: nil, with: weights)
    }
    return totals(
      of: shares(sums(weights.values)), replicates.map { shares(sums($0)) }, width: places.count,
      of: replicates
    ).covariance()
  }

  /// What replicates give of numbers that are made of weights, in the place of their unit sums.
  ///
  /// - Parameters:
  ///   - values: The numbers with the weight, block after block.
  ///   - made: The same with each replicate's weights; NaN where there is none.
  ///   - width: The numbers of a block.
  package func totals(
    of values: [Double], _ made: [[Double]], width: Int, of replicates: ReplicateWeights
  ) -> UnitTotals {
    UnitTotals(values, made, width: width, of: replicates, roster: roster)
  }

  /// What an influence adds up to with each replicate's weights: exactly what a total is, and what
  /// another number is but for the curvature of its formula.
  func totals(
    of replicates: ReplicateWeights, width: Int, joining joined: [Bool]?,
    influence: (_ row: Int, _ block: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) -> UnitTotals {
    let elements = elements(width: width, joining: joined, influence)
    func values(_ weights: [Double]) -> [Double] {
      let sums = sums(of: elements, width: width, joining: joined, with: weights)
      return sums.indices.filter { $0 % (width + 1) < width }.map { sums[$0] }
    }
    return totals(
      of: values(weights.values), replicates.map(values), width: width, of: replicates)
  }
}
