package import SurveyNumerics

extension UnitTotals {
  /// The covariance of the parameters of two blocks.
  ///
  /// `V = Σ_h (1 − f_h) n_h∕(n_h − 1) (Σ_c T_c T_cᵀ − S_h S_hᵀ ∕ n_h)` with `T_c` the sums of a unit
  /// and `S_h` those of its stratum; units without an entry count with `T = 0`. With several stages it is
  /// summed over them, a unit being the stratum of those that were drawn from it, times the fractions
  /// `f` above it. Where units have inclusion probabilities `π` of their own, with `c = 1 − π`, `Q_h = Σ c
  /// T` and `C_h = Σ c`, Brewer's approximation is `n_h∕(n_h − 1) (Σ c T Tᵀ − (Q Sᵀ + S Qᵀ) ∕ n_h + C S Sᵀ ∕
  /// n_h²)` and Overton's `n_h∕(n_h − 1) (Σ c T Tᵀ − (Q Sᵀ + S Qᵀ) ∕ (2 n_h))`.
  ///
  /// - Parameter parts: The parameters of either block that are wanted; nil means all.
  /// - Returns: One row a parameter of `a`; the diagonal holds variances when the blocks are the same.
  /// - Complexity: O(entries × rows × columns).
  /// - SeeAlso: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 5.5;
  ///   Binder (1983). Brewer (2002), Combined Survey Sampling Inference, chapter 9; Berger (2004), Journal
  ///   of Official Statistics 20; Overton (1985).
  package func covariance(
    _ a: Int, _ b: Int, of parts: (rows: [Int], columns: [Int])? = nil
  ) -> Matrix {
    let (rows, columns) = parts ?? (Array(0..<width), Array(0..<width))
    var result = Matrix(rows: rows.count, columns: columns.count)
    result.elements = overStrata(a, b, .matrix(rows: rows, columns: columns)).covariance
    addLonelyStrata(a, b, of: (rows, columns), among: 0..<blockCount, to: &result)
    for part in 0..<totalsPartCount {
      for (k, row) in rows.enumerated() {
        for (l, column) in columns.enumerated() {
          result[k, l] += totalsError(a, part, row) * totalsError(b, part, column)
        }
      }
    }
    if let above = above.first?.covariance(a, b, of: parts) {
      for k in result.elements.indices { result.elements[k] += above.elements[k] }
    }
    return result
  }

  /// The variances of a block's parameters at the stage without what lonely strata add, and what they are made of
  /// before the strata's means are taken off.
  func variances(_ block: Int) -> (variance: [Double], gross: [Double]) {
    let (covariance, gross) = overStrata(block, block, .diagonal)
    return (covariance, gross)
  }

  /// How many independent parts the errors of estimated totals have.
  private var totalsPartCount: Int { totalsErrors.count / max(blockCount * width, 1) }

  private func totalsError(_ block: Int, _ part: Int, _ k: Int) -> Double {
    totalsErrors[(block * totalsPartCount + part) * width + k]
  }

  /// What the errors of estimated totals add to the variance of a parameter.
  func totalsVariance(_ block: Int, _ k: Int) -> Double {
    (0..<totalsPartCount).reduce(0) { sum, part in
      let error = totalsError(block, part, k)
      return sum + error * error
    }
  }

  /// The pairs of parameters of two blocks that are wanted.
  private enum Pairs {
    case matrix(rows: [Int], columns: [Int])
    /// Each parameter of a block with itself.
    case diagonal
  }

