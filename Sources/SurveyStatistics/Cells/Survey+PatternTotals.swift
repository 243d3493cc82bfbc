extension Survey {
  /// Sums an influence that is the same for all with the same answers over sampling units, row by
  /// row.
  ///
  /// - Parameters:
  ///   - width: The number of parameters.
  ///   - patternOfRow: The pattern of every row.
  ///   - caseOfPattern: The case of every pattern; negative for one that does not count.
  ///   - influence: The influence of one unit of weight, cases × width.
  /// - Complexity: O(rows × width).
  package func unitTotals(
    width: Int, patternOfRow: [UInt16], caseOfPattern: [Int32], influence: [Double]
  ) throws -> UnitTotals {
    let unitCount = roster.unitCount
    var sums = Array(repeating: 0.0, count: unitCount * width)
    var counts = Array(repeating: 0, count: unitCount)
    weights.values.withUnsafeBufferPointer { weights in
      influence.withUnsafeBufferPointer { influence in
        sums.withUnsafeMutableBufferPointer { sums in
          for row in patternOfRow.indices {
            let weight = weights[row]
            let number = Int(caseOfPattern[Int(patternOfRow[row])])
            guard weight != 0, number >= 0 else { continue }
            let unit = roster.unitOfRow[row]
            counts[unit] += 1
            let (to, from) = (unit * width, number * width)
            for k in 0..<width { sums[to + k] += weight * influence[from + k] }
          }
        }
      }
    }
    let used = (0..<unitCount).filter { counts[$0] > 0 }
    return try UnitTotals(
      roster: roster, width: width, blockCount: 1, units: used.map(Int32.init),
      blocks: used.map { _ in 0 }, counts: used.map { counts[$0] }
    ) { cell, entry, _ in
      for k in 0..<width { entry[k] += sums[used[cell] * width + k] }
    }
  }
}
