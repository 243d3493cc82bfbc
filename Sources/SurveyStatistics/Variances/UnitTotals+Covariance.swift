package import SurveyNumerics

extension UnitTotals {
  /// The covariance of the parameters of two blocks.
  ///
  /// `V = Σ_h (1 − f_h) n_h∕(n_h − 1) (Σ_c T_c T_cᵀ − S_h S_hᵀ ∕ n_h)` with `T_c` the sums of a unit
  /// and `S_h` those of its stratum; units without an entry count with `T = 0`.
  ///
  /// - Parameter parts: The parameters of either block that are wanted; nil means all.
  /// - Returns: One row a parameter of `a`; the diagonal holds variances when the blocks are the same.
  /// - Complexity: O(entries × rows × columns).
  /// - SeeAlso: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 5.5;
  ///   Binder (1983).
  package func covariance(
    _ a: Int, _ b: Int, of parts: (rows: [Int], columns: [Int])? = nil
  ) -> Matrix {
    let (rows, columns) = parts ?? (Array(0..<width), Array(0..<width))
    let isWhole = columns.elementsEqual(0..<width)
    var result = Matrix(rows: rows.count, columns: columns.count)
    var total = result.elements
    var (i, j) = (start[a], start[b])
    let (endA, endB) = (start[a + 1], start[b + 1])
    var cross = total
    var sumA = Array(repeating: 0.0, count: rows.count)
    var sumB = Array(repeating: 0.0, count: columns.count)
    while i < endA || j < endB {
      let stratum = min(
        i < endA ? roster.stratumOfUnit[Int(unit[i])] : .max,
        j < endB ? roster.stratumOfUnit[Int(unit[j])] : .max)
      for k in sumA.indices { sumA[k] = 0 }
      for l in sumB.indices { sumB[l] = 0 }
      for k in cross.indices { cross[k] = 0 }
      while true {
        let unitA = i < endA ? unit[i] : .max
        let unitB = j < endB ? unit[j] : .max
        let current = min(unitA, unitB)
        guard current < .max, roster.stratumOfUnit[Int(current)] == stratum else { break }
        if unitA == unitB {
          addProduct(i, j, of: (rows, columns), isWhole: isWhole, sameBlock: a == b, to: &cross)
        }
        if unitA == current {
          for (k, part) in rows.enumerated() { sumA[k] += sums[i * width + part] }
          i += 1
        }
        if unitB == current {
          for (l, part) in columns.enumerated() { sumB[l] += sums[j * width + part] }
          j += 1
        }
      }
      let known = roster.strata[Int(stratum)]
      let factor = known.varianceFactor
      guard factor > 0 else { continue }
      let count = Double(known.unitCount)
      for k in sumA.indices {
        for l in sumB.indices {
          let place = k * sumB.count + l
          total[place] += factor * (cross[place] - sumA[k] * sumB[l] / count)
        }
      }
    }
    result.elements = total
    addLonelyStrata(a, b, of: (rows, columns), among: 0..<blockCount, to: &result)
    return result
  }

  /// The covariance of all parameters, block after block.
  /// - Complexity: O(blocks² × entries of a block × width²).
  package func covariance() -> Matrix {
    var result = Matrix(rows: blockCount * width, columns: blockCount * width)
    for a in 0..<blockCount {
      for b in a..<blockCount {
        let part = covariance(a, b)
        for k in 0..<width {
          for l in 0..<width {
            result[a * width + k, b * width + l] = part[k, l]
            result[b * width + l, a * width + k] = part[k, l]
          }
        }
      }
    }
    return result
  }

  func packed(_ entry: Int, _ k: Int, _ l: Int) -> Int {
    let (low, high) = (min(k, l), max(k, l))
    return entry * (width * (width + 1) / 2) + high * (high + 1) / 2 + low
  }

  /// Adds `Σ T Tᵀ` of one unit.
  ///
  /// Different blocks of an element sample share no row, so that their product is zero.
  private func addProduct(
    _ i: Int, _ j: Int, of parts: (rows: [Int], columns: [Int]), isWhole: Bool, sameBlock: Bool,
    to cross: inout [Double]
  ) {
    let (rows, columns) = parts
    if roster.isElementSample {
      guard sameBlock else { return }
      for (k, row) in rows.enumerated() {
        for (l, column) in columns.enumerated() {
          cross[k * columns.count + l] += squares[packed(i, row, column)]
        }
      }
      return
    }
    cross.withUnsafeMutableBufferPointer { cross in
      sums.withUnsafeBufferPointer { sums in
        for (k, row) in rows.enumerated() {
          let a = sums[i &* width &+ row]
          let start = k &* columns.count
          if isWhole {
            for l in 0..<width { cross[start &+ l] += a * sums[j &* width &+ l] }
          } else {
            for (l, column) in columns.enumerated() {
              cross[start &+ l] += a * sums[j &* width &+ column]
            }
          }
        }
      }
    }
  }
}
