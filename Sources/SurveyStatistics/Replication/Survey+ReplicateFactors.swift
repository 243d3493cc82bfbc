internal import SurveyData

extension Survey {
  /// What replicates multiply the weight of every row by.
  ///
  /// Units are those of the first stage; in an element sample every row is one.
  ///
  /// - Throws: ``SurveyError`` where no replicates can be made of the design.
  func replicateFactors(
    _ plan: ReplicatePlan
  ) throws -> (factors: ReplicateFactors, unitOfRow: [Int32]) {
    guard roster.declaration.pps == nil else {
      throw SurveyError(
        .usage, at: "pps",
        "units drawn with unequal probabilities and without replacement have no replicates here",
        remedy: "Leave out pps and fpc: they then count as drawn with replacement.")
    }
    let isElement = roster.isElementSample
    let stratumOfUnit = roster.stages[0].stratumOfUnit
    var unitOfRow = Array(repeating: Int32(-1), count: weights.rowCount)
    var members = roster.strata.map { _ in [Int]() }
    var numberOfUnit: [Int: Int32] = [:]
    var count = 0
    for row in unitOfRow.indices {
      let last = roster.unitOfRow[row]
      guard last < roster.unitCount else { continue }
      let unit = isElement ? row : roster.firstStageUnit(last)
      let number = numberOfUnit[unit] ?? Int32(count)
      if number == count {
        numberOfUnit[unit] = number
        members[isElement ? last : Int(stratumOfUnit[unit])].append(count)
        count += 1
      }
      unitOfRow[row] = number
    }
    if plan.kind == .jk1 || plan.kind == .jkn, count > Self.mostReplicates {
      throw SurveyError(
        .usage, "a jackknife of \(count) sampling units would make as many columns of weights",
        remedy: "Make a bootstrap, or successive differences: --replicates bootstrap --count 500.")
    }
    let factors = try ReplicateFactors(
      plan, strata: members, codes: roster.strata.map(\.code),
      fractions: roster.strata.map(\.samplingFraction), place: roster.declaration.strata)
    return (factors, unitOfRow)
  }

  private static var mostReplicates: Int { 4000 }
}
