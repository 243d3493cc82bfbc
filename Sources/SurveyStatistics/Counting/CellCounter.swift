internal import Dispatch
internal import SurveyData

/// Counts rows into cells, in one pass.
///
/// The unit and the answers of a row make one number. While the numbers are few, sums stand in a
/// dense array; otherwise in a hash table. Rows are cut into fixed chunks that are added in order,
/// so that the bits do not depend on the number of threads.
struct CellCounter {
  let units: Positions
  let unitCount: Int
  let columns: [AnswerColumn]
  let weights: SurveyWeights

  /// Sums for one key.
  struct Sums {
    var count = 0
    var weight = 0.0
    var squaredWeight = 0.0

    mutating func add(_ row: Int, of weights: SurveyWeights) {
      let weight = weights.values[row]
      guard weight != 0 else { return }
      count += weights.people(of: row)
      self.weight += weight
      squaredWeight += weights.square(of: row)
    }
  }

  /// The number of keys of one unit.
  var patternCount: Int { columns.reduce(1) { $0 * $1.radix } }

  /// Counts; rows of weight zero, and rows without a unit, are in no cell.
  func table() -> CellTable {
    CellTable(cells: isDense ? dense() : sparse(atMost: .max) ?? [], columns: columns)
  }

  /// The same; nil when there are more cells than some number.
  func table(atMost most: Int) -> CellTable? {
    let cells = isDense ? dense() : sparse(atMost: most)
    return cells.flatMap { $0.count > most ? nil : CellTable(cells: $0, columns: columns) }
  }

