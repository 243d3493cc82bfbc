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
    let count = isDiagonal ? width : rows.count * columns.count
    var covariance = Array(repeating: 0.0, count: count)
    var gross = isDiagonal ? covariance : []
    let (strata, stratumOfUnit) = (strata, stratumOfUnit)
    // What is left to chance of units with probabilities of their own, and of what they add up to.
    let remainders = areReplicated ? [] : roster.stages[stage].remainders
    let isOverton = roster.declaration.pps == .overton
    let leftCount = remainders.isEmpty ? 0 : 1
    let places = count + (1 + leftCount) * (rows.count + columns.count)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(places, 1)) { space in
      var end = 0
      func part(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
        defer { end += count }
        return UnsafeMutableBufferPointer(rebasing: space[end..<end + count])
      }
      let (cross, sumA, sumB) = (part(count), part(rows.count), part(columns.count))
      let (leftA, leftB) = (part(leftCount * rows.count), part(leftCount * columns.count))
      var (i, j) = (start[a], start[b])
      let (endA, endB) = (start[a + 1], start[b + 1])
      unit.withUnsafeBufferPointer { unit in
        while i < endA || j < endB {
          let stratum = min(
            i < endA ? stratumOfUnit[Int(unit[i])] : .max,
            j < endB ? stratumOfUnit[Int(unit[j])] : .max)
          space.initialize(repeating: 0)
          while true {
            let unitA = i < endA ? unit[i] : .max
            let unitB = j < endB ? unit[j] : .max
            let current = min(unitA, unitB)
            guard current < .max, stratumOfUnit[Int(current)] == stratum else { break }
            let left = remainders.isEmpty ? 1 : remainders[Int(current)]
            if unitA == unitB {
              if isDiagonal {
                addSquares(i, times: left, to: cross)
              } else {
                addProduct(
                  i, j, times: left, of: (rows, columns), isWhole: isWhole, sameBlock: a == b,
                  to: cross)
              }
            }
            if unitA == current {
              add(i, of: rows, times: 1, to: sumA)
              if !leftA.isEmpty { add(i, of: rows, times: left, to: leftA) }
              i += 1
            }
            if unitB == current {
              add(j, of: columns, times: 1, to: sumB)
              if !leftB.isEmpty { add(j, of: columns, times: left, to: leftB) }
              j += 1
            }
          }
          let known = strata[Int(stratum)]
          // The deviations of replicates are centred and scaled already.
          let factor =
            areReplicated ? 1 : remainders.isEmpty ? known.varianceFactor : known.spreadFactor
          guard factor > 0 else { continue }
          let count = areReplicated ? .infinity : Double(known.unitCount)
          for k in sumA.indices {
            for l in isDiagonal ? k..<k + 1 : 0..<sumB.count {
              let place = isDiagonal ? k : k &* sumB.count &+ l
              let product = sumA[k] * sumB[l] / count
              guard !remainders.isEmpty else {
                covariance[place] += factor * (cross[place] - product)
                continue
              }
              let mixed = (leftA[k] * sumB[l] + sumA[k] * leftB[l]) / count
              covariance[place] +=
                factor
                * (isOverton
                  ? cross[place] - mixed / 2
                  : cross[place] - mixed + (1 - known.samplingFraction) * product)
            }
            if isDiagonal { gross[k] += factor * cross[k] }
          }
        }
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

  private var areReplicated: Bool { roster.replicateDegreesOfFreedom != nil }

  /// Adds `T` of one unit, times a number.
  @inline(__always)
  private func add(
    _ entry: Int, of parts: [Int], times factor: Double,
    to sum: UnsafeMutableBufferPointer<Double>
  ) {
    sums.withUnsafeBufferPointer { sums in
      for k in parts.indices { sum[k] += factor * sums[entry &* width &+ parts[k]] }
    }
  }

  /// Adds `Σ T²` of one unit, times what of it is left to chance.
  @inline(__always)
  private func addSquares(
    _ entry: Int, times left: Double, to cross: UnsafeMutableBufferPointer<Double>
  ) {
    for k in 0..<width {
      let sum = sums[entry * width + k]
      cross[k] += roster.isElementSample ? squares[packed(entry, k, k)] : left * sum * sum
    }
  }

  /// Adds `Σ T Tᵀ` of one unit, times what of it is left to chance.
  ///
  /// Different blocks of an element sample share no row, so that their product is zero.
  @inline(__always)
  private func addProduct(
    _ i: Int, _ j: Int, times left: Double, of parts: (rows: [Int], columns: [Int]),
    isWhole: Bool, sameBlock: Bool, to cross: UnsafeMutableBufferPointer<Double>
  ) {
    let (rows, columns) = parts
    let count = columns.count
    if roster.isElementSample {
      guard sameBlock else { return }
      for (k, row) in rows.enumerated() {
        for (l, column) in columns.enumerated() {
          cross[k * count + l] += squares[packed(i, row, column)]
        }
      }
      return
    }
    sums.withUnsafeBufferPointer { sums in
      for k in rows.indices {
        let a = left * sums[i &* width &+ rows[k]]
        let (first, from) = (k &* count, j &* width)
        if isWhole {
          for l in 0..<count { cross[first &+ l] += a * sums[from &+ l] }
        } else {
          for l in 0..<count { cross[first &+ l] += a * sums[from &+ columns[l]] }
        }
      }
    }
  }
}
