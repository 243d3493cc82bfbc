package import SurveyData

extension Weighting {
  /// The answers with the new weight as their default, the replicate weights, and how they came about.
  ///
  /// The weight before a step stands in a column of its own, `NAME_step2`, where a variance needs it and the file
  /// does not have it.
  ///
  /// - Parameter name: The name of the new weight; its replicates are `NAME_1 …`.
  /// - Throws: ``SurveyError`` for a name that is taken.
  package func dataset(naming name: String) throws -> Dataset {
    let dataset = survey.dataset
    var book = dataset.codebook
    let old = declaredWeight
    var columns: [(variable: Variable, values: NumericColumn)] = []
    func add(_ name: String, _ values: [Double], _ label: LocalizedText) throws {
      guard !dataset.variableNames.contains(name) else {
        throw SurveyError(
          .usage, at: dataset.source.facts.path, "has a variable '\(name)' already",
          remedy: "Call the new weight otherwise: --name.")
      }
      var variable = Variable(name)
      variable.type = .decimal
      variable.role = .weight
      variable.label = label
      columns.append((variable, NumericColumn(values: values, missing: [.system])))
    }
    var adjustments = old?.adjustments ?? []
    for (place, step) in steps.enumerated() {
      var adjustment = step.adjustment
      if adjustment.step.countsInVariance {
        if let own = columnName, before[place] == survey.weights.values {
          adjustment.before = own
        } else {
          adjustment.before = "\(name)_step\(adjustments.count + 1)"
          try add(
            adjustment.before, before[place],
            LocalizedText([
              ("en", "Weight before step \(adjustments.count + 1)"),
              ("nb", "Vekt før trinn \(adjustments.count + 1)"),
            ]))
        }
      }
      adjustments.append(adjustment)
    }
    if !steps.isEmpty {
      try add(
        name, weights, LocalizedText([("en", "Adjusted weight"), ("nb", "Justert vekt")]))
      for index in book.weights.indices { book.weights[index].isDefault = false }
      guard !book.weights.contains(where: { $0.name == name }) else {
        throw SurveyError(
          .usage, at: book.path, "has a weight '\(name)' already",
          remedy: "Call the new one otherwise: --name.")
      }
      book.weights.append(
        WeightDeclaration(
          name, source: .variable(name), isDefault: true, adjustments: adjustments))
    } else if let column = columnName, old == nil {
      for index in book.weights.indices { book.weights[index].isDefault = false }
      book.weights.append(WeightDeclaration(column, source: .variable(column), isDefault: true))
    }
    for (number, values) in replicates.enumerated() {
      try add(
        "\(name)_\(number + 1)", values,
        LocalizedText([
          ("en", "Replicate weight \(number + 1)"), ("nb", "Replikatvekt \(number + 1)"),
        ]))
    }
    // What the command line said of the design holds for the file that is written too.
    var design = survey.roster.declaration
    if var declared = declaration {
      declared.weights = ["\(name)_1-\(name)_\(replicates.count)"]
      design.replicates = declared
      design.variance = nil
    }
    if survey.designStatement == .declared || declaration != nil { book.design = .declared(design) }
    book.variables =
      try dataset.variableNames.filter { name in
        !book.derived.contains { $0.variable.name == name }
      }.map(dataset.described) + columns.map(\.variable)
    return dataset.adding(columns, by: book)
  }

  /// The column that holds the weights before the first step; nil where they are computed, or nobody has one.
  private var columnName: String? {
    guard let name = survey.weights.name else { return nil }
    switch declaredWeight?.source {
    case .variable(let column): return column
    case .expression: return nil
    case nil: return survey.dataset.variableNames.contains(name) ? name : nil
    }
  }

  /// The classes whose weights were raised most: by how much, how many rows, and their codes of the variables that
  /// steps name.
  package func largestFactors(
    _ count: Int
  ) throws -> (variables: [String], rows: [(factor: Double, count: Int, codes: [String])]) {
    let names = steps.flatMap { step -> [String] in
      guard let formula = step.adjustment.formula else { return step.adjustment.variables }
      return (try? CalibrationFormula(formula, in: survey.dataset))?.terms.flatMap(\.factors) ?? []
    }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    guard !names.isEmpty else { return ([], []) }
    let old = survey.weights.values
    let used = zip(old, weights).map { $1 == 0 ? 0 : $0 }
    let frame = try CalibrationFrame.cells(of: names, in: survey.dataset, weights: used)
    let factors = frame.factors(used, weights)
    let counts = frame.counts(used)
    let order = factors.indices.sorted { (-factors[$0].high, $0) < (-factors[$1].high, $1) }
    return (
      names,
      order.prefix(count).map { place in
        (factors[place].high, counts[place], frame.columns[place].codes)
      }
    )
  }
}
