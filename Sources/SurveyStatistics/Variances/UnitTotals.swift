internal import SurveyData
internal import SurveyNumerics

/// Influence summed over sampling units: all that a variance needs of the data.
///
/// Parameters come in blocks (the groups of a table) of the same width (its categories). A cell
/// touches one block, so that only the units with somebody in a block are kept for it.
package struct UnitTotals: Sendable {
  package let roster: Roster
  /// The stage whose units are summed: the last one, or one above it.
  private(set) var stage = 0
  /// The same sums of the units of the stage above; none at the first stage.
  private(set) var above: [UnitTotals] = []
  /// The number of parameters of a block.
  package let width: Int
  /// The first entry of every block, and the end of the last.
  let start: [Int]
  /// The unit of every entry, increasing within a block.
  let unit: [Int32]
  /// The sums of `w·u`, entries × width.
  let sums: [Double]
  /// In an element sample the sums of `w²·u uᵀ` over the rows of a stratum, entries × packed width.
  let squares: [Double]
  /// The units with somebody in each block, where calibration gives every unit an entry; nil where the
  /// entries tell.
  private(set) var present: [[Int32]]?
  /// Whether known totals settle a parameter, blocks × width; empty without calibration.
  private(set) var isSettled: [Bool] = []
  /// What the errors of totals that weights were calibrated to add to the parameters.
  ///
  /// Blocks × parts × width, independent parts of variance 1; empty where totals are known.
  private(set) var totalsErrors: [Double] = []
  /// In an element sample the respondents of every entry.
  let people: [Int]
  /// The parameters with the weight and with each replicate's, where replicate weights make the
  /// variance.
  private(set) var replicated: Replicated?
  /// The degrees of freedom of every block: units − strata among those with somebody in it.
  package private(set) var degreesOfFreedom: [Double]

  /// What the units were drawn from.
  var strata: [Stratum] { roster.stages[stage].strata }
  /// The place in `strata` of every unit.
  var stratumOfUnit: [Int32] { roster.stages[stage].stratumOfUnit }
  /// The number of blocks.
  package var blockCount: Int { start.count - 1 }

  /// What a cell adds to its entry: sums of `w·u`, and packed sums of `w²·u uᵀ` (empty when the
  /// design has PSUs).
  package typealias Contribution = (
    _ cell: Int, _ sums: UnsafeMutableBufferPointer<Double>,
    _ squares: UnsafeMutableBufferPointer<Double>
  ) -> Void

  /// Sums the influence of cells.
  ///
  /// - Parameters:
  ///   - roster: Who was drawn.
  ///   - width: The number of parameters of a block.
  ///   - blockCount: The number of blocks.
  ///   - units: The unit of every cell, not decreasing.
  ///   - blocks: The block of every cell; negative for a cell outside all of them.
  ///   - counts: The respondents of every cell.
  ///   - add: What a cell adds.
  /// - Throws: ``SurveyError`` when a stratum in use has one unit and the design says `fail`.
  /// - Complexity: O(cells × width²) in an element sample, otherwise O(cells × width).
  package init(
    roster: Roster, width: Int, blockCount: Int, units: [Int32], blocks: [Int32], counts: [Int],
    add: Contribution
  ) throws {
    self.roster = roster
    stage = roster.stages.count - 1
    self.width = width
    var sizes = Array(repeating: 0, count: blockCount + 1)
    for block in blocks where block >= 0 { sizes[Int(block) + 1] += 1 }
    for block in 0..<blockCount { sizes[block + 1] += sizes[block] }
    var order = Array(repeating: 0, count: sizes[blockCount])
    var next = sizes
    for (cell, block) in blocks.enumerated() where block >= 0 {
      order[next[Int(block)]] = cell
      next[Int(block)] += 1
    }

    let packed = roster.isElementSample ? width * (width + 1) / 2 : 0
    var entries = 0
    for block in 0..<blockCount {
      var last: Int32 = -1
      for cell in order[sizes[block]..<sizes[block + 1]] where units[cell] != last {
        last = units[cell]
        entries += 1
      }
    }
    try TableSize.checkSums(entries: entries, width: width, squares: packed)
    var start = [0]
    var unit: [Int32] = []
    var sums: [Double] = []
    var squares: [Double] = []
    var people: [Int] = []
    var degrees: [Double] = []
    for block in 0..<blockCount {
      var position = sizes[block]
      let end = sizes[block + 1]
      var respondents = 0
      while position < end {
        let current = units[order[position]]
        let (from, fromSquare) = (sums.count, squares.count)
        sums.append(contentsOf: repeatElement(0, count: width))
        squares.append(contentsOf: repeatElement(0, count: packed))
        unit.append(current)
        let before = respondents
        sums.withUnsafeMutableBufferPointer { allSums in
          squares.withUnsafeMutableBufferPointer { allSquares in
            let entry = UnsafeMutableBufferPointer(rebasing: allSums[from...])
            let entrySquares = UnsafeMutableBufferPointer(rebasing: allSquares[fromSquare...])
            while position < end, units[order[position]] == current {
              respondents += counts[order[position]]
              add(order[position], entry, entrySquares)
              position += 1
            }
          }
        }
        if roster.isElementSample { people.append(respondents - before) }
      }
      start.append(unit.count)
      guard roster.calibration == nil else { continue }
      degrees.append(
        Self.degreesOfFreedom(
          units: unit[start[block]...], respondents: respondents, of: roster, at: stage))
    }
    self.squares = squares
    if let calibration = roster.calibration {
      try TableSize.checkSums(
        entries: blockCount * calibration.unitCount, width: width, squares: 0)
      let residuals = calibration.sums(start: start, row: unit, sums: sums, width: width)
      (self.start, self.unit, self.sums) = (residuals.start, residuals.unit, residuals.sums)
      (present, isSettled) = (residuals.present, residuals.isSettled)
      totalsErrors = residuals.totalsErrors
      degreesOfFreedom = residuals.present.map { [stage] in
        Self.degreesOfFreedom(units: $0[...], respondents: 0, of: roster, at: stage)
      }
    } else {
      (self.start, self.unit, self.sums, degreesOfFreedom) = (start, unit, sums, degrees)
    }
    self.people = people
    sumAbove()
    if roster.declaration.lonelyPSU == .fail {
      for totals in byStage { try totals.requireNoLonelyStratum() }
    }
  }

  /// Sums an influence that is the same for all people of a cell: the one door from influence to
  /// sampling units.
  ///
  /// - Parameters:
  ///   - roster: Who was drawn.
  ///   - width: The number of parameters of a block.
  ///   - blockCount: The number of blocks.
  ///   - cells: The cells, their units not decreasing.
  ///   - blocks: The block of every cell; negative for a cell outside all of them.
  ///   - classes: The classes of cells in which an influence loses its mean.
  ///   - influence: Writes the influence of one unit of weight of a cell.
  /// - Throws: As the other.
  /// - Complexity: As of the other.
  @inline(__always)
  package init(
    roster: Roster, width: Int, blockCount: Int, cells: [CellTable.Cell], blocks: [Int32],
    centredIn classes: StandardClasses? = nil,
    influence: (_ cell: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) throws {
    let centres = classes?.centres(width: width, { cells[$0].weight }) { cell, u in
      influence(cell, u)
      return true
    }
    self = try withUnsafeTemporaryAllocation(of: Double.self, capacity: max(width, 1)) { space in
      space.initialize(repeating: 0)
      let u = UnsafeMutableBufferPointer(rebasing: space[0..<width])
      return try UnitTotals(
        roster: roster, width: width, blockCount: blockCount, units: cells.map(\.unit),
        blocks: blocks, counts: cells.map(\.count)
      ) { cell, sums, squares in
        influence(cell, u)
        if let centres { classes?.centre(cell, at: centres, u) }
        Self.add(cells[cell].weight, times: u, to: sums)
        if !squares.isEmpty { Self.add(squared: cells[cell].squaredWeight, times: u, to: squares) }
      }
    }
  }

  /// Adds `w·u`.
  @inline(__always)
  static func add(
    _ weight: Double, times u: UnsafeMutableBufferPointer<Double>,
    to sums: UnsafeMutableBufferPointer<Double>
  ) {
    for k in u.indices { sums[k] += weight * u[k] }
  }

  /// Adds the packed `w²·u uᵀ`.
  @inline(__always)
  static func add(
    squared weight: Double, times u: UnsafeMutableBufferPointer<Double>,
    to squares: UnsafeMutableBufferPointer<Double>
  ) {
    var place = 0
    for k in u.indices {
      let scaled = weight * u[k]
      for l in 0...k {
        squares[place] += scaled * u[l]
        place += 1
      }
    }
  }

  /// Other parameters of the same rows.
  ///
  /// - Parameters:
  ///   - isSettled: Whether known totals settle them, blocks × width.
  ///   - totalsErrors: What the errors of estimated totals add, blocks × parts × width.
  init(
    _ other: UnitTotals, width: Int, sums: [Double], squares: [Double], isSettled: [Bool] = [],
    totalsErrors: [Double] = []
  ) {
    roster = other.roster
    stage = other.stage
    self.width = width
    start = other.start
    unit = other.unit
    self.sums = sums
    self.squares = squares
    (present, self.isSettled, self.totalsErrors) = (other.present, isSettled, totalsErrors)
    people = other.people
    degreesOfFreedom = other.degreesOfFreedom
    sumAbove()
  }

  /// The sums of every stage, outermost first.
  var byStage: [UnitTotals] { above.flatMap(\.byStage) + CollectionOfOne(self) }

  /// Sums over the units of the stage above, whose degrees of freedom are those of all.
  private mutating func sumAbove() {
    guard stage > 0 else { return }
    let sum = UnitTotals(summing: self)
    degreesOfFreedom = sum.degreesOfFreedom
    above = [sum]
  }

  /// The sums of the units of the stage above.
  private init(summing below: UnitTotals) {
    roster = below.roster
    stage = below.stage - 1
    width = below.width
    let unitAbove = below.stratumOfUnit
    var (start, unit, sums) = ([0], [Int32](), [Double]())
    for block in 0..<below.blockCount {
      for entry in below.start[block]..<below.start[block + 1] {
        let current = unitAbove[Int(below.unit[entry])]
        if unit.count == start[block] || unit[unit.count - 1] != current {
          unit.append(current)
          sums.append(contentsOf: repeatElement(0, count: width))
        }
        let first = sums.count - width
        for k in 0..<width { sums[first + k] += below.sums[entry * width + k] }
      }
      start.append(unit.count)
    }
    (self.start, self.unit, self.sums, squares, people) = (start, unit, sums, [], [])
    isSettled = below.isSettled
    present = below.present.map { blocks in
      blocks.map { units in Set(units.map { unitAbove[Int($0)] }).sorted() }
    }
    degreesOfFreedom = (0..<below.blockCount).map { [roster, stage, present] block in
      Self.degreesOfFreedom(
        units: present?[block][...] ?? unit[start[block]..<start[block + 1]], respondents: 0,
        of: roster, at: stage)
    }
    sumAbove()
  }

  /// Replicates in the place of units, all of them in every block.
  init(
    ofReplicates roster: Roster, width: Int, blockCount: Int, count: Int, sums: [Double],
    replicated: Replicated
  ) {
    self.replicated = replicated
    self.roster = roster
    self.width = width
    start = (0...blockCount).map { $0 * count }
    unit = (0..<blockCount).flatMap { _ in (0..<count).map(Int32.init) }
    self.sums = sums
    (squares, people) = ([], [])
    degreesOfFreedom = Array(
      repeating: roster.replicateDegreesOfFreedom ?? .nan, count: blockCount)
  }

  private static func degreesOfFreedom(
    units: ArraySlice<Int32>, respondents: Int, of roster: Roster, at stage: Int
  ) -> Double {
    guard roster.isKnown else { return .nan }
    let stratumOfUnit = roster.stages[stage].stratumOfUnit
    var strata = 0
    var last: Int32 = -1
    for unit in units where stratumOfUnit[Int(unit)] != last {
      last = stratumOfUnit[Int(unit)]
      strata += 1
    }
    return Double((roster.isElementSample ? respondents : units.count) - strata)
  }

  /// The degrees of freedom of several blocks together.
  /// - Complexity: O(entries + units).
  package func degreesOfFreedom(ofBlocks blocks: some Collection<Int>) -> Double {
    if let df = roster.replicateDegreesOfFreedom { return df }
    if let first = above.first { return first.degreesOfFreedom(ofBlocks: blocks) }
    let entries = blocks.map { present?[$0][...] ?? unit[start[$0]..<start[$0 + 1]] }
    let stratumOfUnit = stratumOfUnit
    var (units, strata) = (0, 0)
    var isKnown = Array(repeating: false, count: stratumOfUnit.count)
    var isStratumKnown = Array(repeating: false, count: self.strata.count)
    for unit in entries.joined() where !isKnown[Int(unit)] {
      isKnown[Int(unit)] = true
      units += 1
      let stratum = Int(stratumOfUnit[Int(unit)])
      strata += isStratumKnown[stratum] ? 0 : 1
      isStratumKnown[stratum] = true
    }
    guard roster.isElementSample else { return Double(units - strata) }
    // In an element sample a block's units are its strata, so that its respondents are df + units.
    let respondents = zip(blocks, entries).reduce(0) {
      $0 + degreesOfFreedom[$1.0] + Double($1.1.count)
    }
    return respondents - Double(strata)
  }
}
