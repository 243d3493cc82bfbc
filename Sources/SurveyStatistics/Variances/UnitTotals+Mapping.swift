package import SurveyNumerics

extension UnitTotals {
  /// The totals of a linear map of every block's parameters: the influence of `M θ` is `M u`.
  ///
  /// - Parameter map: One row a new parameter, one column a parameter.
  /// - Complexity: O(entries × width²), in an element sample O(entries × width³).
  package func mapped(by map: Matrix) -> UnitTotals {
    precondition(map.columns == width, "the map does not fit the parameters")
    if let replicated {
      return replicated.map { values in
        (0..<blockCount).flatMap { map * Array(values[$0 * width..<($0 + 1) * width]) }
      }.totals(width: map.rows)
    }
    let entries = unit.count
    let packedWidth = squares.isEmpty ? 0 : width * (width + 1) / 2
    var newSums: [Double] = []
    newSums.reserveCapacity(entries * map.rows)
    var newSquares: [Double] = []
    for entry in 0..<entries {
      newSums += map * Array(sums[entry * width..<(entry + 1) * width])
      guard packedWidth > 0 else { continue }
      var square = Matrix(rows: width, columns: width)
      var place = entry * packedWidth
      for k in 0..<width {
        for l in 0...k {
          (square[k, l], square[l, k]) = (squares[place], squares[place])
          place += 1
        }
      }
      let mapped = square.transformed(by: map)
      for k in 0..<map.rows { for l in 0...k { newSquares.append(mapped[k, l]) } }
    }
    let isSettled =
      isSettled.isEmpty
      ? []
      : (0..<blockCount).flatMap { block in
        (0..<map.rows).map { row in
          (0..<width).allSatisfy { map[row, $0] == 0 || self.isSettled[block * width + $0] }
        }
      }
    return UnitTotals(
      self, width: map.rows, sums: newSums, squares: newSquares, isSettled: isSettled,
      totalsErrors: stride(from: 0, to: totalsErrors.count, by: max(width, 1)).flatMap {
        map * Array(totalsErrors[$0..<$0 + width])
      })
  }
}
