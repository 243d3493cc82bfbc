internal import SurveyData

extension CalibrationStep {
  /// The columns that the steps of a weight need.
  static func inputs(
    of adjustments: [WeightAdjustment], in dataset: Dataset
  ) -> [(name: String, view: ColumnView)] {
    adjustments.filter(\.step.countsInVariance).flatMap { adjustment in
      [(adjustment.before, .numbers)] + adjustment.variables.map { ($0, .codes) }
    }
  }

  /// The steps of a weight that its variance depends on, in the order in which they were taken.
  ///
  /// - Parameters:
  ///   - weights: The weight, which knows how it came about.
  ///   - dataset: The data; the columns are loaded.
  /// - Throws: ``SurveyError`` where somebody who counts had no weight before a step.
  /// - Complexity: O(rows × steps).
  static func steps(
    of weights: SurveyWeights, in dataset: Dataset
  ) throws -> [CalibrationStep] {
    var after = weights.values
    var steps: [CalibrationStep] = []
    for adjustment in weights.adjustments.reversed() {
      let before = try weightBefore(adjustment, after: after, in: dataset)
      steps.append(
        CalibrationStep(
          before: before, after: after, fit: try fit(adjustment, in: dataset),
          keepsTotals: adjustment.step == .nonresponse))
      after = before
    }
    return steps.reversed()
  }

  private static func weightBefore(
    _ adjustment: WeightAdjustment, after: [Double], in dataset: Dataset
  ) throws -> [Double] {
    var before = try dataset.numeric(adjustment.before).values
    for (row, value) in before.enumerated() where !(value > 0 && value.isFinite) {
      guard after[row] == 0 else {
        throw SurveyError(
          .data, at: "row \(row + 1)",
          "the weight '\(adjustment.before)' is \(value.isNaN ? "missing" : canonicalCode(value)), but the "
            + "weight that was made of it by the step '\(adjustment.step.rawValue)' is not",
          remedy: "Name the weight before the step in the codebook's `of:`.")
      }
      before[row] = 0
    }
    return before
  }

  private static func fit(_ adjustment: WeightAdjustment, in dataset: Dataset) throws -> Fit {
    switch adjustment.step {
    case .rake:
      return .margins(
        try adjustment.variables.map { try groups([$0], in: dataset) })
    case .calibrate:
      throw SurveyError(.usage, "not yet")
    default:
      let (group, count) = try groups(adjustment.variables, in: dataset)
      return .groups(group, count: count)
    }
  }

  /// The cells of crossed variables; those without an answer stand by themselves.
  private static func groups(
    _ names: [String], in dataset: Dataset
  ) throws -> (group: [Int32], count: Int) {
    var group = Array(repeating: Int32(0), count: try dataset.rowCount)
    var count = 1
    for name in names {
      var numbers: [Int: Int32] = [:]
      let column = try dataset.categorical(name)
      let radix = column.categories.count + column.missing.count + 1
      for row in group.indices {
        let key = Int(group[row]) * radix + column.positions[row]
        let number = numbers[key] ?? Int32(numbers.count)
        numbers[key] = number
        group[row] = number
      }
      count = max(numbers.count, 1)
    }
    return (group, count)
  }
}
