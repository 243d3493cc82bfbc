internal import Dispatch
internal import SurveyData

/// The sampling unit and group of every row as one number, its slot: the key itself while keys are
/// few, otherwise its place in a hash table.
struct RowSlots {
  /// The slot; −1 for a row that does not count, below that `−2 − slot` for one whose tally decides.
  private var slotOfRow: [Int32]
  /// The keys of the slots; nil where slots are keys.
  private let hashed: KeySlots?
  private let keyCount: Int

  /// Finds the slots of rows with a weight.
  ///
  /// - Parameters:
  ///   - counter: Makes the keys.
  ///   - keyCount: Keys are below it.
  ///   - numbers: A row is doubtful where one of them is missing,
  ///   - answers: or one of these,
  ///   - survey: or where it is not in the subpopulation.
  /// - Complexity: O(rows), on all cores while keys are few.
  init(
    _ counter: CellCounter, keyCount: Int, numbers: [NumericColumn], answers: [CategoricalColumn],
    in survey: Survey
  ) {
    let rows = survey.weights.rowCount
    self.keyCount = keyCount
    let isDense = keyCount <= 1 << 22
    let chunkCount = isDense && rows >= 1 << 16 ? 8 : 1
    var table = KeySlots(capacity: isDense ? 0 : min(rows, 1 << 16))
    slotOfRow = [Int32](unsafeUninitializedCapacity: rows) { buffer, initialized in
      initialized = rows
      guard isDense else {
        counter.withKeys(in: 0..<rows, as: UInt64.self) { start, keys in
          let slots = UnsafeMutableBufferPointer(rebasing: buffer[start..<start + keys.count])
          for i in keys.indices { slots[i] = Int32(table.slot(of: keys[i])) }
          Self.mark(slots, from: start, numbers, answers, survey)
        }
        return
      }
      nonisolated(unsafe) let buffer = buffer
      DispatchQueue.concurrentPerform(iterations: chunkCount) { chunk in
        let range = (rows * chunk / chunkCount)..<(rows * (chunk + 1) / chunkCount)
        counter.withKeys(in: range, as: UInt32.self) { start, keys in
          let slots = UnsafeMutableBufferPointer(rebasing: buffer[start..<start + keys.count])
          for i in keys.indices { slots[i] = Int32(keys[i]) }
          Self.mark(slots, from: start, numbers, answers, survey)
        }
      }
    }
    hashed = isDense ? nil : table
  }

  /// Marks the rows without a weight, and the doubtful ones, a column at a time.
  private static func mark(
    _ slots: UnsafeMutableBufferPointer<Int32>, from start: Int, _ numbers: [NumericColumn],
    _ answers: [CategoricalColumn], _ survey: Survey
  ) {
    func doubt(_ i: Int) { if slots[i] >= 0 { slots[i] = -2 - slots[i] } }
    survey.weights.values.withUnsafeBufferPointer { weights in
      for i in slots.indices where !(weights[start + i] > 0) { slots[i] = -1 }
    }
    if let membership = survey.membership {
      for i in slots.indices where membership[start + i] != 1 { doubt(i) }
    }
    for column in numbers {
      column.values.withUnsafeBufferPointer { values in
        for i in slots.indices where values[start + i].isNaN { doubt(i) }
      }
    }
    for column in answers {
      func doubtMissing<Value: FixedWidthInteger>(_ positions: [Value]) {
        guard column.categories.count <= Int(Value.max) else { return }
        let valid = Value(column.categories.count)
        positions.withUnsafeBufferPointer { positions in
          for i in slots.indices where positions[start + i] >= valid { doubt(i) }
        }
      }
      switch column.positions {
      case .uint8(let positions): doubtMissing(positions)
      case .uint16(let positions): doubtMissing(positions)
      case .uint32(let positions): doubtMissing(positions)
      }
    }
  }

  func isDoubtful(_ row: Int) -> Bool { slotOfRow[row] < -1 }

  /// Decides of a doubtful row.
  mutating func settle(_ row: Int, counts: Bool) {
    slotOfRow[row] = counts ? -2 - slotOfRow[row] : -1
  }

  /// The slots that occur, in the order of their keys, with their people and rows; −1 for a row
  /// without one.
  consuming func cells(
    _ people: [Int32]?
  ) -> (keys: [Int], counts: [Int], ofRow: [Int32]) {
    var counts = Array(repeating: 0, count: hashed?.keys.count ?? keyCount)
    if let people {
      for (row, slot) in slotOfRow.enumerated() where slot >= 0 {
        counts[Int(slot)] += Int(people[row])
      }
    } else {
      for slot in slotOfRow where slot >= 0 { counts[Int(slot)] += 1 }
    }
    let used = (hashed?.inOrder ?? Array(counts.indices)).filter { counts[$0] > 0 }
    var cellOfSlot = [Int32](repeating: -1, count: counts.count)
    for (cell, slot) in used.enumerated() { cellOfSlot[slot] = Int32(cell) }
    slotOfRow.withUnsafeMutableBufferPointer { slots in
      for row in slots.indices where slots[row] >= 0 { slots[row] = cellOfSlot[Int(slots[row])] }
    }
    return (
      used.map { slot in hashed.map { Int($0.keys[slot]) } ?? slot }, used.map { counts[$0] },
      slotOfRow
    )
  }
}
