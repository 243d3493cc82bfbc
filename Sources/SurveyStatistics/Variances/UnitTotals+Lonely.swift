internal import SurveyData
internal import SurveyNumerics

extension UnitTotals {
  /// Refuses strata in use that have one unit.
  func requireNoLonelyStratum() throws {
    let places = Set(unit.map { stratumOfUnit[Int($0)] })
    let lonely = places.filter { strata[Int($0)].isLonely }
    guard !lonely.isEmpty else { return }
    guard let column = stage > 0 ? roster.stages[stage - 1].name : roster.declaration.strata else {
      let unit = roster.isElementSample ? "respondent" : "PSU"
      throw SurveyError(
        .noAnswer, "the whole sample is one \(unit), so its variance is unknown",
        remedy: roster.isElementSample
          ? nil : "Look at --psu, or choose --lonely-psu certainty or adjust.")
    }
    let codes = lonely.sorted().map { strata[Int($0)].code }
    let named = codes.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    let more = codes.count > 5 ? " and \(codes.count - 5) more" : ""
    if stage > 0 {
      throw SurveyError(
        .noAnswer, at: column,
        "\(named)\(more) \(codes.count == 1 ? "has" : "have") one unit of "
          + "'\(roster.stages[stage].name ?? "")' in the sample, so the variance within "
          + "\(codes.count == 1 ? "it" : "them") is unknown",
        remedy:
          "Choose --lonely-psu certainty, remove, adjust or average, or name the first stage only.")
    }
    throw SurveyError(
      .noAnswer, at: column,
      (codes.count == 1 ? "stratum \(named) has" : "strata \(named)\(more) have")
        + " one \(roster.isElementSample ? "respondent" : "PSU"), so "
        + "\(codes.count == 1 ? "its" : "their") variance is unknown",
      remedy: "Choose --lonely-psu certainty, remove, adjust or average, or merge strata.")
  }

  /// What strata with one unit add to a covariance, by the design's rule.
  ///
  /// At a later stage what is said of strata holds of the units that others were drawn from.
  ///
  /// `remove`, `certainty`: nothing. `adjust`: `(1 − f)(T − Ḡ)(T − Ḡ)ᵀ` with `Ḡ` the mean of all
  /// units. `average`: the mean of the other strata, so that the whole is times `H ∕ (H − lonely)`,
  /// with `H` the strata in which the domain has somebody; NaN where all of them are lonely. Where the
  /// design says so, a stratum of which the domain has one unit of several is treated likewise: `adjust`
  /// gives it the centre `Ḡ` instead of its own, which adds `(1 − f) n²∕(n − 1) (T̄ − Ḡ)(T̄ − Ḡ)ᵀ`, and
  /// `average` leaves it out.
  ///
  /// - Parameters:
  ///   - parts: The parameters of either block.
  ///   - domain: The blocks that make the domain: one for a standard error of its own, all for a
  ///     covariance between groups, as R's `svyby(…, covmat = TRUE)` has it.
  func addLonelyStrata(
    _ a: Int, _ b: Int, of parts: (rows: [Int], columns: [Int]), among domain: some Collection<Int>,
    to covariance: inout Matrix
  ) {
    let lonely = strata.indices.filter { strata[$0].isLonely } + lonelyStrata(in: domain)
    guard !lonely.isEmpty else { return }
    switch roster.declaration.lonelyPSU {
    case .fail, .remove, .certainty: return
    case .average:
      let units = domain.lazy.flatMap { unit[start[$0]..<start[$0 + 1]] }
      let present = Set(units.map { Int(stratumOfUnit[Int($0)]) })
      let paired = present.subtracting(lonely).count
      let factor = paired > 0 ? Double(present.count) / Double(paired) : .nan
      for stratum in lonely where strata[stratum].unitCount > 1 {
        let (sumA, sumB) = (
          total(a, of: parts.rows, in: stratum), total(b, of: parts.columns, in: stratum)
        )
        let own = strata[stratum].varianceFactor * (1 - 1 / Double(strata[stratum].unitCount))
        for k in sumA.indices {
          for l in sumB.indices { covariance[k, l] -= own * sumA[k] * sumB[l] }
        }
      }
      for k in covariance.elements.indices { covariance.elements[k] *= factor }
    case .adjust:
      let units = Double(roster.stages[stage].unitCount)
      let meanA = total(a, of: parts.rows).map { $0 / units }
      let meanB = total(b, of: parts.columns).map { $0 / units }
      for stratum in lonely {
        let count = Double(strata[stratum].unitCount)
        let rest = count > 1 ? strata[stratum].varianceFactor * count : strata[stratum].remainder
        let sumA = total(a, of: parts.rows, in: stratum)
        let sumB = total(b, of: parts.columns, in: stratum)
        for k in sumA.indices {
          for l in sumB.indices {
            covariance[k, l] +=
              rest * (sumA[k] / count - meanA[k]) * (sumB[l] / count - meanB[l])
          }
        }
      }
    }
  }

  /// The strata of several units of which a domain has one, where the design treats them as lonely.
  private func lonelyStrata(in domain: some Collection<Int>) -> [Int] {
    guard roster.declaration.lonelyInDomains, roster.declaration.lonelyPSU.centresElsewhere else {
      return []
    }
    var units: [Int: Set<Int32>] = [:]
    var people: [Int: Int] = [:]
    for block in domain {
      for entry in start[block]..<start[block + 1] {
        let stratum = Int(stratumOfUnit[Int(unit[entry])])
        units[stratum, default: []].insert(unit[entry])
        if roster.isElementSample { people[stratum, default: 0] += self.people[entry] }
      }
    }
    return units.keys.filter { stratum in
      strata[stratum].unitCount > 1 && strata[stratum].remainder > 0
        && (people[stratum] ?? units[stratum]?.count) == 1
    }.sorted()
  }

  /// The sums of some parameters over a block's entries, of all strata or of one.
  private func total(_ block: Int, of parts: [Int], in stratum: Int? = nil) -> [Double] {
    var result = Array(repeating: 0.0, count: parts.count)
    for entry in start[block]..<start[block + 1]
    where stratum == nil || Int(stratumOfUnit[Int(unit[entry])]) == stratum {
      for (k, part) in parts.enumerated() { result[k] += sums[entry * width + part] }
    }
    return result
  }
}
