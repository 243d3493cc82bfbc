internal import SurveyData
internal import SurveyNumerics

extension CalibrationStep {
  /// The columns that the steps of a weight need.
  static func inputs(
    of adjustments: [WeightAdjustment], in dataset: Dataset
  ) throws -> [(name: String, view: ColumnView)] {
    var columns: [(name: String, view: ColumnView)] = []
    for adjustment in adjustments where adjustment.step.countsInVariance {
      // The weights of cells are no columns.
      if dataset.cells == nil { columns.append((adjustment.before, .numbers)) }
      columns += adjustment.variables.map { ($0, .codes) }
      guard let formula = adjustment.formula else { continue }
      for term in try CalibrationFormula(formula, in: dataset).terms {
        columns += term.factors.map { ($0, .codes) } + term.numbers.map { ($0, .numbers) }
      }
    }
    return columns
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
      let before = try weightBefore(
        adjustment, of: weights.adjustments, after: after, in: dataset)
      let frame = try frame(adjustment, in: dataset, before: before, after: after)
      steps.append(
        CalibrationStep(
          before: before, after: after, people: weights.people, frame: frame,
          isRake: adjustment.step == .rake,
          keepsTotals: adjustment.step == .nonresponse,
          totalsRoots: try adjustment.totalsCovariance.map {
            try roots(of: $0, columns: frame.columns.count, adjustment)
          } ?? []))
      after = before
    }
    return steps.reversed()
  }

  private static func weightBefore(
    _ adjustment: WeightAdjustment, of steps: [WeightAdjustment], after: [Double],
    in dataset: Dataset
  ) throws -> [Double] {
    let name = adjustment.before
    var before =
      dataset.cells == nil
      ? try dataset.numeric(name).values
      : try dataset.cellSums(of: WeightDeclaration(name, source: .variable(name))).sums
    for (row, value) in before.enumerated() where !(value > 0 && value.isFinite) {
      guard after[row] == 0 else {
        throw SurveyError(
          .data, at: "row \(row + 1)",
          "the weight '\(adjustment.before)' is \(value.isNaN ? "missing" : canonicalCode(value)), but the "
            + "weight that was made of it by the step '\(adjustment.step.rawValue)' is not",
          remedy: (value < 0 ? steps.adviceOnNegativeWeights : nil)
            ?? "Name the weight before the step in the codebook's `of:`.")
      }
      before[row] = 0
    }
    return before
  }

  /// Who has no weight after a step had no part in it and needs no answers, but for those who did not respond:
  /// others of their class carry them.
  private static func frame(
    _ adjustment: WeightAdjustment, in dataset: Dataset, before: [Double], after: [Double]
  ) throws -> CalibrationFrame {
    switch adjustment.step {
    case .calibrate:
      let formula = try CalibrationFormula(adjustment.formula ?? "", in: dataset)
      return try CalibrationFrame(
        terms: formula.terms, hasAll: formula.hasAll, in: dataset, weights: before,
        counting: after)
    case .rake:
      return try .margins(
        of: adjustment.variables, in: dataset, weights: before, counting: after)
    case .nonresponse:
      do {
        return try .cells(of: adjustment.variables, in: dataset, weights: before)
      } catch let error as SurveyError where error.place?.hasPrefix("row ") == true {
        throw SurveyError(
          error.kind, at: error.place,
          error.problem + ", and those who respond in its class carry it by the step 'nonresponse'",
          remedy: "Give it a category of its own with --derive, or no weight before the step, "
            + "'\(adjustment.before)'.")
      }
    default:
      return try .cells(of: adjustment.variables, in: dataset, weights: before, counting: after)
    }
  }

  /// Columns `f` with `Σ f fᵀ = V`, the covariance of estimated totals.
  private static func roots(
    of covariance: [[Double]], columns: Int, _ adjustment: WeightAdjustment
  ) throws -> [[Double]] {
    guard covariance.count == columns, covariance.allSatisfy({ $0.count == columns }) else {
      throw SurveyError(
        .data, at: adjustment.before,
        "the covariance of the totals of the step '\(adjustment.step.rawValue)' is \(covariance.count) by "
          + "\(covariance.first?.count ?? 0), but the data give \(columns) totals",
        remedy: "Write the codebook anew with vekt weight.")
    }
    return Calibration.roots(of: Matrix(covariance))
  }
}
