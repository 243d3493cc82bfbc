public import SurveyData

/// Who was drawn: strata, sampling units of every stage, and the unit of every row.
///
/// The roster is made once, from the whole file, and keeps every unit's place also where nobody of
/// a subpopulation is in it. In an element sample everybody is a unit of their own; the stratum
/// then stands for its rows, and sums of squares are kept beside the sums.
public struct Roster: Sendable {
  /// Whether rows are their own sampling units.
  public let isElementSample: Bool
  /// The stages of sampling that a variance needs, outermost first; one at least.
  public let stages: [Stage]
  /// The unit of the last stage of every row, `unitCount` for a row without a stratum or unit; with
  /// calibrated weights the row itself, as everybody then has a residual of their own.
  private(set) var unitOfRow: Positions
  /// The names of the columns that made the roster.
  public let declaration: DesignDeclaration
  /// The rows that have no stratum or no unit.
  private(set) var unplacedRows: [Int]
  /// The degrees of freedom where replicate weights make the variance, so that nobody's unit counts;
  /// nil where it is linearized.
  public let replicateDegreesOfFreedom: Double?
  /// Whether the data say who was drawn: cells out of which answers were taken do not.
  let isKnown: Bool
  /// What calibration leaves of an influence; nil where weights are as they were drawn.
  private(set) var calibration: CalibrationResiduals?

  /// The strata, in the order of their codes; one with an empty code when there are none.
  public var strata: [Stratum] { stages[0].strata }
  /// The number of units of the last stage, or of strata in an element sample, or of rows.
  var unitCount: Int {
    calibration?.unitOfRow.count ?? stages[stages.count - 1].stratumOfUnit.count
  }
  /// Whether any stratum's population size is known.
  public var hasPopulationSizes: Bool { strata.contains { $0.samplingFraction > 0 } }

  /// The unit of the first stage in which a unit of the last one lies.
  func firstStageUnit(_ unit: Int) -> Int {
    stages.dropFirst().reversed().reduce(unit) { Int($1.stratumOfUnit[$0]) }
  }

