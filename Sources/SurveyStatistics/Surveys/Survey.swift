public import SurveyData

/// A dataset with its weight, its design and the subpopulation that is asked about.
///
/// A subpopulation never filters rows: those outside keep their place in the design, as a weight
/// of zero.
public struct Survey: Sendable {
  /// The answers.
  public let dataset: Dataset
  /// The weight of every row.
  public internal(set) var weights: SurveyWeights
  /// Who was drawn.
  public internal(set) var roster: Roster
  /// Whether the design was stated, and if so how.
  public let designStatement: DesignStatement
  /// Who is asked about; nil means everybody.
  public let subpopulation: Expression?
  /// For each row 0 outside, 1 inside, 2 unknown because an answer is missing.
  let membership: Positions?
  /// Whether rows are merged people, drawn in many units.
  package var isSpread: Bool { spread != nil }
  /// Where the people of merged rows were drawn; nil where every row has a unit of its own.
  let spread: Spread?
  /// The imputed data sets, of which the first speaks for the design and the codebook of all; empty
  /// for one survey as it is.
  public let imputations: [Survey]
  /// The composition that every group is given; nil when groups are as they are.
  public internal(set) var standard: StandardPopulation?
  /// The file in which imputed data sets stand below each other; nil when each has its own.
  public let stack: StackedImputations?

  /// Where the design came from.
  public enum DesignStatement: Hashable, Sendable {
    /// The codebook or the command names its columns.
    case declared
    /// `design: none`: simple random sampling, stated.
    case simpleRandom
    /// Nobody said anything; errors assume simple random sampling.
    case unstated
  }

  /// Declares how a dataset is analysed.
  ///
  /// - Parameters:
  ///   - dataset: The answers.
  ///   - weight: The weight; nil means the codebook's default, or none when it has none.
  ///   - design: The design; nil means the codebook's.
  ///   - subpopulation: Who is asked about; rows where the condition is missing count as outside.
  /// - Throws: ``SurveyError`` for bad weights, a row in use without stratum or PSU, a
  ///   subpopulation with nobody in it, a disclosure policy that is not enforced.
  /// - Complexity: O(rows).
  public init(
    _ dataset: Dataset, weight: WeightDeclaration? = nil, design: DesignDeclaration? = nil,
    subpopulation: Expression? = nil
  ) throws {
    try dataset.codebook.requireEnforcedDisclosure()
    let weight = try weight ?? Self.defaultWeight(of: dataset.codebook)
    let (declaration, statement) = Self.design(design, of: dataset.codebook)
    try dataset.load(
      try Self.columns(
        weight: weight, design: declaration, subpopulation: subpopulation, in: dataset))
    try TableSize.check(rows: dataset.rowCount, at: dataset.source.facts.path)
    self.dataset = dataset
    var weights = try Self.readWeights(weight, in: dataset)
    let membership: Positions? =
      try subpopulation.map { .uint8(try $0.condition(on: dataset).bytes) }
    try Self.requireFit(weight, declaration, for: dataset)
    if let declared = declaration.usedReplicates {
      let replicates = try ReplicateWeights(
        declared, of: weights, steps: weight?.adjustments ?? [], in: dataset)
      weights.replicates = replicates
      roster = Roster(declaration, replicates, of: weights, inside: membership)
    } else {
      weights.adjustments = weight?.adjustments.filter(\.step.countsInVariance) ?? []
      let steps = try CalibrationStep.steps(of: weights, in: dataset)
      guard steps.isEmpty || !declaration.lonelyInDomains else {
        throw SurveyError(
          .usage, at: weight?.name,
          "everybody adds to a variance with calibrated weights, so that no stratum of a domain is lonely",
          remedy: "Leave out --lonely-domain.")
      }
      let drawn = try Roster(declaration, in: dataset, hasPeople: !steps.isEmpty)
      roster = steps.isEmpty ? drawn : drawn.calibrated(by: steps)
    }
    self.weights = weights
    self.membership = membership
    designStatement = statement
    self.subpopulation = subpopulation
    spread = nil
    (imputations, stack) = ([], nil)
    try requireRowsInUse()
  }

