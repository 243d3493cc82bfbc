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
    let sums = RowSums(self, width: width, joining: nil, write)
    return sums.with(replicates)
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
    let sums = RowSums(self, width: types, joining: nil) { row, _, f in
      for k in 0..<types { f[k] = 0 }
      f[type(row)] = 1
    }
    return totals(
      of: shares(sums.with(weights.values)), sums.with(replicates).map(shares),
      width: places.count, of: replicates
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
    let rows = RowSums(self, width: width, joining: joined, influence)
    func values(_ sums: [Double]) -> [Double] {
      sums.indices.filter { $0 % (width + 1) < width }.map { sums[$0] }
    }
    return totals(
      of: values(rows.with(weights.values)), rows.with(replicates).map(values), width: width,
      of: replicates)
  }
}

/// Numbers of rows, to be added up by group with one set of weights after the other.
private struct RowSums {
  let width: Int
  let blockCount: Int
  /// The numbers, rows × width.
  let elements: [Double]
  /// The place of every row's sums: its group's, or one behind all for a row that does not count.
  let places: [Int32]

  init(
    _ cases: Cases, width: Int, joining joined: [Bool]?,
    _ write: (_ row: Int, _ block: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    self.width = width
    blockCount = joined == nil ? cases.groups.count : 1
    elements = cases.elements(width: width, joining: joined, write)
    let size = Int32(width + 1)
    let nowhere = Int32(blockCount) * size
    places = cases.cellOfRow.map { cell in
      guard cell >= 0 else { return nowhere }
      let block = cases.blocks[Int(cell)]
      guard let joined else { return block * size }
      return joined[Int(block)] ? 0 : nowhere
    }
  }

  /// The sums with each replicate's weights.
  func with(_ replicates: ReplicateWeights) -> [[Double]] {
    let size = blockCount * (width + 1)
    guard case .jackknife(let jackknife) = replicates.source, jackknife.keeps(size) else {
      return replicates.map(by: 4, with(fours:))
    }
    var byUnit = Array(repeating: 0.0, count: jackknife.stratumOfUnit.count * size)
    for (row, place) in places.enumerated() where place < size && jackknife.unitOfRow[row] >= 0 {
      let (sums, weight) = (
        Int(jackknife.unitOfRow[row]) * size + Int(place), jackknife.weights[row]
      )
      for k in 0..<width { byUnit[sums + k] += weight * elements[row * width + k] }
      byUnit[sums + width] += weight
    }
    return jackknife.sums(byUnit, size: size)
  }

  /// The sums of the numbers, and of the weights, groups × (width + 1).
  func with(_ weights: [Double]) -> [Double] { with(fours: [weights])[0] }

  /// The same with each of up to four sets of weights, since finding a row's place takes longer than
  /// adding to it.
  func with(fours weights: [[Double]]) -> [[Double]] {
    let size = width + 1
    let last = weights.count - 1
    var sums = Array(repeating: SIMD4<Double>.zero, count: (blockCount + 1) * size)
    sums.withUnsafeMutableBufferPointer { sums in
      elements.withUnsafeBufferPointer { elements in
        places.withUnsafeBufferPointer { places in
          weights[0].withUnsafeBufferPointer { a in
            weights[min(1, last)].withUnsafeBufferPointer { b in
              weights[min(2, last)].withUnsafeBufferPointer { c in
                weights[last].withUnsafeBufferPointer { d in
                  @inline(__always) func add(_ width: Int) {
                    for row in places.indices {
                      let place = Int(places[row])
                      let weight = SIMD4(a[row], b[row], c[row], d[row])
                      for k in 0..<width {
                        sums[place &+ k] += weight * elements[row &* width &+ k]
                      }
                      sums[place &+ width] += weight
                    }
                  }
                  // The compiler writes a loop of one out.
                  if width == 1 { add(1) } else { add(width) }
                }
              }
            }
          }
        }
      }
    }
    return weights.indices.map { lane in
      sums.dropLast(size).map { $0[lane < last ? lane : 3] }
    }
  }
}