  /// Makes the roster of a declared design.
  ///
  /// Units are nested: the same code in two strata, or in two units of the stage above, means two units.
  ///
  /// - Parameters:
  ///   - declaration: The columns. A stage below one without population sizes adds nothing to a
  ///     variance and is not read.
  ///   - dataset: The data; the columns are loaded.
  ///   - hasPeople: Whether people are units of their own where no column of units is declared.
  /// - Throws: ``SurveyError`` for population sizes that are smaller than the sample, differ within
  ///   what they are the size of, mix sizes and fractions, or are more than there are stages.
  /// - Complexity: O(rows × stages).
  public init(
    _ declaration: DesignDeclaration, in dataset: Dataset, hasPeople: Bool = false
  ) throws {
    try Self.check(declaration)
    let rows = try dataset.rowCount
    let strata = try declaration.strata.map { try dataset.categorical($0) }
    let names = declaration.usedStages
    // People with probabilities of their own are units, not elements that are like each other.
    let arePeople = names.isEmpty && (declaration.pps != nil || hasPeople)
    isElementSample = names.isEmpty && !arePeople
    if arePeople {
      try dataset.requirePeople(
        for: "a sample of people who are units by themselves",
        remedy: "Name their sampling units with --psu.", wishing: true)
    }
    let people = dataset.cells?.people

    // What every row's units were drawn from; negative for a row without a place.
    let stratumCount = strata?.categories.count ?? 1
    var above = (0..<rows).map { row in
      let stratum = strata?.positions[row] ?? 0
      return stratum < stratumCount ? Int32(stratum) : -1
    }
    var codes = strata?.categories.map(\.code) ?? [""]
    var shares = codes.map { _ in 1.0 }
    var stages: [Stage] = []
    var kind: PopulationSizes.Kind?
    for (index, name) in (names.isEmpty ? [nil] : names.map(Optional.some)).enumerated() {
      let column = try name.map { try dataset.categorical($0) }
      let unitCodes =
        column?.categories.map(\.code) ?? (arePeople ? (1...max(rows, 1)).map(String.init) : [""])
      // Dense numbers for the pairs of a unit and what it was drawn from, in the order of both.
      var numbers = PairNumbers(first: codes.count, second: unitCodes.count)
      var rowsAbove = codes.map { _ in 0 }
      var units = [Int32](repeating: -1, count: rows)
      for row in 0..<rows where above[row] >= 0 {
        let unit = column?.positions[row] ?? (arePeople ? row : 0)
        guard unit < unitCodes.count else { continue }
        rowsAbove[Int(above[row])] += people?[row] ?? 1
        units[row] = numbers.provisional(Int(above[row]), unit)
      }
      var (final, parents, members) = numbers.sorted()
      for row in 0..<rows where units[row] >= 0 { units[row] = final[Int(units[row])] }
      if index == 0 {
        // Strata that hold no row do not exist for the design.
        let present = codes.indices.filter { rowsAbove[$0] > 0 }
        var compact = codes.map { _ in Int32(-1) }
        for (place, stratum) in present.enumerated() { compact[stratum] = Int32(place) }
        parents = parents.map { compact[Int($0)] }
        codes = present.map { codes[$0] }
        shares = present.map { shares[$0] }
        rowsAbove = present.map { rowsAbove[$0] }
      }
      var drawn = codes.map { _ in 0 }
      for parent in parents { drawn[Int(parent)] += 1 }
      if isElementSample { drawn = rowsAbove }
      let hasStrata = declaration.strata != nil || index > 0
      let paths = zip(parents, members).map { parent, member in
        (hasStrata ? codes[Int(parent)] + "/" : "") + unitCodes[Int(member)]
      }
      var fractions: [Double]
      var probabilities: [Double]?
      if index == 0, declaration.pps != nil {
        let sizes = PopulationSizes(
          stage: 0, declaration: declaration, codes: paths, drawn: paths.map { _ in 1 },
          areProbabilities: true, known: nil)
        let found = try sizes.fractions(in: dataset) { units[$0] < 0 ? nil : Int(units[$0]) }
        (probabilities, kind) = (found.values, found.kind)
        fractions = drawn.map { _ in 0 }
        for (parent, probability) in zip(parents, found.values) {
          fractions[Int(parent)] += probability
        }
        fractions = zip(fractions, drawn).map { $0 / Double(max($1, 1)) }
      } else {
        let sizes = PopulationSizes(
          stage: index, declaration: declaration, codes: codes, drawn: drawn, known: kind)
        (fractions, kind) = try sizes.fractions(in: dataset) { row in
          units[row] < 0 ? nil : Int(parents[Int(units[row])])
        }
      }
      stages.append(
        Stage(
          name: name, codeCount: Set(members).count,
          strata: codes.indices.map { place in
            Stratum(
              code: codes[place], unitCount: drawn[place], samplingFraction: fractions[place],
              share: shares[place])
          }, stratumOfUnit: parents, remainders: probabilities?.map { 1 - $0 } ?? []))
      shares = parents.enumerated().map { unit, parent in
        shares[Int(parent)] * (probabilities?[unit] ?? fractions[Int(parent)])
      }
      codes = paths
      above = units
    }
    self.stages = stages
    let unitCount = codes.count
    unitOfRow = Positions(
      above.lazy.map { $0 < 0 ? unitCount : Int($0) }, valueCount: unitCount + 1)
    unplacedRows = above.indices.filter { above[$0] < 0 }
    self.declaration = declaration
    replicateDegreesOfFreedom = nil
    isKnown = dataset.cells?.suppressedBelow == nil
  }

  /// All rows in one unit, as replicate weights need no other.
  init(rows: Int, degreesOfFreedom: Double, _ declaration: DesignDeclaration) {
    self.init(ofReplicates: 1, degreesOfFreedom: degreesOfFreedom, declaration)
    unitOfRow = .nowhere(rows)
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
    stages = [
      Stage(
        name: nil, codeCount: count,
        strata: [Stratum(code: "", unitCount: count, samplingFraction: 0)],
        stratumOfUnit: Array(repeating: 0, count: count))
    ]
    unitOfRow = .nowhere(0)
    unplacedRows = []
    self.declaration = declaration
    replicateDegreesOfFreedom = degreesOfFreedom
    isKnown = true
  }

  /// The same units, where the weights went through steps of calibration.
  func calibrated(by steps: [CalibrationStep]) -> Roster {
    var result = self
    result.calibration = CalibrationResiduals(
      steps: steps, unitOfRow: unitOfRow, unitCount: unitCount)
    result.unitOfRow = Positions(0..<unitOfRow.count, valueCount: unitOfRow.count + 1)
    return result
  }

  /// The same units with other rows, each in a unit.
  func holding(_ units: [Int]) -> Roster {
    var result = self
    result.unitOfRow = Positions(units, valueCount: unitCount + 1)
    result.unplacedRows = []
    return result
  }
}

extension Positions {
  /// As many zeros.
  static func nowhere(_ count: Int) -> Self { .uint8(Array(repeating: 0, count: count)) }
}
