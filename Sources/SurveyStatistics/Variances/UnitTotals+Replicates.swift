internal import SurveyData

/// Numbers with the weight and with each replicate's weights, block after block.
package struct Replicated: Sendable {
  /// With the weight.
  let values: [Double]
  /// With each replicate's; NaN where there is none.
  let made: [[Double]]
  let weights: ReplicateWeights
  /// The roster of the survey.
  let roster: Roster

  /// Other numbers that are made of these with the weight and with each replicate's.
  func map(_ make: ([Double]) -> [Double]) -> Replicated {
    Replicated(
      values: make(values), made: made.map(make), weights: weights, roster: roster)
  }

  /// What they are in the place of unit sums.
  func totals(width: Int) -> UnitTotals {
    UnitTotals(values, made, width: width, of: weights, roster: roster)
  }
}

extension UnitTotals {
  /// What replicates give: their deviations take the place of sampling units, scaled so that the sum of
  /// their squares is the variance.
  ///
  /// A number that has no value with some replicate's weights is left out there, and nothing is scaled
  /// up for it; the survey's notes tell of it.
  ///
  /// - Parameters:
  ///   - values: The numbers with the weight, block after block.
  ///   - replicates: The same with each replicate's weights; NaN where there is none.
  ///   - width: The numbers of a block.
  ///   - weights: The replicate weights.
  ///   - roster: The roster of the survey, which knows the degrees of freedom.
  /// - Complexity: O(replicates × numbers).
  package init(
    _ values: [Double], _ replicates: [[Double]], width: Int, of weights: ReplicateWeights,
    roster: Roster
  ) {
    let rule = weights.rule
    let blockCount = width == 0 ? 0 : values.count / width
    let count = replicates.count
    var sums = Array(repeating: 0.0, count: count * values.count)
    var gaps = Set<Int>()
    for (place, value) in values.enumerated() {
      var (centre, known) = (0.0, 0.0)
      if !rule.isCentredOnEstimate {
        for r in 0..<count where rule.factors[r] > 0 && !replicates[r][place].isNaN {
          centre += replicates[r][place] - value
          known += 1
        }
        centre /= max(known, 1)
      }
      let (block, k) = place.quotientAndRemainder(dividingBy: width)
      for r in 0..<count {
        let deviation = replicates[r][place] - value - centre
        if deviation.isNaN, !value.isNaN, rule.factors[r] > 0 { gaps.insert(r) }
        sums[(block * count + r) * width + k] =
          deviation.isNaN ? 0 : deviation * rule.factors[r].squareRoot()
      }
    }
    weights.gaps.add(gaps)
    let df = roster.replicateDegreesOfFreedom ?? .nan
    self.init(
      ofReplicates: Roster(ofReplicates: count, degreesOfFreedom: df, roster.declaration),
      width: width, blockCount: blockCount, count: count, sums: sums,
      replicated: Replicated(
        values: values, made: replicates, weights: weights, roster: roster))
  }
}
