/// Replicate weights that leave out one sampling unit of the first stage at a time, as what makes them: the
/// weights themselves would be rows × units.
///
/// The others of its stratum carry the weight of the unit left out, `n ∕ (n − 1)` times.
struct Jackknife: Sendable {
  /// The weight of every row.
  let weights: [Double]
  /// The unit of every row; negative for a row without one, which has no weight.
  let unitOfRow: [Int32]
  /// The stratum of every unit, all one where strata do not count.
  let stratumOfUnit: [Int]
  /// The units of every stratum, two at least.
  let unitCounts: [Int]

  /// The weights without a unit.
  /// - Complexity: O(rows).
  func column(_ left: Int) -> [Double] {
    let home = stratumOfUnit[left]
    let carried = carried(home)
    return weights.indices.map { row in
      let unit = Int(unitOfRow[row])
      guard unit >= 0, unit != left else { return 0 }
      return stratumOfUnit[unit] == home ? weights[row] * carried : weights[row]
    }
  }

  /// Whether so many sums of every unit are kept side by side.
  func keeps(_ size: Int) -> Bool { size * stratumOfUnit.count <= 1 << 24 }

  /// What sums over rows are without each unit.
  ///
  /// - Parameters:
  ///   - byUnit: The sums over the rows of each unit with the weight, units × size.
  ///   - size: How many sums there are.
  /// - Complexity: O(units × size).
  func sums(_ byUnit: [Double], size: Int) -> [[Double]] {
    var all = Array(repeating: 0.0, count: size)
    var byStratum = Array(repeating: 0.0, count: unitCounts.count * size)
    for (unit, stratum) in stratumOfUnit.enumerated() {
      for k in 0..<size {
        all[k] += byUnit[unit * size + k]
        byStratum[stratum * size + k] += byUnit[unit * size + k]
      }
    }
    return stratumOfUnit.enumerated().map { left, home in
      let carried = carried(home)
      return (0..<size).map { k in
        let (stratum, own) = (byStratum[home * size + k], byUnit[left * size + k])
        return all[k] - stratum + carried * (stratum - own)
      }
    }
  }

  /// The degrees of freedom, the rank of the weights of some rows less 1: a unit of a stratum that is there as
  /// a whole follows from its others.
  func degreesOfFreedom(_ isInside: (_ row: Int) -> Bool) -> Double {
    var isThere = Array(repeating: false, count: stratumOfUnit.count)
    for (row, unit) in unitOfRow.enumerated()
    where unit >= 0 && weights[row] > 0 && isInside(row) { isThere[Int(unit)] = true }
    var counts = unitCounts.map { _ in 0 }
    for (unit, stratum) in stratumOfUnit.enumerated() where isThere[unit] { counts[stratum] += 1 }
    let whole = zip(counts, unitCounts).count { $0 == $1 }
    return Double(counts.reduce(0, +) - max(whole, 1))
  }

  private func carried(_ stratum: Int) -> Double {
    Double(unitCounts[stratum]) / Double(unitCounts[stratum] - 1)
  }
}
