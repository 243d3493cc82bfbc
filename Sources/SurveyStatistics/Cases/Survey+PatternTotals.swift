internal import Dispatch

extension Survey {
  /// Sums an influence that is the same for all with the same answers over sampling units, row by
  /// row.
  ///
  /// - Parameters:
  ///   - width: The number of parameters.
  ///   - patternOfRow: The pattern of every row.
  ///   - caseOfPattern: The case of every pattern; negative for one that does not count.
  ///   - influence: The influence of one unit of weight, cases × width.
  /// - Complexity: O(rows × width), on all cores.
  package func unitTotals(
    width: Int, patternOfRow: [UInt16], caseOfPattern: [Int32], influence: [Double]
  ) throws -> UnitTotals {
    let unitCount = roster.unitCount
    let rows = patternOfRow.count
    let size = unitCount * width
    // Fixed stretches, added in order, so that the bits do not depend on the number of cores.
    let chunkCount = rows < 1 << 16 ? 1 : (size <= 1 << 17 ? 4 : 2)
    var sums = Array(repeating: 0.0, count: chunkCount * size)
    var counts = Array(repeating: 0, count: chunkCount * unitCount)
    sums.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeMutableBufferPointer { counts in
        nonisolated(unsafe) let (sums, counts) = (sums, counts)
        DispatchQueue.concurrentPerform(iterations: chunkCount) { chunk in
          let sums = UnsafeMutableBufferPointer(rebasing: sums[chunk * size..<(chunk + 1) * size])
          influence.withUnsafeBufferPointer { influence in
            for row in (rows * chunk / chunkCount)..<(rows * (chunk + 1) / chunkCount) {
              let weight = weights.values[row]
              let number = Int(caseOfPattern[Int(patternOfRow[row])])
              guard weight != 0, number >= 0 else { continue }
              let unit = roster.unitOfRow[row]
              counts[chunk * unitCount + unit] += weights.people(of: row)
              let (to, from) = (unit * width, number * width)
              for k in 0..<width { sums[to + k] += weight * influence[from + k] }
            }
          }
        }
      }
    }
    for chunk in 1..<chunkCount {
      for unit in 0..<unitCount { counts[unit] += counts[chunk * unitCount + unit] }
      for place in 0..<size { sums[place] += sums[chunk * size + place] }
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
