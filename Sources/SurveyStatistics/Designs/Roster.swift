public import SurveyData

/// Who was drawn: strata, sampling units and the unit of every row.
///
/// The roster is made once, from the whole file, and keeps every unit's place also where nobody of
/// a subpopulation is in it. In an element sample everybody is a unit of their own; the stratum
/// then stands for its rows, and sums of squares are kept beside the sums.
public struct Roster: Sendable {
  /// Whether rows are their own sampling units.
  public let isElementSample: Bool
  /// The strata, in the order of their codes; one with an empty code when there are none.
  public private(set) var strata: [Stratum]
  /// The position in `strata` of every unit; units stand in the order of their strata.
  public let stratumOfUnit: [Int32]
  /// The unit of every row; `unitCount` for a row without a stratum or PSU.
  private(set) var unitOfRow: Positions
  /// The names of the columns that made the roster.
  public let declaration: DesignDeclaration
  /// The rows that have no stratum or no PSU.
  private(set) var unplacedRows: [Int]
  /// The degrees of freedom where replicate weights make the variance, so that nobody's unit counts;
  /// nil where it is linearized.
  public let replicateDegreesOfFreedom: Double?
  /// Whether any stratum's population size is known.
  public var hasPopulationSizes: Bool { strata.contains { $0.samplingFraction > 0 } }

  /// The number of units: PSUs, or strata in an element sample.
  var unitCount: Int { stratumOfUnit.count }

  /// Makes the roster of a declared design.
  ///
  /// PSUs are nested in strata: the same PSU code in two strata means two units.
  ///
  /// - Parameters:
  ///   - declaration: The columns. Of several stages the first is used, which is exact when its
  ///     population sizes are not given.
  ///   - dataset: The data; the columns are loaded.
  /// - Throws: ``SurveyError`` for population sizes that are smaller than the sample, differ within
  ///   a stratum or mix sizes and fractions, and for stages that cannot be honoured yet.
  /// - Complexity: O(rows).
  public init(_ declaration: DesignDeclaration, in dataset: Dataset) throws {
    if declaration.psu.count > 1, !declaration.fpc.isEmpty {
      throw SurveyError(
        .usage, "population sizes with several stages of sampling units are not supported yet",
        remedy: "Name the first stage only, or leave out the population sizes.")
    }
    let rows = try dataset.rowCount
    let strata = try declaration.strata.map { try dataset.categorical($0) }
    let psu = try declaration.psu.first.map { try dataset.categorical($0) }
    let stratumCount = strata?.categories.count ?? 1
    let psuCount = psu?.categories.count ?? 1

    var unplaced: [Int] = []
    var rowsOfStratum = Array(repeating: 0, count: stratumCount)
    // Dense numbers for the pairs stratum × PSU that occur, in the order of strata, then PSUs.
    var numbers = PairNumbers(first: stratumCount, second: psuCount)
    var pairs = [Int32](repeating: -1, count: rows)
    for row in 0..<rows {
      let stratum = strata?.positions[row] ?? 0
      let unit = psu?.positions[row] ?? 0
      guard stratum < stratumCount, unit < psuCount else {
        unplaced.append(row)
        continue
      }
      rowsOfStratum[stratum] += 1
      pairs[row] = numbers.provisional(stratum, unit)
    }
    let (final, stratumOfPair) = numbers.sorted()
    let unitCount = final.count

    let values = pairs.lazy.map { $0 < 0 ? unitCount : Int(final[Int($0)]) }
    isElementSample = psu == nil
    unitOfRow = Positions(values, valueCount: unitCount + 1)
    unplacedRows = unplaced

    // Strata that hold no row do not exist for the design.
    var present: [Int] = []
    var compact = Array(repeating: Int32(-1), count: stratumCount)
    var unitsOfStratum = Array(repeating: 0, count: stratumCount)
    for stratum in stratumOfPair { unitsOfStratum[Int(stratum)] += 1 }
    for stratum in 0..<stratumCount where rowsOfStratum[stratum] > 0 {
      compact[stratum] = Int32(present.count)
      present.append(stratum)
    }
    stratumOfUnit = stratumOfPair.map { compact[Int($0)] }
    let drawn = present.map { psu == nil ? rowsOfStratum[$0] : unitsOfStratum[$0] }
    let codes = present.map { strata?.categories[$0].code ?? "" }
    let fractions = try Self.fractions(
      declaration, dataset: dataset, unitOfRow: unitOfRow, stratumOfUnit: stratumOfUnit,
      drawn: drawn, codes: codes)
    self.strata = zip(zip(codes, drawn), fractions).map {
      Stratum(code: $0.0, unitCount: $0.1, samplingFraction: $1)
    }
    self.declaration = declaration
    replicateDegreesOfFreedom = nil
  }

  /// All rows in one unit, as replicate weights need no other.
  init(rows: Int, degreesOfFreedom: Double, _ declaration: DesignDeclaration) {
    self.init(ofReplicates: 1, degreesOfFreedom: degreesOfFreedom, declaration)
    unitOfRow = .nowhere(rows)
    strata = []
  }

