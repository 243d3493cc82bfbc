internal import SurveyNumerics
internal import SurveyStatistics

extension PredictionBasis {
  /// Averages with their joint covariance, average after average, each with its groups and
  /// outcomes.
  ///
  /// `J z` with `z = A⁻¹ x s` the influence on the parameters, so that `V = J V(β) Jᵀ`. Sampled
  /// covariates add the variance of the averages of the rows, or, jointly, a row's
  /// `(F − mean) ∕ W` to its influence.
  func estimates(
    _ averages: [Average], over groups: CaseGroups, labels: [Estimates.Label],
    covariates: Covariates
  ) throws -> Estimates {
    // J A⁻¹ is of moderate size where A⁻¹ alone is not, so that it is multiplied first.
    let map =
      Matrix(
        averages.flatMap { average in
          (0..<average.jacobian.rows).map { row in
            (0..<average.jacobian.columns).map { average.jacobian[row, $0] }
          }
        }) * inverse
    let values = averages.flatMap(\.values)
    let places = values.indices.map { $0 / curve.outcomeCount % groups.count }
    let counts = places.map { groups.counts[$0] }
    let weights = places.map { groups.weights[$0] }
    let totals =
      covariates == .joint
      ? try rowTotals(averages, over: groups, map: map) : scoreTotals.mapped(by: map)
    var covariance = totals.covariance()
    if covariates == .sampled {
      let sampling = try rowTotals(averages, over: groups, map: nil).covariance()
      for (index, more) in sampling.elements.enumerated() { covariance.elements[index] += more }
    }
    return Estimates(
      labels: labels, values: values, covariance: covariance,
      degreesOfFreedom: values.map { _ in totals.degreesOfFreedom.first ?? 0 }, counts: counts,
      weightedCounts: weights)
  }

  /// The unit sums of what rows add to averages: `(F − mean) ∕ W` to those of their group, and,
  /// with a map, that of their scores.
  private func rowTotals(
    _ averages: [Average], over groups: CaseGroups, map: Matrix?
  ) throws -> UnitTotals {
    let (outcomes, count) = (curve.outcomeCount, frame.caseCount)
    let size = groups.count * outcomes
    let matrix = try self.matrix(of: frame)
    let elements = map == nil ? [] : matrix.elements()
    let scores = try map.map { _ in
      try self.scores(
        frame,
        curve.inputs(
          elements, width: matrix.width, of: count, at: parameters, offsets: frame.offsets))
    }
    return try frame.unitTotals(width: averages.count * size) { index, u in
      for k in u.indices { u[k] = 0 }
      if let map, let scores { add(scores, of: index, elements, by: map, to: u) }
      let group = Int(groups.ofCase[index])
      guard group >= 0 else { return }
      for (number, average) in averages.enumerated() {
        for c in 0..<outcomes {
          let k = group * outcomes + c
          u[number * size + k] +=
            (average.rows[c * count + index] - average.values[k]) / groups.weights[group]
        }
      }
    }
  }

  /// Adds the influence that a case has through the parameters.
  private func add(
    _ scores: [Double], of index: Int, _ elements: [Double], by map: Matrix,
    to u: UnsafeMutableBufferPointer<Double>
  ) {
    let (width, count) = (plan.width, frame.caseCount)
    for input in 0..<curve.inputCount {
      let isPredictor = input < curve.predictorCount
      let first =
        isPredictor
        ? input * width
        : curve.predictorCount * width + input - curve.predictorCount
      for m in 0..<(isPredictor ? width : 1) {
        let x = isPredictor ? elements[m * count + index] : 1
        let score = scores[input * count + index] * x
        guard score != 0 else { continue }
        for k in u.indices { u[k] += map[k, first + m] * score }
      }
    }
  }
}
