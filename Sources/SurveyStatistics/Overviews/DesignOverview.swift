package import SurveyData

/// What a design is made of, counted: stages, strata, units, weights and replicate weights.
package struct DesignOverview: Sendable {
  /// A stratum, or at later stages a unit of the stage above, with what was drawn from it.
  package struct Part: Sendable {
    package let stratum: Stratum
    /// The people in it with a weight.
    package internal(set) var count = 0
    /// The sum of their weights.
    package internal(set) var weight = 0.0
  }

  /// A stage, outermost first.
  package struct StageParts: Sendable {
    /// The column of its units; nil where people are the units.
    package let name: String?
    package internal(set) var parts: [Part]
  }

  /// Replicate weights that are declared, or look like some.
  package struct Replicates: Sendable {
    package let names: [String]
    /// What was said of them; nil where they were found.
    package let declared: ReplicateDeclaration?
    package let areFactors: Bool
    package let kind: ReplicateKind
  }

  /// The design that was stated.
  package let survey: Survey
  package let stages: [StageParts]
  /// The weights of everybody asked about, and of each group.
  package let weights: WeightFigures
  package let groups: [(categories: [Category], figures: WeightFigures)]
  package let histogram: WeightHistogram
  package let replicates: [Replicates]

  /// Looks at a design.
  ///
  /// - Parameters:
  ///   - survey: The survey, whose variance is linearized, so that strata and units are read.
  ///   - groups: The names of group variables, crossed with each other.
  ///   - declared: The replicate weights that were stated.
  /// - Throws: ``SurveyError`` for an unknown variable, and replicate weights that cannot be read.
  /// - Complexity: O(rows × (stages + replicates)).
  package init(
    of survey: Survey, by groups: [String], declared: ReplicateDeclaration?
  ) throws {
    self.survey = survey
    if !survey.weighsAlikeInRows {
      try survey.dataset.requirePeople(
        for: "a look at weights", remedy: "Look at the data that the cells were made of.",
        wishing: true)
    }
    stages = survey.stagesCounted
    let cells = try Cases([], by: groups, in: survey)
    var all = WeightFigures()
    var each = cells.groups.map { _ in WeightFigures() }
    var weights: [(weight: Double, people: Int)] = []
    cells.forEach { row, block in
      let people = survey.weights.people(of: row)
      let weight = survey.weights.values[row] / Double(people)
      all.add(weight, people: people)
      each[block].add(weight, people: people)
      weights.append((weight, people))
    }
    self.weights = all
    self.groups =
      groups.isEmpty
      ? [] : cells.groups.indices.map { (cells.categories($0), each[$0]) }
    histogram = WeightHistogram(weights)
    // What replicate weights are times the weight, only people tell.
    replicates =
      survey.dataset.cells != nil
      ? []
      : try declared.map { [try survey.replicates($0)] } ?? survey.likelyReplicates()
  }
}

extension Survey {
  /// Whether the people of a row have the same weight, so that `n Σw² = (Σw)²`.
  fileprivate var weighsAlikeInRows: Bool {
    guard let squares = weights.squares, weights.people != nil else {
      return dataset.cells == nil || weights.name == nil
    }
    return (0..<weights.rowCount).allSatisfy { row in
      let (sum, people) = (weights.values[row], Double(weights.people(of: row)))
      return people * squares[row] - sum * sum <= 1e-9 * sum * sum
    }
  }

  /// The parts of every stage with their people.
  fileprivate var stagesCounted: [DesignOverview.StageParts] {
    var stages = roster.stages.map { stage in
      DesignOverview.StageParts(
        name: stage.name, parts: stage.strata.map { DesignOverview.Part(stratum: $0) })
    }
    for row in 0..<weights.rowCount where weights.values[row] > 0 {
      var unit = roster.unitOfRow[row]
      guard unit < roster.unitCount else { continue }
      for stage in roster.stages.indices.reversed() {
        unit = Int(roster.stages[stage].stratumOfUnit[unit])
        stages[stage].parts[unit].count += weights.people(of: row)
        stages[stage].parts[unit].weight += weights.values[row]
      }
    }
    return stages
  }

  /// The rows that are looked at to tell how replicate weights were made.
  private var sampledRows: [Int] {
    let rows = (0..<weights.rowCount).filter { weights.values[$0] > 0 }
    return stride(from: 0, to: rows.count, by: max(1, rows.count / 10_000)).map { rows[$0] }
  }

  fileprivate func replicates(
    _ declared: ReplicateDeclaration
  ) throws -> DesignOverview.Replicates {
    let names = try ReplicateWeights.names(declared, in: dataset)
    try dataset.load(names.map { ($0, .numbers) })
    let read = try ReplicateWeights(declared, of: weights, in: dataset)
    let rows = sampledRows
    return DesignOverview.Replicates(
      names: names, declared: declared, areFactors: declared.areFactors,
      kind: ReplicateKind(
        read.columns.map { column in rows.map { column[$0] / weights.values[$0] } }))
  }

  /// Columns with the same name and running numbers that may be replicate weights: eight or more, none
  /// below zero, whose mean of every person is about the weight, or 1.
  fileprivate func likelyReplicates() throws -> [DesignOverview.Replicates] {
    var stems: [String] = []
    var columns: [String: [String]] = [:]
    for name in dataset.variableNames where name.last?.isNumber ?? false && name != weights.name {
      let stem = String(name.reversed().drop { $0.isNumber }.reversed())
      if columns[stem] == nil { stems.append(stem) }
      columns[stem, default: []].append(name)
    }
    let rows = sampledRows
    return try stems.compactMap { stem in
      guard let names = columns[stem], names.count >= 8,
        try names.allSatisfy({ try dataset.described($0).categories.isEmpty }),
        (try? dataset.load(names.map { ($0, .numbers) })) != nil
      else { return nil }
      let values = try names.map { try dataset.numeric($0).values }
      guard values.allSatisfy({ column in rows.allSatisfy { column[$0] >= 0 } }) else { return nil }
      let means = rows.map { row in
        values.reduce(0) { $0 + $1[row] } / Double(names.count)
      }
      // About the weight, of four people in five.
      func areNear(_ expected: (Int) -> Double) -> Bool {
        let near = zip(rows, means).count { row, mean in
          mean > 0.5 * expected(row) && mean < 1.5 * expected(row)
        }
        return Double(near) >= 0.8 * Double(rows.count)
      }
      let areWeights = areNear { weights.values[$0] }
      guard areWeights || areNear({ _ in 1 }) else { return nil }
      let kind = ReplicateKind(
        values.map { column in
          rows.map { areWeights ? column[$0] / weights.values[$0] : column[$0] }
        })
      // Answers with small numbers are near 1 as well.
      guard kind.method != nil else { return nil }
      return DesignOverview.Replicates(
        names: names, declared: nil, areFactors: !areWeights, kind: kind)
    }
  }
}