  /// The place among a table's cells of every row; of one that is in none it is 0.
  func places(among table: CellTable) -> [UInt16] {
    let rows = weights.rowCount
    let keys = table.cells.map { Int($0.unit) * patternCount + $0.answers }
    var dense = [UInt16](repeating: 0, count: isDense ? space + patternCount : 0)
    var slots = KeySlots(capacity: isDense ? 0 : keys.count)
    for (place, key) in keys.enumerated() {
      if isDense { dense[key] = UInt16(place) } else { _ = slots.slot(of: UInt64(key)) }
    }
    return [UInt16](unsafeUninitializedCapacity: rows) { [dense, slots] buffer, initialized in
      nonisolated(unsafe) let buffer = buffer
      let chunks = 8
      DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
        let range = (rows * chunk / chunks)..<(rows * (chunk + 1) / chunks)
        if isDense {
          withKeys(in: range, as: UInt32.self) { start, keys in
            for i in keys.indices { buffer[start + i] = dense[Int(keys[i])] }
          }
        } else {
          withKeys(in: range, as: UInt64.self) { start, keys in
            for i in keys.indices { buffer[start + i] = UInt16(slots.known(keys[i]) ?? 0) }
          }
        }
      }
      initialized = rows
    }
  }

  /// The sums of each replicate's weights in a table's cells.
  func sums(of replicates: ReplicateWeights, among table: CellTable) -> [[Double]] {
    let keys = table.cells.map { Int($0.unit) * patternCount + $0.answers }
    var dense = [Int32](repeating: -1, count: isDense ? space + patternCount : 0)
    var slots = KeySlots(capacity: isDense ? 0 : keys.count)
    for (place, key) in keys.enumerated() {
      if isDense { dense[key] = Int32(place) } else { _ = slots.slot(of: UInt64(key)) }
    }
    var places: [Int32] = []
    places.reserveCapacity(weights.rowCount)
    if isDense {
      withKeys(in: 0..<weights.rowCount, as: UInt32.self) { _, keys in
        for key in keys { places.append(dense[Int(key)]) }
      }
    } else {
      withKeys(in: 0..<weights.rowCount, as: UInt64.self) { _, keys in
        for key in keys { places.append(Int32(slots.known(key) ?? -1)) }
      }
    }
    let size = keys.count
    if case .jackknife(let jackknife) = replicates.source, jackknife.keeps(size) {
      var byUnit = Array(repeating: 0.0, count: jackknife.stratumOfUnit.count * size)
      for (row, place) in places.enumerated() where place >= 0 && jackknife.unitOfRow[row] >= 0 {
        byUnit[Int(jackknife.unitOfRow[row]) * size + Int(place)] += jackknife.weights[row]
      }
      return jackknife.sums(byUnit, size: size)
    }
    return replicates.map { column in
      var sums = Array(repeating: 0.0, count: keys.count)
      for (row, place) in places.enumerated() where place >= 0 { sums[Int(place)] += column[row] }
      return sums
    }
  }

  private var space: Int { unitCount * patternCount }

  /// Whether sums have a place for every key.
  var isDense: Bool { space <= min(max(weights.rowCount, 1 << 16), 1 << 20) }

  private func cell(_ key: Int, _ sums: Sums) -> CellTable.Cell {
    let (unit, answers) = key.quotientAndRemainder(dividingBy: patternCount)
    return CellTable.Cell(
      unit: Int32(unit), answers: answers, count: sums.count, weight: sums.weight,
      squaredWeight: sums.squaredWeight)
  }

  private func dense() -> [CellTable.Cell] {
    let rows = weights.rowCount
    // One key past the end collects rows without a unit.
    let size = space + patternCount
    let chunkCount = rows < 1 << 16 ? 1 : (size <= 1 << 17 ? 4 : 2)
    let sums = UnsafeMutableBufferPointer<Sums>.allocate(capacity: size * chunkCount)
    sums.initialize(repeating: Sums())
    defer { sums.deallocate() }
    nonisolated(unsafe) let shared = sums
    DispatchQueue.concurrentPerform(iterations: chunkCount) { chunk in
      let part = UnsafeMutableBufferPointer(rebasing: shared[(chunk * size)..<((chunk + 1) * size)])
      let range = (rows * chunk / chunkCount)..<(rows * (chunk + 1) / chunkCount)
      guard weights.people == nil else {
        withKeys(in: range, as: UInt32.self) { start, keys in
          for (offset, key) in keys.enumerated() { part[Int(key)].add(start + offset, of: weights) }
        }
        return
      }
      weights.values.withUnsafeBufferPointer { weights in
        withKeys(in: range, as: UInt32.self) { start, keys in
          for (offset, key) in keys.enumerated() {
            let weight = weights[start + offset]
            part[Int(key)].count += weight != 0 ? 1 : 0
            part[Int(key)].weight += weight
            part[Int(key)].squaredWeight += weight * weight
          }
        }
      }
    }
    var cells: [CellTable.Cell] = []
    for key in 0..<space {
      var total = sums[key]
      for chunk in 1..<max(chunkCount, 1) {
        let more = sums[chunk * size + key]
        total.count += more.count
        total.weight += more.weight
        total.squaredWeight += more.squaredWeight
      }
      if total.count > 0 { cells.append(cell(key, total)) }
    }
    return cells
  }

  private func sparse(atMost most: Int) -> [CellTable.Cell]? {
    var slots = KeySlots(capacity: min(weights.rowCount, 1 << 16))
    var sums: [Sums] = []
    let end = space
    withKeys(in: 0..<weights.rowCount, as: UInt64.self) { start, keys in
      guard slots.keys.count <= most else { return }
      for (offset, key) in keys.enumerated() {
        guard weights.values[start + offset] != 0, key < end else { continue }
        let slot = slots.slot(of: key)
        if slot == sums.count { sums.append(Sums()) }
        sums[slot].add(start + offset, of: weights)
      }
    }
    let keys = slots.keys
    guard keys.count <= most else { return nil }
    return slots.inOrder.map { cell(Int(keys[$0]), sums[$0]) }
  }

  /// Calls `body` with the keys of a few thousand rows at a time.
  func withKeys<Key: FixedWidthInteger & UnsignedInteger>(
    in range: Range<Int>, as: Key.Type, _ body: (Int, UnsafeMutableBufferPointer<Key>) -> Void
  ) {
    let blockSize = 4096
    withUnsafeTemporaryAllocation(of: Key.self, capacity: blockSize) { buffer in
      var start = range.lowerBound
      while start < range.upperBound {
        let count = min(blockSize, range.upperBound - start)
        let keys = UnsafeMutableBufferPointer(rebasing: buffer[0..<count])
        units.writeDigits(start: start, into: keys)
        for column in columns {
          column.positions.appendDigits(radix: column.radix, start: start, into: keys)
        }
        body(start, keys)
        start += count
      }
    }
  }
}

extension Positions {
  /// Starts keys with this column's positions.
  fileprivate func writeDigits<Key: FixedWidthInteger & UnsignedInteger>(
    start: Int, into keys: UnsafeMutableBufferPointer<Key>
  ) {
    for index in keys.indices { keys[index] = 0 }
    appendDigits(radix: 1, start: start, into: keys)
  }

  /// Makes `key × radix + position` of every key.
  fileprivate func appendDigits<Key: FixedWidthInteger & UnsignedInteger>(
    radix: Int, start: Int, into keys: UnsafeMutableBufferPointer<Key>
  ) {
    switch self {
    case .uint8(let values): append(values, radix, start, keys)
    case .uint16(let values): append(values, radix, start, keys)
    case .uint32(let values): append(values, radix, start, keys)
    }
  }

  @inline(__always)
  private func append<Value: FixedWidthInteger, Key: FixedWidthInteger & UnsignedInteger>(
    _ values: [Value], _ radix: Int, _ start: Int, _ keys: UnsafeMutableBufferPointer<Key>
  ) {
    let factor = Key(truncatingIfNeeded: radix)
    values.withUnsafeBufferPointer { values in
      for index in keys.indices {
        keys[index] = keys[index] &* factor &+ Key(truncatingIfNeeded: values[start &+ index])
      }
    }
  }
}
