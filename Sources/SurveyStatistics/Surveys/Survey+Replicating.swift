package import SurveyData

extension Survey {
  /// The same survey with replicate weights that leave out one sampling unit at a time.
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
  /// - Complexity: O(rows × units).
  /// - Note: Agrees with `as.svrepdesign(design, type = "JKn" | "JK1")` of R's survey 4.5.
  /// - SeeAlso: Wolter (2007), Introduction to Variance Estimation, chapter 4.
  package func jackknifed(
    _ method: ReplicateDeclaration.Method = .jkn, isCentredOnEstimate: Bool? = nil
  ) throws -> Survey {
    guard method == .jkn || method == .jk1, !roster.isElementSample, weights.replicates == nil
    else {
      throw SurveyError(.usage, "a jackknife needs sampling units and no replicate weights")
    }
    let isOne = method == .jk1
    let strata = isOne ? [roster.unitCount] : roster.strata.map(\.unitCount)
    if let lonely = strata.firstIndex(where: { $0 < 2 }) {
      throw SurveyError(
        .noAnswer, at: roster.declaration.strata,
        "stratum '\(roster.strata[lonely].code)' has one sampling unit, which cannot be left out",
        remedy: "Merge strata.")
    }
    func stratum(_ unit: Int) -> Int { isOne ? 0 : Int(roster.stratumOfUnit[unit]) }
    let units = 0..<roster.unitCount
    let columns = units.map { left in
      let home = stratum(left)
      let carried = Double(strata[home]) / Double(strata[home] - 1)
      return weights.values.indices.map { row in
        let unit = roster.unitOfRow[row]
        guard unit < roster.unitCount else { return 0.0 }
        if unit == left { return 0 }
        return weights.values[row] * (stratum(unit) == home ? carried : 1)
      }
    }
    let declared = ReplicateDeclaration(
      [], method: method,
      replicateScales: units.map { unit in
        let count = Double(strata[stratum(unit)])
        let fraction =
          isOne && roster.strata.count > 1
          ? 0 : roster.strata[Int(roster.stratumOfUnit[unit])].samplingFraction
        return (isOne ? 1 : (count - 1) / count) * (1 - fraction)
      }, isCentredOnEstimate: isCentredOnEstimate)
    let replicates = ReplicateWeights(
      columns: columns, rule: try ReplicateRule(declared, count: columns.count))
    var result = self
    result.weights.replicates = replicates
    result.roster = Roster(
      roster.declaration, replicates, of: weights, inside: membership)
    return result
  }
}
