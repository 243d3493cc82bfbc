internal import SurveyData

extension SurveyWeights {
  /// The weight of cells, as it was added up elsewhere.
  ///
  /// - Parameters:
  ///   - cells: What the rows of the dataset stand for.
  ///   - weight: The weight; nil where every person counts as one.
  ///   - dataset: The cells.
  /// - Throws: ``SurveyError`` for a weight that was not added up, that nobody has, and that some have not
  ///   unless these are left out.
  init(_ cells: CellSums, _ weight: WeightDeclaration?, in dataset: Dataset) throws {
    guard let weight else {
      let counts = cells.people.map(Double.init)
      self.init(
        values: counts, squares: counts, of: cells, people: cells.people, name: nil,
        missingCount: 0)
      return
    }
    let found = try dataset.cellSums(of: weight)
    let missing = (found.missing ?? []).reduce(0, +)
    if missing > 0, !weight.dropsMissing {
      throw Self.missing(weight.name, at: dataset.source.facts.path, " for \(missing) people")
    }
    let weighted = cells.people.indices.map { cells.weighted($0, by: found) }
    guard weighted.contains(where: { $0 > 0 }) else { throw Self.nobody(weight.name) }
    self.init(
      values: found.sums, squares: found.squares, of: cells, people: weighted, name: weight.name,
      missingCount: missing)
  }

  private init(
    values: [Double], squares: [Double], of cells: CellSums, people: [Int], name: String?,
    missingCount: Int
  ) {
    self.values = values
    // Unknown squares make every variance unknown.
    self.squares = cells.suppressedBelow == nil ? squares : squares.map { _ in .nan }
    self.people = people.map(Int32.init)
    rowsRead = cells.rows
    self.name = name
    self.missingCount = missingCount
    zeroCount = rowsRead - missingCount - people.reduce(0, +)
    replicates = nil
  }
}

extension CellSums {
  /// The sums of replicate weights that belong to a weight; nil where it is another's.
  func replicates(_ names: [String], of weight: String?) -> [[Double]]? {
    guard weights.count < 2 || weights[0].name == weight else { return nil }
    return names.compactMap { name in replicates.first { $0.name == name }?.sums }
  }
}
