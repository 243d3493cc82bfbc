internal import SurveyData

/// What calibration leaves of an influence: an estimate with calibrated weights errs as the sum of the
/// residuals of its influence on the variables whose totals are known.
///
/// The steps by which the weight came about are gone through backwards: an estimate rests on the weights of the
/// last step, which rest on those of the step before, and so does the chain rule. Everybody has a residual, also
/// outside the group that an estimate is of; so rows are summed one by one, and every unit has an entry.
///
/// - Note: R's `svyrecvar` goes through its `postStrata` from the first step to the last, which is the same where
///   steps commute, as twice by one variable. With `design$postStrata <- rev(design$postStrata)` it agrees.
struct CalibrationResiduals: Sendable {
  let steps: [CalibrationStep]
  /// The unit of the roster's last stage of every row; `unitCount` for a row without one.
  let unitOfRow: Positions
  /// The number of units of the last stage.
  let unitCount: Int

  /// Residuals summed over units, all of them in every block.
  struct Sums {
    let start: [Int]
    let unit: [Int32]
    let sums: [Double]
    /// The units with somebody in each block.
    let present: [[Int32]]
    /// Whether the known totals settle a parameter, blocks × width: nothing is left of its influence.
    let isSettled: [Bool]
    /// What the errors of estimated totals add, blocks × parts × width.
    let totalsErrors: [Double]
  }

  /// Takes what calibration leaves of sums by rows.
  ///
  /// - Parameters:
  ///   - start: The first entry of every block, and the end of the last.
  ///   - row: The row of every entry, increasing within a block.
  ///   - sums: The sums of `w·u`, entries × width.
  ///   - width: The number of parameters of a block.
  /// - Complexity: O(blocks × rows × (width + columns of the calibration)).
  func sums(start: [Int], row: [Int32], sums: [Double], width: Int) -> Sums {
    let blockCount = start.count - 1
    var result = Array(repeating: 0.0, count: blockCount * unitCount * width)
    var present: [[Int32]] = []
    var (isSettled, totalsErrors) = ([Bool](), [Double]())
    var z = Array(repeating: 0.0, count: unitOfRow.count * width)
    for block in 0..<blockCount {
      for place in z.indices { z[place] = 0 }
      var units: [Int32] = []
      var before = Array(repeating: 0.0, count: width)
      for entry in start[block]..<start[block + 1] {
        let row = Int(row[entry])
        units.append(Int32(unitOfRow[row]))
        for k in 0..<width {
          let value = sums[entry * width + k]
          z[row * width + k] = value
          before[k] += value * value
        }
      }
      present.append(Set(units).sorted())
      for step in steps.reversed() { totalsErrors += step.takeFitted(from: &z, width: width) }
      var after = Array(repeating: 0.0, count: width)
      for row in 0..<unitOfRow.count {
        let unit = unitOfRow[row]
        guard unit < unitCount else { continue }
        let entry = (block * unitCount + unit) * width
        for k in 0..<width {
          let value = z[row * width + k]
          result[entry + k] += value
          after[k] += value * value
        }
      }
      isSettled += zip(before, after).map { $0 > 0 && $1 <= 1e-20 * $0 }
    }
    return Sums(
      start: (0...blockCount).map { $0 * unitCount },
      unit: (0..<blockCount).flatMap { _ in (0..<unitCount).map(Int32.init) },
      sums: result, present: present, isSettled: isSettled, totalsErrors: totalsErrors)
  }
}
