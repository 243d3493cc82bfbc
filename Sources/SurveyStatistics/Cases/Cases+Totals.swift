extension Cases {
  /// Calls `body` with every row that counts and its group.
  @inline(__always)
  package func forEach(_ body: (_ row: Int, _ block: Int) -> Void) {
    for (row, cell) in cellOfRow.enumerated() where cell >= 0 {
      body(row, Int(blocks[Int(cell)]))
    }
  }

  /// How many people of every group have each number, those of rows being below `size`.
  package func counts(_ number: (_ row: Int) -> Int, size: Int) -> [[Int]] {
    var counts = Array(repeating: Array(repeating: 0, count: size), count: groups.count)
    forEach { row, block in counts[block][number(row)] += weights.people(of: row) }
    return counts
  }

  /// The numbers of some groups with their weights.
  func weighted(
    _ number: (_ row: Int) -> Double, where isIn: (_ block: Int) -> Bool
  ) -> [(value: Double, weight: Double)] {
    var pairs: [(value: Double, weight: Double)] = []
    forEach { row, block in
      if isIn(block) { pairs.append((number(row), weights.values[row])) }
    }
    return pairs
  }

  /// The weighted sum of a number in every group.
  func sums(_ value: (_ row: Int, _ block: Int) -> Double) -> [Double] {
    var sums = Array(repeating: 0.0, count: groups.count)
    weights.values.withUnsafeBufferPointer { weights in
      forEach { row, block in sums[block] += weights[row] * value(row, block) }
    }
    return sums
  }

  /// The weighted sums of several numbers in every group, groups × width.
  ///
  /// - Parameter write: Writes the numbers of a row.
  package func sums(
    width: Int,
    _ write: (_ row: Int, _ block: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) -> [Double] {
    var sums = Array(repeating: 0.0, count: groups.count * width)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(width, 1)) { values in
      values.initialize(repeating: 0)
      forEach { row, block in
        write(row, block, values)
        let weight = weights.values[row]
        for k in 0..<width { sums[block * width + k] += weight * values[k] }
      }
    }
    return sums
  }

  /// The influence of every row, rows × width.
  func elements(
    width: Int, joining joined: [Bool]?,
    _ influence: (_ row: Int, _ block: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) -> [Double] {
    var elements = Array(repeating: 0.0, count: cellOfRow.count * width)
    elements.withUnsafeMutableBufferPointer { elements in
      forEach { row, block in
        guard joined?[block] ?? true else { return }
        influence(
          row, block,
          UnsafeMutableBufferPointer(rebasing: elements[row * width..<(row + 1) * width]))
      }
    }
    return elements
  }

  /// Sums the influence of rows over sampling units.
  ///
  /// - Parameters:
  ///   - width: The number of parameters of a group.
  ///   - joined: For each group whether it belongs to the one block of parameters that a row's
  ///     influence is then of; nil gives every group a block of its own.
  ///   - influence: Writes the influence of one unit of weight of a row.
  /// - Complexity: O(rows × width²) in an element sample, otherwise O(rows × width).
  package func totals(
    width: Int, joining joined: [Bool]? = nil,
    influence: (_ row: Int, _ block: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) throws -> UnitTotals {
    if let replicates {
      return totals(of: replicates, width: width, joining: joined, influence: influence)
    }
    guard let classes else {
      return try addedUp(width: width, joining: joined, influence: influence)
    }
    func block(_ row: Int) -> Int { Int(blocks[Int(cellOfRow[row])]) }
    let centres = classes.centres(width: width, { weights.values[$0] }) { row, u in
      guard joined?[block(row)] ?? true else { return false }
      influence(row, block(row), u)
      return true
    }
    return try addedUp(width: width, joining: joined) { row, block, u in
      influence(row, block, u)
      classes.centre(row, at: centres, u)
    }
  }

  /// The same, without a look at what was changed about weights.
  private func addedUp(
    width: Int, joining joined: [Bool]?,
    influence: (_ row: Int, _ block: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) throws -> UnitTotals {
    if let spread {
      return try spread.totals(
        roster: roster, width: width, blockCount: joined == nil ? groups.count : 1,
        blockOfRow: cellOfRow.map { cell in
          guard cell >= 0 else { return -1 }
          let block = blocks[Int(cell)]
          return joined.map { $0[Int(block)] ? 0 : -1 } ?? block
        },
        elements: elements(width: width, joining: joined) { row, block, u in
          influence(row, block, u)
          // People keep the weights of the survey.
          if !factors.isEmpty { for k in u.indices { u[k] *= factors[row] } }
        })
    }
    let isElement = roster.isElementSample
    let packed = isElement ? width * (width + 1) / 2 : 0
    try TableSize.checkSums(entries: units.count, width: width, squares: packed)
    var sums = Array(repeating: 0.0, count: units.count * width)
    var squares = Array(repeating: 0.0, count: units.count * packed)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(width, 1)) { space in
      space.initialize(repeating: 0)
      let u = UnsafeMutableBufferPointer(rebasing: space[0..<width])
      sums.withUnsafeMutableBufferPointer { sums in
        squares.withUnsafeMutableBufferPointer { squares in
          for (row, cell) in cellOfRow.enumerated() where cell >= 0 {
            let cell = Int(cell)
            guard joined?[Int(blocks[cell])] ?? true else { continue }
            influence(row, Int(blocks[cell]), u)
            UnitTotals.add(
              weights.values[row], times: u,
              to: UnsafeMutableBufferPointer(rebasing: sums[cell * width..<(cell + 1) * width]))
            guard isElement else { continue }
            UnitTotals.add(
              squared: weights.square(of: row), times: u,
              to: UnsafeMutableBufferPointer(
                rebasing: squares[cell * packed..<(cell + 1) * packed]))
          }
        }
      }
    }
    return try UnitTotals(
      roster: roster, width: width, blockCount: joined == nil ? groups.count : 1,
      units: units,
      blocks: joined.map { joined in blocks.map { joined[Int($0)] ? 0 : -1 } } ?? blocks,
      counts: counts
    ) { cell, entry, entrySquares in
      for k in 0..<width { entry[k] += sums[cell * width + k] }
      for k in 0..<packed { entrySquares[k] += squares[cell * packed + k] }
    }
  }
}
