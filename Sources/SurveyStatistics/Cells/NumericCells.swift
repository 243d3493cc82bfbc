package import SurveyData

/// The rows of a survey that count for numeric variables, each with the group and the cell (unit ×
/// group) that it belongs to.
///
/// The numbers stay where they are.
package struct NumericCells: Sendable {
  /// The group variables' columns.
  package let groupColumns: [CategoricalColumn]
  /// The combinations of groups that occur, as positions of the group variables.
  package let groups: [[Int]]
  /// The cell of every row; negative for a row that does not count.
  package let cellOfRow: [Int32]
  /// The sampling unit of every cell, not decreasing.
  package let units: [Int32]
  /// The group of every cell.
  package let blocks: [Int32]
  /// The respondents of every cell.
  package let counts: [Int]
  /// Where the rows went.
  package let accounting: Accounting

  /// Sorts the rows of a survey into cells.
  ///
  /// - Parameters:
  ///   - numbers: Numeric variables with their names; a row where one is missing does not count,
  ///     and the first one answers for it.
  ///   - required: Categorical variables that must be answered too, but make no groups.
  ///   - groupNames: Categorical variables that make groups.
  ///   - survey: The survey; the columns are loaded.
  /// - Complexity: O(rows).
  package init(
    _ numbers: [(name: String, column: NumericColumn)], answering required: [String] = [],
    by groupNames: [String], in survey: Survey
  ) throws {
    let groupColumns = try groupNames.map { try survey.dataset.categorical($0) }
    let rows = survey.weights.values.count
    var tally = MissingTally(
      numbers: numbers,
      categories: try required.map { ($0, try survey.dataset.categorical($0)) }
        + zip(groupNames, groupColumns).map { ($0, $1) })
    let counter = CellCounter(
      units: survey.roster.unitOfRow, unitCount: survey.roster.unitCount,
      columns: groupColumns.map(AnswerColumn.init), weights: survey.weights.values)
    let patternCount = groupColumns.reduce(1) { $0 * ($1.categories.count + $1.missing.count) }

    let complete = Self.completeRows(
      numbers.map(\.column), try required.map { try survey.dataset.categorical($0) } + groupColumns,
      rows: rows)
    var slots = RowSlots(keyCount: (survey.roster.unitCount + 1) * patternCount, rows: rows)
    var slotOfRow = [Int32](repeating: -1, count: rows)
    counter.withKeys(in: 0..<rows, as: UInt64.self) { start, keys in
      for (offset, key) in keys.enumerated() {
        let row = start + offset
        guard survey.weights.values[row] > 0 else { continue }
        let membership = survey.membership?[row] ?? 1
        if membership != 1 || !complete[row] {
          guard tally.counts(row, membership: membership) else { continue }
        }
        slotOfRow[row] = slots.slot(of: key)
      }
    }

    // Cells by unit, then group; groups numbered in the order of their codes.
    let keys = slots.keys.map(Int.init)
    let patterns = Set(keys.map { $0 % patternCount }).sorted()
    let numberOfPattern = Dictionary(uniqueKeysWithValues: zip(patterns, patterns.indices))
    let order = keys.indices.sorted { keys[$0] < keys[$1] }
    var cellOfSlot = [Int32](repeating: 0, count: keys.count)
    for (cell, slot) in order.enumerated() { cellOfSlot[slot] = Int32(cell) }
    units = order.map { Int32(keys[$0] / patternCount) }
    blocks = order.map { Int32(numberOfPattern[keys[$0] % patternCount, default: 0]) }
    var counts = [Int](repeating: 0, count: keys.count)
    for row in slotOfRow.indices where slotOfRow[row] >= 0 {
      slotOfRow[row] = cellOfSlot[Int(slotOfRow[row])]
      counts[Int(slotOfRow[row])] += 1
    }
    self.counts = counts
    cellOfRow = slotOfRow
    groups = patterns.map { pattern in
      var rest = pattern
      return groupColumns.reversed().map { column in
        let (quotient, position) = rest.quotientAndRemainder(
          dividingBy: column.categories.count + column.missing.count)
        rest = quotient
        return position
      }.reversed()
    }
    self.groupColumns = groupColumns
    accounting = tally.accounting(rows: rows, used: counts.reduce(0, +))
  }

  /// Whether every row has all numbers and answers, a column at a time.
  private static func completeRows(
    _ numbers: [NumericColumn], _ categories: [CategoricalColumn], rows: Int
  ) -> [Bool] {
    var complete = [Bool](repeating: true, count: rows)
    for column in numbers {
      for row in 0..<rows where column.values[row].isNaN { complete[row] = false }
    }
    for column in categories {
      let valid = column.categories.count
      func mark<Value: FixedWidthInteger>(_ positions: [Value]) {
        for row in 0..<rows where Int(positions[row]) >= valid { complete[row] = false }
      }
      switch column.positions {
      case .uint8(let positions): mark(positions)
      case .uint16(let positions): mark(positions)
      case .uint32(let positions): mark(positions)
      }
    }
    return complete
  }
}

/// Numbers for keys in the order in which they are met: a table while the keys are few, otherwise a
/// hash table.
private struct RowSlots {
  private var table: [Int32]
  private var sparse: KeySlots
  private var found: [UInt64] = []

  init(keyCount: Int, rows: Int) {
    let isDense = keyCount <= 1 << 22
    table = isDense ? Array(repeating: -1, count: keyCount) : []
    sparse = KeySlots(capacity: isDense ? 0 : min(rows, 1 << 16))
  }

  /// The keys by their numbers.
  var keys: [UInt64] { table.isEmpty ? sparse.keys : found }

  mutating func slot(of key: UInt64) -> Int32 {
    guard !table.isEmpty else { return Int32(sparse.slot(of: key)) }
    if table[Int(key)] < 0 {
      table[Int(key)] = Int32(found.count)
      found.append(key)
    }
    return table[Int(key)]
  }
}
