package import SurveyData

extension Dataset {
  /// The columns that some variables are made of, each once, in order: a derived variable stands for its
  /// inputs.
  ///
  /// - Throws: ``SurveyError`` for an unknown variable.
  package func rawNames(behind names: [String]) throws -> [String] {
    var found: [String] = []
    func add(_ name: String) throws {
      if let rule = codebook.derived.first(where: { $0.variable.name == name }) {
        for input in rule.inputNames { try add(input) }
      } else if !found.contains(name) {
        found.append(try described(name).name)
      }
    }
    for name in names { try add(name) }
    return found
  }

  /// The same people as cells of all that an analysis reads, where only cells can be had.
  ///
  /// - Parameters:
  ///   - names: What the analysis reads; a derived variable stands for what it is made of.
  ///   - weight: The weight that it is to have.
  ///   - replicates: The replicate weights that make its variance; nil for none.
  package func gathered(
    by names: [String], weight: WeightDeclaration?, replicates: ReplicateDeclaration?
  ) throws -> Dataset {
    let wishes = origin?.wishes.names ?? []
    let cells = try RawCells(
      of: self, by: rawNames(behind: names + wishes), weight: weight, replicates: replicates)
    var facts = source.facts
    facts.engine?.queries = cells.queries
    return try Dataset(cells: cells, codebook: codebook, facts: facts, from: origin)
  }

  /// The same people as cells of what the work turned out to read, where only cells can be had.
  package func gatheredByWishes() throws -> Dataset {
    guard let origin, origin.answers, !origin.wishes.names.isEmpty else { return self }
    return try gathered(by: [], weight: nil, replicates: nil)
  }

  /// Asks a source for cells.
  func cells(
    from source: any CellGiving, by names: [String], weight: WeightDeclaration?,
    replicates: ReplicateDeclaration?
  ) throws -> RawCells {
    if let replicates, replicates.areFactors || replicates.degreesOfFreedom == nil {
      throw SurveyError(
        .usage, at: source.facts.path,
        replicates.areFactors
          ? "replicate weights that are factors are multiplied by the weight, which only people have"
          : "the degrees of freedom of replicate weights are the rank of everybody's, which only people have",
        remedy: replicates.areFactors
          ? "Multiply them in a view."
          : "State them: --replicate-df, or `df:` under `replicates:` in the codebook.")
    }
    return try source.cells(
      by: names, weights: (weight?.withThoseBefore ?? []).compactMap { try column(of: $0) },
      replicates: replicates.map { try lists.names(in: $0.weights) } ?? [])
  }

  /// The column of a weight that somebody else adds up; nil where all weigh the same, which their number tells.
  private func column(of weight: WeightDeclaration) throws -> String? {
    if case .expression(let source) = weight.source, try Expression(source).variables.isEmpty {
      return nil
    }
    guard case .variable(let name) = weight.source,
      !codebook.derived.contains(where: { $0.variable.name == name })
    else {
      throw SurveyError(
        .usage, at: source.facts.path,
        "the weight '\(weight.name)' is reckoned from columns, which only people have",
        remedy: "Make it a column of a view.")
    }
    let codes = try described(name).missing.filter { $0 != .system }
    guard codes.isEmpty else {
      throw SurveyError(
        .usage, at: source.facts.path,
        "the weight '\(name)' has missing codes (\(codes.map(\.text).joined(separator: ", "))), which would be added up",
        remedy: "Make them NULL in a view.")
    }
    return name
  }
}

extension WeightDeclaration {
  /// The weight, then those before the steps that its variance depends on.
  var withThoseBefore: [WeightDeclaration] {
    adjustments.filter(\.step.countsInVariance).map(\.before).reduce(into: [self]) { all, name in
      guard !all.contains(where: { $0.name == name }) else { return }
      all.append(WeightDeclaration(name, source: .variable(name)))
    }
  }
}