  private init(_ other: Survey, subpopulation: Expression) throws {
    dataset = other.dataset
    weights = other.weights
    designStatement = other.designStatement
    self.subpopulation = subpopulation
    let membership = Positions.uint8(try subpopulation.condition(on: dataset).bytes)
    self.membership = membership
    roster =
      weights.replicates.map { [weights] in
        Roster(other.roster.declaration, $0, of: weights, inside: membership)
      } ?? other.roster
    spread = other.spread
    standard = other.standard
    (imputations, stack) = ([], nil)
    try requireRowsInUse()
  }

  /// The same people in other rows.
  init(
    _ other: Survey, dataset: Dataset, weights: SurveyWeights, roster: Roster,
    membership: Positions?, spread: Spread?
  ) {
    self.dataset = dataset
    self.weights = weights
    self.roster = roster
    self.membership = membership
    self.spread = spread
    designStatement = other.designStatement
    subpopulation = other.subpopulation
    standard = other.standard
    (imputations, stack) = ([], nil)
  }

  /// Imputed data sets, which fit together.
  init(_ imputations: [Survey], stack: StackedImputations?) {
    let first = imputations[0]
    dataset = first.dataset
    weights = first.weights
    roster = first.roster
    membership = first.membership
    spread = first.spread
    designStatement = first.designStatement
    subpopulation = first.subpopulation
    standard = first.standard
    self.imputations = imputations
    self.stack = stack
  }

  /// The same survey, asked about a subpopulation instead.
  ///
  /// - Parameter subpopulation: Who is asked about; rows where the condition is missing count as
  ///   outside.
  /// - Throws: ``SurveyError`` when nobody is in it.
  /// - Complexity: O(rows).
  public func restricted(to subpopulation: Expression) throws -> Survey {
    guard isImputed else { return try Survey(self, subpopulation: subpopulation) }
    return Survey(
      try imputations.map { try Survey($0, subpopulation: subpopulation) }, stack: stack)
  }

  /// The columns that a survey needs before any analysis, so that one pass can read them together
  /// with those of the analysis.
  ///
  /// - Parameters:
  ///   - weight: The weight.
  ///   - design: The design; a stage below one without population sizes is not read.
  ///   - subpopulation: Who is asked about.
  ///   - dataset: The answers, of which the columns are not read yet.
  /// - Throws: ``SurveyError`` for a condition or weight that does not fit the codebook.
  public static func columns(
    weight: WeightDeclaration?, design: DesignDeclaration?, subpopulation: Expression?,
    in dataset: Dataset
  ) throws -> [(name: String, view: ColumnView)] {
    var columns: [(name: String, view: ColumnView)] = []
    // The weights of cells are no columns.
    switch dataset.cells == nil ? weight?.source : nil {
    case .variable(let name): columns.append((name, .numbers))
    case .expression(let text): columns += try Expression(text).inputs(in: dataset)
    case nil: break
    }
    if let replicates = design?.usedReplicates {
      if dataset.cells == nil {
        columns += try ReplicateWeights.names(replicates, in: dataset).map { ($0, .numbers) }
      }
    } else if let design {
      columns += ([design.strata].compactMap { $0 } + design.usedStages).map { ($0, .codes) }
      columns += design.fpc.map { ($0, .numbers) }
      columns += try CalibrationStep.inputs(of: weight?.adjustments ?? [], in: dataset)
    }
    if let subpopulation { columns += try subpopulation.inputs(in: dataset) }
    return columns
  }

  /// The weight that the codebook names; nil when it names none.
  ///
  /// - Parameter codebook: The codebook.
  /// - Throws: ``SurveyError`` when it names several and marks none as the default.
  public static func defaultWeight(of codebook: Codebook) throws -> WeightDeclaration? {
    if let weight = codebook.defaultWeight { return weight }
    guard codebook.weights.isEmpty else {
      throw SurveyError(
        .usage, at: codebook.path,
        "has several weights (\(codebook.weights.map(\.name).joined(separator: ", "))) and none "
          + "with `default: true`",
        remedy: "Choose one with --weights.")
    }
    return nil
  }

