public import SurveyData

extension Survey {
  /// The same survey with replicate weights that leave out one sampling unit of the first stage at a
  /// time.
  ///
  /// JKn leaves out a unit of a stratum and lets the others of the stratum carry its weight, `n_h ∕
  /// (n_h − 1)` times; each squared deviation counts `(n_h − 1) ∕ n_h (1 − f_h)`. JK1 takes all units
  /// for one stratum.
  ///
  /// - Parameters:
  ///   - method: `.jkn` or `.jk1`.
  ///   - isCentredOnEstimate: Whether deviations are taken from the estimate.
  /// - Returns: A survey whose variance comes from as many replicates as there are units.
  /// - Throws: ``SurveyError`` for a stratum of one unit, an element sample (whose units are people),
  ///   imputed data, or another method.
  /// - Complexity: O(rows); what is estimated then takes O(rows + units × numbers) where it is made of sums,
  ///   otherwise O(rows × units).
  /// - Note: Agrees with `as.svrepdesign(design, type = "JKn" | "JK1")` of R's survey 4.5.
  /// - SeeAlso: Wolter (2007), Introduction to Variance Estimation, chapter 4.
  public func jackknifed(
    _ method: ReplicateDeclaration.Method = .jkn, isCentredOnEstimate: Bool? = nil
  ) throws -> Survey {
    guard method == .jkn || method == .jk1, !roster.isElementSample, roster.declaration.pps == nil,
      weights.replicates == nil, roster.calibration == nil
    else {
      throw SurveyError(.usage, "a jackknife needs sampling units and no replicate weights")
    }
    let isOne = method == .jk1
    let unitCount = roster.stages[0].unitCount
    let strata = isOne ? [unitCount] : roster.strata.map(\.unitCount)
    if let lonely = strata.firstIndex(where: { $0 < 2 }) {
      throw SurveyError(
        .noAnswer, at: roster.declaration.strata,
        "stratum '\(roster.strata[lonely].code)' has one sampling unit, which cannot be left out",
        remedy: "Merge strata.")
    }
    let stratumOfUnit = roster.stages[0].stratumOfUnit
    func stratum(_ unit: Int) -> Int { isOne ? 0 : Int(stratumOfUnit[unit]) }
    let units = 0..<unitCount
    let jackknife = Jackknife(
      weights: weights.values,
      unitOfRow: weights.values.indices.map { row in
        let last = roster.unitOfRow[row]
        return last < roster.unitCount ? Int32(roster.firstStageUnit(last)) : -1
      }, stratumOfUnit: units.map(stratum), unitCounts: strata)
    let declared = ReplicateDeclaration(
      [], method: method,
      replicateScales: units.map { unit in
        let count = Double(strata[stratum(unit)])
        let fraction =
          isOne && roster.strata.count > 1
          ? 0 : roster.strata[Int(stratumOfUnit[unit])].samplingFraction
        return (isOne ? 1 : (count - 1) / count) * (1 - fraction)
      }, isCentredOnEstimate: isCentredOnEstimate)
    let replicates = ReplicateWeights(
      .jackknife(jackknife), rule: try ReplicateRule(declared, count: unitCount))
    var result = self
    result.weights.replicates = replicates
    result.roster = Roster(
      roster.declaration, replicates, of: weights, inside: membership)
    return result
  }
}
