/// The mean of the valid answers to several questions, when enough of them are there.
struct MeanRule {
  let items: [String]
  let minimumValid: Int
  let reversed: [String]

  /// The sum of an item's lowest and highest code: `v` counts as `span - v` when it is reversed.
  /// - Throws: ``SurveyError`` when the codebook does not say what the ends are.
  static func span(of variable: Variable) throws -> Double {
    if let range = variable.range, range.lowerBound.isFinite, range.upperBound.isFinite {
      return range.lowerBound + range.upperBound
    }
    let numbers = variable.categories.compactMap(\.number)
    guard let low = numbers.min(), let high = numbers.max(),
      numbers.count == variable.categories.count
    else {
      throw SurveyError(
        .data,
        "'\(variable.name)' cannot be reversed, since its lowest and highest code are not known",
        remedy: "Give it a `range:` or `codes:` in the codebook.")
    }
    return low + high
  }

  func apply(on dataset: Dataset) throws -> NumericColumn {
    let columns = try items.map { try dataset.numeric($0) }
    let rows = columns.first?.count ?? 0
    var sums = Array(repeating: 0.0, count: rows)
    var valid = Array(repeating: 0, count: rows)
    for (name, column) in zip(items, columns) {
      let span = reversed.contains(name) ? try Self.span(of: try dataset.variable(name)) : nil
      for (row, value) in column.values.enumerated() where !value.isNaN {
        sums[row] += span.map { $0 - value } ?? value
        valid[row] += 1
      }
    }
    let reasons = MissingReasons(columns.map(Column.numbers))
    let values = sums.indices.map { row in
      valid[row] >= max(1, minimumValid)
        ? sums[row] / Double(valid[row]) : NumericColumn.missingValue(reasons.index(row))
    }
    return NumericColumn(values: values, missing: reasons.codes)
  }
}
