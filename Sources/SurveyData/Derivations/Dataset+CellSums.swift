extension Dataset {
  /// The sums of a weight over cells: those of its name, of its column, or of a weight of the codebook that
  /// is the same column; of an expression without columns, such as `0 + 1`, what it gives.
  ///
  /// - Throws: ``SurveyError`` of kind usage that names the weights there are.
  package func cellSums(of weight: WeightDeclaration) throws -> CellSums.Weight {
    let known = cells?.weights ?? []
    let same = codebook.weights.filter { $0.source == weight.source }.map(\.name)
    let column =
      switch weight.source {
      case .variable(let name): name
      case .expression(let source): source
      }
    for name in [weight.name, column] + same {
      if let found = known.first(where: { $0.name == name }) { return found }
    }
    if case .expression(let source) = weight.source, let expression = try? Expression(source),
      expression.variables.isEmpty
    {
      let each = zip(try expression.number(on: self).values, cells?.people ?? [])
      return CellSums.Weight(
        weight.name, sums: each.map { $0 * Double($1) }, squares: each.map { $0 * $0 * Double($1) })
    }
    let names = known.map(\.name)
    throw SurveyError(
      .usage, at: source.facts.path,
      "the cells have no weight '\(weight.name)'; they have "
        + (names.isEmpty ? "none" : names.joined(separator: ", ")),
      remedy: suggestion(for: weight.name, among: names)
        ?? "Make them with it: vekt cells DATA … --weights \(weight.name).")
  }
}