  /// The roster where replicate weights make the variance, whose degrees of freedom are stated or the
  /// rank of the weights in the subpopulation less 1.
  init(
    _ declaration: DesignDeclaration, _ replicates: ReplicateWeights, of weights: SurveyWeights,
    inside membership: Positions?
  ) {
    self.init(
      rows: weights.rowCount,
      degreesOfFreedom: declaration.replicates?.degreesOfFreedom
        ?? replicates.degreesOfFreedom(of: weights) { row in
          membership.map { $0[row] == 1 } ?? true
        }, declaration)
  }

  /// Replicates in the place of sampling units.
  init(
    ofReplicates count: Int, degreesOfFreedom: Double, _ declaration: DesignDeclaration
  ) {
    isElementSample = false
    strata = [Stratum(code: "", unitCount: count, samplingFraction: 0)]
    stratumOfUnit = Array(repeating: 0, count: count)
    unitOfRow = .nowhere(0)
    unplacedRows = []
    self.declaration = declaration
    replicateDegreesOfFreedom = degreesOfFreedom
  }

  /// The same units with other rows, each in a unit.
  func holding(_ units: [Int]) -> Roster {
    var result = self
    result.unitOfRow = Positions(units, valueCount: unitCount + 1)
    result.unplacedRows = []
    return result
  }

  /// Reads the population sizes and turns them into sampling fractions.
  private static func fractions(
    _ declaration: DesignDeclaration, dataset: Dataset, unitOfRow: Positions,
    stratumOfUnit: [Int32], drawn: [Int], codes: [String]
  ) throws -> [Double] {
    guard let name = declaration.fpc.first else { return drawn.map { _ in 0 } }
    let column = try dataset.numeric(name).values
    var size = [Double?](repeating: nil, count: drawn.count)
    func place(_ stratum: Int) -> String {
      declaration.strata == nil ? "the sample" : "stratum '\(codes[stratum])'"
    }
    for (row, value) in column.enumerated() {
      let unit = unitOfRow[row]
      guard unit < stratumOfUnit.count else { continue }
      let stratum = Int(stratumOfUnit[unit])
      guard value > 0, value.isFinite else {
        throw SurveyError(
          .data, at: "row \(row + 1)",
          "the population size '\(name)' is \(value.isNaN ? "missing" : canonicalCode(value)); "
            + "it is a number above 0")
      }
      if let known = size[stratum], known != value {
        throw SurveyError(
          .data, at: "row \(row + 1)",
          "the population size '\(name)' is \(canonicalCode(value)) in \(place(stratum)), "
            + "where it was \(canonicalCode(known)) before; it must be the same in all its rows")
      }
      size[stratum] = value
    }
    let sizes = size.map { $0 ?? 1 }
    if sizes.allSatisfy({ $0 <= 1 }) { return sizes }
    if let small = sizes.firstIndex(where: { $0 < 1 }) {
      throw SurveyError(
        .data, at: name,
        "mixes fractions (\(canonicalCode(sizes[small])) in \(place(small))) "
          + "and population sizes; give one or the other")
    }
    return try zip(zip(sizes, drawn), codes.indices).map { pair, index in
      guard pair.0 >= Double(pair.1) else {
        throw SurveyError(
          .data, at: name,
          (declaration.strata == nil ? "there are" : "\(place(index)) has")
            + " \(pair.1) sampling units in the sample, but a population of "
            + canonicalCode(pair.0))
      }
      return Double(pair.1) / pair.0
    }
  }
}

/// Numbers for pairs in the order in which they are met, sorted afterwards.
private struct PairNumbers {
  private let second: Int
  private var dense: [Int32]
  private var sparse: [Int: Int32] = [:]
  private var pairs: [Int] = []

  init(first: Int, second: Int) {
    self.second = second
    let size = first.multipliedReportingOverflow(by: second)
    dense =
      size.overflow || size.partialValue > 1 << 22
      ? [] : Array(repeating: -1, count: size.partialValue)
  }

  mutating func provisional(_ a: Int, _ b: Int) -> Int32 {
    let key = a * second + b
    if !dense.isEmpty {
      if dense[key] < 0 {
        dense[key] = Int32(pairs.count)
        pairs.append(key)
      }
      return dense[key]
    }
    if let number = sparse[key] { return number }
    let number = Int32(pairs.count)
    sparse[key] = number
    pairs.append(key)
    return number
  }

  /// The sorted number of each provisional one, and the first member of each sorted pair.
  func sorted() -> (numbers: [Int32], first: [Int32]) {
    let order = pairs.indices.sorted { pairs[$0] < pairs[$1] }
    var numbers = Array(repeating: Int32(0), count: pairs.count)
    for (new, old) in order.enumerated() { numbers[old] = Int32(new) }
    return (numbers, order.map { Int32(pairs[$0] / second) })
  }
}

extension Positions {
  /// As many zeros.
  static func nowhere(_ count: Int) -> Self { .uint8(Array(repeating: 0, count: count)) }
}
