internal import Dispatch
internal import SurveyData

/// How the people of merged rows are spread over the sampling units: all that the variance needs
/// besides what a row adds.
enum Spread: Sendable {
  /// Sums for every unit and row that occur, by unit; `answers` is the row.
  case cells([CellTable.Cell])
  /// The merged row of every person, where units × rows are too many to add up; that of a person
  /// without a weight is any.
  case people([UInt16], weights: SurveyWeights, units: Positions)

  /// The most units × rows that are added up.
  private static let mostCells = 1 << 18
  /// The most sums that have a place for every unit and block.
  private static let mostSums = 1 << 24

  /// Finds the people of merged rows; nil where some of too many to add up have no unit.
  init?(
    _ rowOfPerson: [UInt16], rowCount: Int, _ weights: SurveyWeights, of roster: Roster
  ) {
    let isWide = rowCount * roster.unitCount > Self.mostCells && !roster.isElementSample
    guard !isWide || roster.unplacedRows.isEmpty else { return nil }
    guard !isWide else {
      self = .people(rowOfPerson, weights: weights, units: roster.unitOfRow)
      return
    }
    self = .cells(
      Self.cells(
        of: rowOfPerson, rowCount: rowCount, roster.unitOfRow, roster.unitCount, weights))
  }

  /// Merges people with the same answers and finds how they are spread, in one pass; nil where units ×
  /// answers are too many.
  static func merged(
    _ columns: [AnswerColumn], _ weights: SurveyWeights, of roster: Roster
  ) -> (table: CellTable, spread: Spread)? {
    let counter = CellCounter(
      units: roster.unitOfRow, unitCount: roster.unitCount, columns: columns, weights: weights)
    let space = counter.patternCount.multipliedReportingOverflow(by: roster.unitCount)
    guard roster.unplacedRows.isEmpty, !space.overflow, space.partialValue <= Self.mostCells,
      counter.isDense
    else { return nil }
    var cells = counter.table().cells
    var sums = Array(repeating: CellCounter.Sums(), count: counter.patternCount)
    for cell in cells {
      sums[cell.answers].count += cell.count
      sums[cell.answers].weight += cell.weight
      sums[cell.answers].squaredWeight += cell.squaredWeight
    }
    var rows: [CellTable.Cell] = []
    var rowOfAnswers = Array(repeating: -1, count: sums.count)
    for (answers, sum) in sums.enumerated() where sum.count > 0 {
      rowOfAnswers[answers] = rows.count
      rows.append(
        CellTable.Cell(
          unit: 0, answers: answers, count: sum.count, weight: sum.weight,
          squaredWeight: sum.squaredWeight))
    }
    for place in cells.indices { cells[place].answers = rowOfAnswers[cells[place].answers] }
    return (CellTable(cells: rows, columns: columns), .cells(cells))
  }

  private static func cells(
    of rowOfPerson: [UInt16], rowCount: Int, _ units: Positions, _ unitCount: Int,
    _ weights: SurveyWeights
  ) -> [CellTable.Cell] {
    let column = AnswerColumn(
      positions: .uint16(rowOfPerson), radix: max(rowCount, 1), validCount: rowCount)
    return CellCounter(units: units, unitCount: unitCount, columns: [column], weights: weights)
      .table().cells
  }

  /// Sums the influence of merged rows over sampling units.
  ///
  /// - Parameters:
  ///   - width: The number of parameters of a block.
  ///   - blockOfRow: The block of every row; negative for a row outside all of them.
  ///   - elements: The influence of one unit of weight of each row, rows × width.
  /// - Complexity: O(cells × width²), or O(people × width) on all cores.
  func totals(
    roster: Roster, width: Int, blockCount: Int, blockOfRow: [Int32], elements: [Double]
  ) throws -> UnitTotals {
    switch self {
    case .cells(let cells):
      return try UnitTotals(
        roster: roster, width: width, blockCount: blockCount, cells: cells,
        blocks: cells.map { blockOfRow[$0.answers] }
      ) { cell, u in
        let first = cells[cell].answers * width
        for k in u.indices { u[k] = elements[first + k] }
      }
    case .people(let rowOfPerson, let weights, let units):
      guard roster.unitCount * blockCount * width <= Self.mostSums else {
        // Most units have nobody in most blocks.
        let cells = Self.cells(
          of: rowOfPerson, rowCount: blockOfRow.count, units, roster.unitCount, weights)
        return try Spread.cells(cells).totals(
          roster: roster, width: width, blockCount: blockCount, blockOfRow: blockOfRow,
          elements: elements)
      }
      return try Self.totals(
        rowOfPerson, weights, units, roster: roster, width: width, blockCount: blockCount,
        blockOfRow: blockOfRow, elements: elements)
    }
  }

  /// The same of some rows, each with its block.
  func totals(
    roster: Roster, width: Int, blockCount: Int, rows: [Int], blocks: [Int32],
    elements: [Double], rowCount: Int
  ) throws -> UnitTotals {
    var blockOfRow = Array(repeating: Int32(-1), count: rowCount)
    var all = Array(repeating: 0.0, count: rowCount * width)
    for (place, row) in rows.enumerated() {
      blockOfRow[row] = blocks[place]
      for k in 0..<width { all[row * width + k] = elements[place * width + k] }
    }
    return try totals(
      roster: roster, width: width, blockCount: blockCount, blockOfRow: blockOfRow, elements: all)
  }

  /// The same, person by person.
  private static func totals(
    _ rowOfPerson: [UInt16], _ weights: SurveyWeights, _ units: Positions, roster: Roster,
    width: Int, blockCount: Int, blockOfRow: [Int32], elements: [Double]
  ) throws -> UnitTotals {
    let people = rowOfPerson.count
    let entries = roster.unitCount * blockCount
    let size = entries * width
    // Fixed stretches, added in order, so that the bits do not depend on the number of cores.
    let chunkCount = people < 1 << 16 || size > 1 << 22 ? 1 : (size <= 1 << 17 ? 4 : 2)
    var sums = Array(repeating: 0.0, count: chunkCount * size)
    var counts = Array(repeating: 0, count: chunkCount * entries)
    sums.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeMutableBufferPointer { counts in
        nonisolated(unsafe) let (sums, counts) = (sums, counts)
        DispatchQueue.concurrentPerform(iterations: chunkCount) { chunk in
          let sums = UnsafeMutableBufferPointer(rebasing: sums[chunk * size..<(chunk + 1) * size])
          elements.withUnsafeBufferPointer { elements in
            for person in (people * chunk / chunkCount)..<(people * (chunk + 1) / chunkCount) {
              let weight = weights.values[person]
              let row = Int(rowOfPerson[person])
              guard weight != 0, blockOfRow[row] >= 0 else { continue }
              let entry = units[person] * blockCount + Int(blockOfRow[row])
              counts[chunk * entries + entry] += weights.people(of: person)
              let (to, from) = (entry * width, row * width)
              for k in 0..<width { sums[to + k] += weight * elements[from + k] }
            }
          }
        }
      }
    }
    for chunk in 1..<chunkCount {
      for entry in 0..<entries { counts[entry] += counts[chunk * entries + entry] }
      for place in 0..<size { sums[place] += sums[chunk * size + place] }
    }
    let used = (0..<entries).filter { counts[$0] > 0 }
    return try UnitTotals(
      roster: roster, width: width, blockCount: blockCount,
      units: used.map { Int32($0 / blockCount) }, blocks: used.map { Int32($0 % blockCount) },
      counts: used.map { counts[$0] }
    ) { cell, entry, _ in
      for k in 0..<width { entry[k] += sums[used[cell] * width + k] }
    }
  }
}