  /// The formula of the covariance, summed over strata; beside it, of the diagonal, `Σ (1 − f)
  /// n∕(n − 1) Σ T²`.
  private func overStrata(
    _ a: Int, _ b: Int, _ pairs: Pairs
  ) -> (covariance: [Double], gross: [Double]) {
    let (rows, columns, isDiagonal) =
      switch pairs {
      case .matrix(let rows, let columns): (rows, columns, false)
      case .diagonal: (Array(0..<width), Array(0..<width), true)
      }
    let isWhole = columns.elementsEqual(0..<width)
    var covariance = Array(
      repeating: 0.0, count: isDiagonal ? width : rows.count * columns.count)
    var gross = isDiagonal ? covariance : []
    var cross = covariance
    var (i, j) = (start[a], start[b])
    let (endA, endB) = (start[a + 1], start[b + 1])
    let (strata, stratumOfUnit) = (strata, stratumOfUnit)
    var sumA = Array(repeating: 0.0, count: rows.count)
    var sumB = Array(repeating: 0.0, count: columns.count)
    // What is left to chance of units with probabilities of their own, and of what they add up to.
    let remainders = areReplicated ? [] : roster.stages[stage].remainders
    var (leftA, leftB) = (remainders.isEmpty ? [] : sumA, remainders.isEmpty ? [] : sumB)
    while i < endA || j < endB {
      let stratum = min(
        i < endA ? stratumOfUnit[Int(unit[i])] : .max,
        j < endB ? stratumOfUnit[Int(unit[j])] : .max)
      for k in sumA.indices { sumA[k] = 0 }
      for l in sumB.indices { sumB[l] = 0 }
      for k in cross.indices { cross[k] = 0 }
      for k in leftA.indices { leftA[k] = 0 }
      for l in leftB.indices { leftB[l] = 0 }
      while true {
        let unitA = i < endA ? unit[i] : .max
        let unitB = j < endB ? unit[j] : .max
        let current = min(unitA, unitB)
        guard current < .max, stratumOfUnit[Int(current)] == stratum else { break }
        let left = remainders.isEmpty ? 1 : remainders[Int(current)]
        if unitA == unitB {
          if isDiagonal {
            addSquares(i, times: left, to: &cross)
          } else {
            addProduct(
              i, j, times: left, of: (rows, columns), isWhole: isWhole, sameBlock: a == b,
              to: &cross)
          }
        }
        if unitA == current {
          for (k, part) in rows.enumerated() { sumA[k] += sums[i * width + part] }
          for k in leftA.indices { leftA[k] += left * sums[i * width + rows[k]] }
          i += 1
        }
        if unitB == current {
          for (l, part) in columns.enumerated() { sumB[l] += sums[j * width + part] }
          for l in leftB.indices { leftB[l] += left * sums[j * width + columns[l]] }
          j += 1
        }
      }
      let known = strata[Int(stratum)]
      // The deviations of replicates are centred and scaled already.
      let factor =
        areReplicated ? 1 : remainders.isEmpty ? known.varianceFactor : known.spreadFactor
      guard factor > 0 else { continue }
      let count = areReplicated ? .infinity : Double(known.unitCount)
      func add(_ place: Int, _ k: Int, _ l: Int) {
        guard remainders.isEmpty else {
          let mixed = (leftA[k] * sumB[l] + sumA[k] * leftB[l]) / count
          covariance[place] +=
            factor
            * (roster.declaration.pps == .overton
              ? cross[place] - mixed / 2
              : cross[place] - mixed + (1 - known.samplingFraction) * sumA[k] * sumB[l] / count)
          return
        }
        covariance[place] += factor * (cross[place] - sumA[k] * sumB[l] / count)
      }
      guard !isDiagonal else {
        for k in 0..<width {
          add(k, k, k)
          gross[k] += factor * cross[k]
        }
        continue
      }
      for k in sumA.indices {
        for l in sumB.indices { add(k * sumB.count + l, k, l) }
      }
    }
    return (covariance, gross)
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

  /// Adds `Σ T²` of one unit, times what of it is left to chance.
  private func addSquares(_ entry: Int, times left: Double, to cross: inout [Double]) {
    for k in 0..<width {
      let sum = sums[entry * width + k]
      cross[k] += roster.isElementSample ? squares[packed(entry, k, k)] : left * sum * sum
    }
  }

  private var areReplicated: Bool { roster.replicateDegreesOfFreedom != nil }

  /// Adds `Σ T Tᵀ` of one unit, times what of it is left to chance.
  ///
  /// Different blocks of an element sample share no row, so that their product is zero.
  private func addProduct(
    _ i: Int, _ j: Int, times left: Double, of parts: (rows: [Int], columns: [Int]),
    isWhole: Bool, sameBlock: Bool, to cross: inout [Double]
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
          let a = left * sums[i &* width &+ row]
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
