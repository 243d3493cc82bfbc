internal import SurveyData
internal import SurveyNumerics

extension UnitTotals {
  /// What strata with one unit add to a covariance, by the design's rule.
  ///
  /// `remove`, `certainty`: nothing. `adjust`: `(1 − f)(T − Ḡ)(T − Ḡ)ᵀ` with `Ḡ` the mean of all
  /// units. `average`: the mean of the other strata, so that the whole is times `H ∕ (H − lonely)`,
  /// with `H` the strata in which the domain has somebody; NaN where all of them are lonely.
  ///
  /// - Parameters:
  ///   - parts: The parameters of either block.
  ///   - domain: The blocks that make the domain: one for a standard error of its own, all for a
  ///     covariance between groups, as R's `svyby(…, covmat = TRUE)` has it.
  func addLonelyStrata(
    _ a: Int, _ b: Int, of parts: (rows: [Int], columns: [Int]), among domain: some Collection<Int>,
    to covariance: inout Matrix
  ) {
    let lonely = roster.strata.indices.filter { roster.strata[$0].isLonely }
    guard !lonely.isEmpty else { return }
    switch roster.declaration.lonelyPSU {
    case .fail, .remove, .certainty: return
    case .average:
      let units = domain.lazy.flatMap { unit[start[$0]..<start[$0 + 1]] }
      let present = Set(units.map { Int(roster.stratumOfUnit[Int($0)]) })
      let paired = present.subtracting(lonely).count
      let factor = paired > 0 ? Double(present.count) / Double(paired) : .nan
      for k in covariance.elements.indices { covariance.elements[k] *= factor }
    case .adjust:
      let units = Double(roster.strata.reduce(0) { $0 + $1.unitCount })
      let meanA = total(a, of: parts.rows).map { $0 / units }
      let meanB = total(b, of: parts.columns).map { $0 / units }
      for stratum in lonely {
        let rest = 1 - roster.strata[stratum].samplingFraction
        let sumA = total(a, of: parts.rows, in: stratum)
        let sumB = total(b, of: parts.columns, in: stratum)
        for k in sumA.indices {
          for l in sumB.indices {
            covariance[k, l] += rest * (sumA[k] - meanA[k]) * (sumB[l] - meanB[l])
          }
        }
      }
    }
  }

  /// The sums of some parameters over a block's entries, of all strata or of one.
  private func total(_ block: Int, of parts: [Int], in stratum: Int? = nil) -> [Double] {
    var result = Array(repeating: 0.0, count: parts.count)
    for entry in start[block]..<start[block + 1]
    where stratum == nil || Int(roster.stratumOfUnit[Int(unit[entry])]) == stratum {
      for (k, part) in parts.enumerated() { result[k] += sums[entry * width + part] }
    }
    return result
  }
}