  /// The design that holds, and where it comes from.
  ///
  /// - Parameters:
  ///   - stated: The design that somebody stated; nil means the codebook's.
  ///   - codebook: The codebook.
  /// - Returns: The design, without columns where nobody stated one, and who stated it.
  public static func design(
    _ stated: DesignDeclaration?, of codebook: Codebook
  ) -> (DesignDeclaration, DesignStatement) {
    if let stated { return (stated, .declared) }
    switch codebook.design {
    case .declared(let declaration): return (declaration, .declared)
    case .simpleRandom: return (DesignDeclaration(), .simpleRandom)
    case .unstated: return (DesignDeclaration(), .unstated)
    }
  }

  private static func readWeights(
    _ weight: WeightDeclaration?, in dataset: Dataset
  ) throws -> SurveyWeights {
    if let cells = dataset.cells { return try SurveyWeights(cells, weight, in: dataset) }
    guard let weight else { return SurveyWeights(equalFor: try dataset.rowCount) }
    let column =
      switch weight.source {
      case .variable(let name): try dataset.numeric(name)
      case .expression(let text): try Expression(text).number(on: dataset)
      }
    return try SurveyWeights(
      column, name: weight.name, dropsMissing: weight.dropsMissing, steps: weight.adjustments)
  }

  /// Checks that cells hold what a variance needs of the people.
  private static func requireFit(
    _ weight: WeightDeclaration?, _ design: DesignDeclaration, for dataset: Dataset
  ) throws {
    guard let cells = dataset.cells else { return }
    let isDrawn = design.strata != nil || !design.psu.isEmpty || !design.fpc.isEmpty
    guard cells.suppressedBelow == nil || !isDrawn && design.usedReplicates == nil else {
      throw SurveyError(
        .usage, at: dataset.source.facts.path,
        "answers of few people were taken out of these cells, so that no design gives them standard errors",
        remedy:
          "Take the codebook that was written with them, and leave out --strata, --psu, --fpc and replicate weights."
      )
    }
    guard design.usedReplicates == nil else { return }
    guard cells.replicates.isEmpty else {
      throw SurveyError(
        .usage, at: dataset.source.facts.path,
        "the cells were made for replicate weights, without strata and sampling units",
        remedy:
          "Leave out --variance linearization, or make the cells with it. Where no codebook names the "
          + "replicate weights, --replicate-weights does.")
    }
    guard let weight, weight.adjustments.contains(where: \.step.countsInVariance) else { return }
    let sums = try dataset.cellSums(of: weight)
    let isMixed = cells.people.indices.contains { cell in
      (1..<cells.people[cell]).contains(cells.weighted(cell, by: sums))
    }
    guard weight.residualsAreOfCells(design), !isMixed else {
      dataset.wishForPeople()
      throw weight.needsPeople(at: dataset.source.facts.path)
    }
  }

  /// Checks that somebody is asked about, and that all of them have a place in the design.
  private func requireRowsInUse() throws {
    let isInside: (Int) -> Bool = { row in
      weights.values[row] > 0 && (membership.map { $0[row] == 1 } ?? true)
    }
    if let row = roster.unplacedRows.first(where: isInside) {
      let names = ([roster.declaration.strata].compactMap { $0 } + roster.declaration.usedStages)
      throw SurveyError(
        .data, at: "row \(row + 1)",
        "has no \(names.joined(separator: " or ")), so it has no place in the design",
        remedy: "Leave such rows out with --where, or mend the file.")
    }
    guard let subpopulation else { return }
    if !(0..<weights.rowCount).contains(where: isInside) {
      throw SurveyError(
        .noAnswer, "nobody is in the subpopulation `\(subpopulation.source)`",
        remedy: "Look at the codes with `vekt inspect`.")
    }
  }
}
