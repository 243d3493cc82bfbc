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

  /// The same people as an analysis needs them, where they are elsewhere: as cells of all that it reads, or one by one.
  ///
  /// - Parameters:
  ///   - columns: What the analysis reads, each in its view; a derived variable stands for what it is made of.
  ///   - units: The columns of strata and sampling units.
  ///   - drawn: The columns of population sizes, and what a calibrated weight depends on.
  ///   - weight: The weight that it is to have.
  ///   - replicates: The replicate weights that make its variance; nil for none.
  package func fetched(
    _ columns: [(name: String, view: ColumnView)], units: [String] = [], drawn: [String] = [],
    weight: WeightDeclaration?, replicates: ReplicateDeclaration?
  ) throws -> Dataset {
    guard let origin else { return self }
    let all = columns + origin.wishes.columns
    var question = try question(
      by: units + drawn + all.map(\.name), weight: weight, replicates: replicates)
    question.units = try rawNames(behind: units)
    let numbers = try rawNumbers(behind: all)
    for index in question.keys.indices {
      question.keys[index].mayDiffer = numbers.contains(question.keys[index].name)
    }
    switch try origin.answer(to: question) {
    case .cells(let cells):
      return try Dataset(
        cells: cells, codebook: codebook, facts: source.facts.answering(cells.queries), from: origin
      )
    case .people(let people):
      return try Dataset(people: people, codebook: codebook, from: origin)
    }
  }

  /// The same people as cells by some variables, where only cells can be had.
  package func gathered(
    by names: [String], weight: WeightDeclaration?, replicates: ReplicateDeclaration?
  ) throws -> Dataset {
    let cells = try RawCells(
      of: self, by: rawNames(behind: names + (origin?.wishes.names ?? [])), weight: weight,
      replicates: replicates)
    return try Dataset(
      cells: cells, codebook: codebook, facts: source.facts.answering(cells.queries), from: origin)
  }

  /// The same people as the work turned out to need them, where they are elsewhere.
  package func gatheredByWishes() throws -> Dataset {
    guard let origin, origin.answers, origin.wishes.count > 0 else { return self }
    return try fetched([], weight: nil, replicates: nil)
  }

  /// The same people one by one with all their columns, for what copies them.
  ///
  /// - Throws: ``SurveyError`` of kind usage where the rows are cells, or the people stay where they are.
  package func whole(for what: String, remedy: String) throws -> Dataset {
    guard let origin else {
      try requirePeople(for: what, remedy: remedy)
      return self
    }
    let columns = try asked(origin.embeddedCodebook.variables.map(\.name))
    return try Dataset(
      people: origin.everybody(columns, for: what), codebook: codebook, from: origin)
  }

  /// Asks a source for cells.
  func cells(
    from source: any CellGiving, by names: [String], weight: WeightDeclaration?,
    replicates: ReplicateDeclaration?
  ) throws -> RawCells {
    let question = try question(by: names, weight: weight, replicates: replicates)
    if let refusal = question.refusal { throw refusal }
    return try source.cells(for: question)
  }

  /// What is asked of people who are elsewhere.
  private func question(
    by names: [String], weight: WeightDeclaration?, replicates: ReplicateDeclaration?
  ) throws -> CellQuestion {
    let weights = weight?.withThoseBefore ?? []
    let replicateNames = try replicates.map { try lists.names(in: $0.weights) } ?? []
    var question = CellQuestion(
      by: try asked(rawNames(behind: names)), replicates: replicateNames)
    let behind = try weights.flatMap { weight in
      switch weight.source {
      case .variable(let name): [name]
      case .expression(let source): try Expression(source).variables
      }
    }
    question.behindWeights = try asked(rawNames(behind: behind))
    do {
      try requireSums(of: replicates)
      question.weights = try weights.compactMap { try summed($0) }
    } catch let error as SurveyError { question.refusal = error }
    return question
  }

  /// Throws for replicate weights of which sums over people do not tell enough.
  private func requireSums(of replicates: ReplicateDeclaration?) throws {
    guard let replicates, replicates.areFactors || replicates.degreesOfFreedom == nil else {
      return
    }
    throw SurveyError(
      .usage, at: source.facts.path,
      replicates.areFactors
        ? "replicate weights that are factors are multiplied by the weight, which only people have"
        : "the degrees of freedom of replicate weights are the rank of everybody's, which only people have",
      remedy: replicates.areFactors
        ? "Multiply them in a view."
        : "State them: --replicate-df, or `df:` under `replicates:` in the codebook.")
  }

  /// Raw columns as they are asked for.
  private func asked(_ names: [String]) throws -> [CellQuestion.Column] {
    try names.map { CellQuestion.Column($0, missing: try missingNumbers(of: $0)) }
  }

  /// The raw columns behind some variables that are used as numbers and may be different for everybody: those without
  /// codes, and without a range of few whole numbers.
  private func rawNumbers(behind columns: [(name: String, view: ColumnView)]) throws -> Set<String>
  {
    var found: Set<String> = []
    func look(_ name: String, _ view: ColumnView) throws {
      if let rule = codebook.derived.first(where: { $0.variable.name == name }) {
        for input in try rule.inputs(in: self) { try look(input.name, input.view) }
      } else if view == .numbers, try described(name).mayDiffer {
        found.insert(name)
      }
    }
    for (name, view) in columns { try look(name, view) }
    return found
  }
}

extension Variable {
  /// The widest range of whole numbers that are answers like codes.
  private static let widestRange = 1000.0

  /// Whether its numbers may be different for everybody.
  fileprivate var mayDiffer: Bool {
    guard categories.isEmpty, type?.isText != true else { return false }
    guard let range, type != .decimal else { return true }
    return range.upperBound - range.lowerBound > Self.widestRange
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

extension FileFacts {
  /// The same with the queries that an answer rests on.
  func answering(_ queries: [String]) -> FileFacts {
    var facts = self
    facts.engine?.queries = queries
    return facts
  }
}
